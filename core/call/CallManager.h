// CallManager: all living calls: takes new ones in, makes new ones, and does what the operator, the
// clients and the machine ask for. With its Calls the only place that joins signalling and media.
// Thread: core.
#pragma once

#include "call/CallControl.h"
#include "call/HeadsetKeeper.h"
#include "call/IncomingCall.h"
#include "sip/transport/GarbageLog.h"

#include <map>

namespace hs::call {

class CallManager final : public CallControl, private sip::UserAgent::User, private Call::Observer {
    Q_OBJECT
public:
    struct Parts {
        base::Scheduler& scheduler;
        base::Random& random;
        sip::UserAgent& userAgent;
        media::MediaEngine& media;
        audio::AudioDevice& device;
    };

    CallManager(const Parts& parts, const CallSettings& settings, QObject* parent = nullptr);
    ~CallManager() override;

    base::Result<model::CallId> dial(const DialRequest& request) override;
    base::Result<void> answer(model::CallId id, const model::Actor& by) override;
    base::Result<void> reject(model::CallId id, const model::Actor& by, int code) override;
    base::Result<void> hangUp(model::CallId id, const model::Actor& by) override;
    base::Result<void> take(model::CallId id) override;
    base::Result<void> setHeld(model::CallId id, bool held) override;
    base::Result<void> sendDigits(model::CallId id, const QString& digits) override;
    base::Result<void> transfer(model::CallId id, const QString& target) override;
    QList<model::Call> calls() const override;
    std::optional<model::Call> find(model::CallId id) const override;

    void setMuted(bool muted) { m_headset.setMuted(muted); }
    void setAutoAnswer(std::optional<std::chrono::seconds> after);
    std::optional<std::chrono::seconds> autoAnswer() const { return m_settings.autoAnswerAfter; }
    void addServerAddress(const base::IpAddress& address) { m_policy.addServerAddress(address); }
    // No new calls; those that live are ended.
    void shutDown();

Q_SIGNALS:
    void recordingFailed(const QString& problem); // the call goes on

private:
    using Refusal = std::optional<MediaRefusal>;

    void onInvite(const std::shared_ptr<sip::InviteUas>& invite) override;
    void onCallChanged(Call& call, const model::Call& before) override;
    void onCallEstablished(Call& call) override;
    void onRecordingFailed(const QString& problem) override;
    void onCallEnded(Call& call) override;

    Refusal refusalFor(const sip::InviteUas& invite) const;
    void logRefusal(const base::Endpoint& source, const MediaRefusal& why);
    bool isFull() const;
    QString controlIdFor(const QString& sipCallId) const;
    Call* alive(model::CallId id) const;
    base::Result<Call*> get(model::CallId id) const;
    void scheduleAutoAnswer(model::CallId id);
    void giveHeadset(Call& call);
    void putAside(Call& call); // for another that gets the headset
    void updateRinging();
    Call::Context context();

    Parts m_parts;
    CallSettings m_settings;
    CallPolicy m_policy;
    HeadsetKeeper m_headset;
    std::map<model::CallId, std::unique_ptr<Call>> m_calls;
    std::map<model::CallId, base::Timer> m_autoAnswers;
    std::vector<std::unique_ptr<Call>> m_ended; // destroyed once nothing of theirs runs any more
    base::Timer m_bury;
    model::CallId m_lastId = 0;
    sip::GarbageLog m_refusalLog{m_parts.scheduler.clock()}; // a flood of calls is a line a second
    bool m_shutDown = false;
};

} // namespace hs::call
