// FakeCallControl: a CallControl without SIP, whose far ends do what a test says, and which keeps
// what was asked of it. Signals as the real one gives them.
#pragma once

#include "call/CallControl.h"

#include <QMap>

#include <functional>

namespace hs::test {

class FakeCallControl final : public call::CallControl {
    Q_OBJECT
public:
    // What the far ends do.
    model::CallId ringIn(const QString& number, const QString& controlId = {});
    void ringOut(model::CallId id); // 180
    void earlyMedia(model::CallId id); // 183 with SDP
    void answerByFarEnd(model::CallId id); // 200, and our ACK
    void acknowledge(model::CallId id); // the ACK of an incoming call that was answered
    void end(model::CallId id, int code, const QString& reason,
             const model::Actor& by = model::Actor::farEnd());
    void change(model::CallId id, const std::function<void(model::Call&)>& edit);
    void giveTo(model::CallId id, const model::Actor& owner);

    // What was asked: "dial 0912341234", "answer 3", "reject 3 486", "hangUp 3"; and by whom.
    QStringList asked;
    QList<model::Actor> askers;
    // Each command fails with this sentence while it is not empty.
    QString refusal;
    QString nextControlId; // of the next call dialled; empty: "call-ID"
    std::function<void(model::CallId)> onDialled; // behind added()

    base::Result<model::CallId> dial(const call::DialRequest& request) override;
    base::Result<void> answer(model::CallId id, const model::Actor& by) override;
    base::Result<void> reject(model::CallId id, const model::Actor& by, int code) override;
    base::Result<void> hangUp(model::CallId id, const model::Actor& by) override;
    base::Result<void> take(model::CallId id) override;
    base::Result<void> setHeld(model::CallId id, bool held) override;
    base::Result<void> sendDigits(model::CallId id, const QString& digits) override;
    base::Result<void> transfer(model::CallId id, const QString& target) override;
    base::Result<void> transferToCall(model::CallId id, model::CallId other) override;
    base::Result<void> join(const QList<model::CallId>& ids) override;
    base::Result<void> split(model::CallId id) override;
    base::Result<void> setCodecs(model::CallId id, const QStringList& order) override;
    base::Result<model::CallId> pickUp(const QString& account, const QString& extension,
                                       const model::Actor& by) override;
    QList<model::Call> calls() const override { return m_calls.values(); }
    std::optional<model::Call> find(model::CallId id) const override;

private:
    bool note(const QString& what, const model::Actor& by);

    QMap<model::CallId, model::Call> m_calls;
    model::CallId m_lastId = 0;
    qint64 m_time = 1767323045000; // UTC ms; a millisecond passes with each thing that happens
};

} // namespace hs::test
