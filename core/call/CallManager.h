// CallManager: all living calls: takes new ones in, makes new ones, and does what the operator, the
// clients and the machine ask for. With its Calls the only place that joins signalling and media.
// Thread: core.
#pragma once

#include "call/CallControl.h"
#include "call/CallSounds.h"
#include "call/Conference.h"
#include "call/DialPlan.h"
#include "call/HeadsetKeeper.h"
#include "call/IncomingCall.h"
#include "call/OutgoingCall.h"
#include "call/TextAllowance.h"
#include "model/RefusedReferral.h"
#include "model/TextMessage.h"
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
        Accounts& accounts;
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
    base::Result<void> transferToCall(model::CallId id, model::CallId other) override;
    base::Result<void> join(const QList<model::CallId>& ids) override;
    base::Result<void> split(model::CallId id) override;
    base::Result<void> setCodecs(model::CallId id, const QStringList& order) override;
    base::Result<model::CallId> pickUp(const QString& account, const QString& extension,
                                       const model::Actor& by) override;
    QList<model::Call> calls() const override;
    std::optional<model::Call> find(model::CallId id) const override;

    void setMuted(bool muted);
    base::Result<void> splitAll(model::CallId id); // of the conference of that call
    base::Result<void> hangUpConference(model::CallId id, const model::Actor& by);
    void setAutoAnswer(std::optional<std::chrono::seconds> after);
    std::optional<std::chrono::seconds> autoAnswer() const { return m_settings.autoAnswerAfter; }
    void addServerAddress(const base::IpAddress& address) { m_policy.addServerAddress(address); }
    // No new calls; those that live are ended.
    void shutDown();

Q_SIGNALS:
    void recordingFailed(const QString& problem); // the call goes on
    void referralRefused(const hs::model::RefusedReferral& referral);
    void messageReceived(const hs::model::TextMessage& message);

private:
    using Refusal = std::optional<MediaRefusal>;
    struct Referral {
        model::CallId by = 0;
        bool talked = false; // the operator, with it
        model::CallId to = 0;
    };

    void onInvite(const std::shared_ptr<sip::InviteUas>& invite) override;
    void onCallChanged(Call& call, const model::Call& before) override;
    void onCallEstablished(Call& call) override;
    void onRecordingFailed(const QString& problem) override;
    void onHoldAgreed(Call&) override { settleSoon(); }
    void onResumeFailed(Call& call) override;
    bool trusts(const base::IpAddress& source) const override;
    void dialReferred(const Call& referrer, OutgoingCall::Plan plan);
    void succeed(const Referral& referral);
    void onReferralProgress(const Referral& referral, int code, const QByteArray& reason);
    int onReferred(Call& call, const sip::ReferRequest& refer) override;
    void onReferredNowhere(Call& call, const QByteArray& target) override;
    bool onUnsolicitedNotify(const sip::Request& notify, const sip::Hop& from) override;
    int onMessage(const sip::IncomingMessage& message, const sip::Hop& from) override;
    void onConnectionClosed(const sip::Hop& hop) override;
    std::shared_ptr<sip::DigestClient> credentialsFor(const sip::Request& request,
                                                      const sip::Hop& from) override;
    void onCallEnded(Call& call) override;

    Refusal refusalFor(const sip::InviteUas& invite) const;
    void logRefusal(const base::Endpoint& source, const MediaRefusal& why);
    model::CallId begin(OutgoingCall::Plan plan, OutgoingCall::Progress progress);
    IncomingCall::Line lineOf(const sip::InviteUas& invite) const;
    void refuse(sip::InviteUas& invite, const MediaRefusal& why);
    // The living call that a Replaces names, null without one; a code where it is not to be had
    // (RFC 3891 section 3).
    base::Result<Call*, int> replacedBy(const sip::InviteUas& invite) const;
    void takePlaceOf(Call& replaced, IncomingCall& call);
    std::optional<std::chrono::seconds> wantsAnswerAtOnce(const sip::InviteUas& invite) const;
    void answerAsWished(model::CallId id, std::chrono::seconds after);
    bool isFull() const;
    QString controlIdFor(const QString& sipCallId) const;
    Call* alive(model::CallId id) const;
    base::Result<Call*> get(model::CallId id) const;
    void scheduleAutoAnswer(model::CallId id);
    void giveHeadset(Call& call);
    void putAside(Call& call); // for another that gets the headset
    void updateSounds();
    base::Result<QList<Call*>> callsToJoin(const QList<model::CallId>& ids) const;
    Conference& openConference();
    Conference* conferenceOf(model::CallId id) const;
    base::Result<Conference*> conferenceFor(model::CallId id) const;
    void leaveConference(Call& call);
    void setAside(Call& call);
    void passHeadsetOn(const Call& call);
    void settleSoon();
    void settle(int number);
    void dissolve(int number);
    Call::Context context();

    Parts m_parts;
    CallSettings m_settings;
    CallPolicy m_policy;
    DialPlan m_dialPlan;
    HeadsetKeeper m_headset;
    std::map<int, std::unique_ptr<Conference>> m_conferences; // by number
    base::Timer m_settle;
    CallSounds m_sounds{m_parts.device, m_parts.scheduler};
    std::map<model::CallId, std::unique_ptr<Call>> m_calls;
    std::map<model::CallId, base::Timer> m_autoAnswers;
    std::map<model::CallId, base::Timer> m_referrals; // calls that a far end asked for
    std::vector<std::unique_ptr<Call>> m_ended; // destroyed once nothing of theirs runs any more
    base::Timer m_bury;
    model::CallId m_lastId = 0;
    sip::GarbageLog m_refusalLog{m_parts.scheduler.clock()}; // a flood of calls is a line a second
    TextAllowance m_texts{m_parts.scheduler.clock()};
    bool m_shutDown = false;
};

} // namespace hs::call
