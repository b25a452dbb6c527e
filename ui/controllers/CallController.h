// CallController: calls between the engine and the window. Keeps the list of live sessions and the
// clock that lets their times run, says which call an order without a choice is meant for, and
// passes orders on. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace hs::engine {
class CallsFacade;
}

namespace hs::ui {

class CallListModel;

class CallController : public QObject {
    Q_OBJECT
public:
    // `now` in UTC ms. Facade and model outlive the controller.
    CallController(engine::CallsFacade& calls, CallListModel& model, std::function<qint64()> now,
                   QObject* parent = nullptr);

    const CallListModel& model() const { return m_model; }
    std::optional<model::Call> longestWaiting() const; // rings here, the oldest
    std::optional<model::Call> onHeadset() const;
    QList<model::Call> callsOnHeadset() const; // in a conference all that the operator hears
    QString lastDialled() const { return m_lastDialled; } // in this run of the window

    // By that account, or by the one that fits best.
    void dial(const QString& target, const QString& account = {});
    void answer(model::CallId id);
    void hangUp(model::CallId id);
    void take(model::CallId id);
    void setHeld(model::CallId id, bool held);
    void setCodecs(model::CallId id, const QStringList& order);
    void sendDigits(model::CallId id, const QString& digits);
    void transfer(model::CallId id, const QString& target);
    void transferToCall(model::CallId id, model::CallId other);
    void join(const QList<model::CallId>& ids);
    void split(const QList<model::CallId>& ids);
    void splitAll(model::CallId id);
    void hangUpConference(model::CallId id);
    void setMuted(bool muted);
    void setAutoAnswer(std::optional<int> afterSeconds);

    void tick(); // what the clock does four times a second while there are rows

Q_SIGNALS:
    void callsChanged(); // after the model has them; also when only time has passed
    void startedRinging(hs::model::CallId id); // an incoming call
    void dialled(hs::model::CallId id); // an outgoing call of the operator's has come to be
    void refused(hs::model::CallId id, const QString& reason);
    void noticed(const QString& sentence); // nobody asked for it, and the operator should know

private:
    void accept(const QList<model::Call>& calls);
    int callsIn(int conference) const; // alive; 0 for none
    void tellOfLeaving(int conference);

    engine::CallsFacade& m_calls;
    CallListModel& m_model;
    std::function<qint64()> m_now;
    QTimer m_clock;
    QString m_lastDialled;
};

} // namespace hs::ui
