// Call: one call from its first message to its end: signalling, session description and audio held
// together, and the picture of it (model::Call) that everyone else sees. IncomingCall and
// OutgoingCall are how it begins. Thread: core.
#pragma once

#include "call/CallMedia.h"
#include "call/CallObserver.h"
#include "call/InfoDigits.h"
#include "call/Transfer.h"
#include "model/Call.h"

namespace hs::call {

class Call : protected sip::InviteSession::User {
public:
    using Observer = CallObserver;
    using Context = CallContext;

    ~Call() override;

    const model::Call& model() const { return m_model; }
    model::CallId id() const { return m_model.id; }
    CallMedia& media() { return m_media; }
    // From here on the observer hears of changes.
    void announce() { m_announced = true; }

    // Errors are sentences. What does not fit the state is an error, not a crash.
    virtual base::Result<void> answer(const model::Actor& by);
    virtual base::Result<void> reject(const model::Actor& by, int code);
    base::Result<void> hangUp(const model::Actor& by);
    // As hangUp(), of a call that is alive. `reason`: a Reason header's value for a CANCEL.
    void endNow(const model::Actor& by, const QByteArray& reason = {});
    base::Result<void> setHeld(bool held);
    base::Result<void> setCodecs(const QStringList& order); // by a re-INVITE
    base::Result<void> sendDigits(const QString& digits);
    // Asks the far end to call somebody else (RFC 3515).
    base::Result<void> transfer(Transfer transfer);
    // The far ends have each other: ends the call, unless they do within that time.
    void letGo(base::Duration patience);
    // What came of a call that the far end has asked us for.
    void reportTransfer(int code, const QByteArray& reason);
    // Of an established call; for Replaces.
    std::optional<sip::DialogId> dialog() const;
    std::optional<sip::Uri> remoteTarget() const; // its Contact
    std::optional<sip::Uri> remoteAddress() const; // that of its From or To

    // The operator takes the call over: greeting stopped, clients' audio paused.
    void setOwner(const model::Actor& owner);
    void connectHeadset(const std::shared_ptr<audio::HeadsetRings>& rings);
    void disconnectHeadset();
    void setMuted(bool muted);

    // Answered calls only. It sits in the conference while it is not held, neither by us nor by
    // what its far end knows; else it hears music. Its headset is the conference's as long.
    base::Result<void> checkMayJoin() const;
    void enterConference(std::shared_ptr<media::ConferenceSession> conference, int number);
    void leaveConference();
    // The operator's, but he is with somebody else; until he gives it the headset.
    bool isAside() const { return m_isAside; }
    bool wasInConference() const { return m_wasSeated; } // since it was to enter
    // Until its far end has agreed to go on it may refuse, and then it was to hear nothing.
    bool comesBack() const { return m_heldAsAgreed && !m_model.heldByUs; }
    void setAlone(bool alone); // nobody is there to be heard: it hears music
    void showOperator(bool present, bool muted);

protected:
    explicit Call(const Context& context, model::CallId id, model::Direction direction);

    // Nothing once it has ended: whoever heard of the last change may have hung up.
    void update(const std::function<void(model::Call&)>& edit);
    void enter(model::CallState state);
    // A 2xx was sent or received: audio and recording begin.
    void becomeActive(std::shared_ptr<sip::InviteSession> session, const model::Actor& answeredBy);
    void becomeEstablished();
    // Sending, hearing and recording; once.
    void startMedia(const model::Actor& answeredBy);
    void end(int code, const QString& reason, const model::Actor& by);
    base::Result<void> refuse(const char* what) const;
    void applyMedia();
    void followMedia(); // once it is open
    // Ends the call's signalling before a 2xx.
    virtual void giveUp(const QByteArray& reason) = 0;

    std::int64_t wallMs() const { return base::toUnixMs(m_context.scheduler.clock().wall()); }

    Context m_context;
    CallMedia m_media;

    using OfferReply = sip::InviteSession::OfferReply;
    void onAcknowledged(const QByteArray& sdp) override;
    OfferReply onOffer(const QByteArray& offer) override;
    void onLateAnswer(const QByteArray& sdp) override;
    void onReinviteAnswered(const QByteArray& sdp) override;
    void onReinviteRefused(const sip::ReinviteClient::Refusal& refusal) override;
    void onMayReinvite() override;
    void onRefreshDue() override;
    void onIdentified(const sip::Message& message, const sip::Hop& from) override;
    int onRefer(const sip::ReferRequest& refer) override;
    void onReferRefused(const QByteArray& target) override;
    int onInfo(const sip::Request& info) override;
    // As the account wants it; without codecs of its own those of all calls.
    void setWays(model::DtmfMethod digits, const QStringList& codecs);
    void onEnded(const sip::InviteSession::Ending& ending) override;

    bool m_offerInOk = false; // the ACK is to bring the answer
    bool m_isAside = false;

private:
    void syncHold();
    void agreeOnHold(bool held);
    void holdRefused(const QString& why);
    void tellCodecs(const QString& problem);
    void startRecording();
    void onTransferProgress(int code, const QByteArray& reason, sip::ReferUsage::Teller by);
    bool referOn(int code, const QByteArray& reason, sip::ReferUsage::Teller by);
    bool refer(const sip::NameAddr& target);
    model::DtmfMethod digitMethod() const;
    void received(char digit);
    void sent(char digit);
    void digitRefused(int code);
    void watchMedia();
    void updateSound();

    model::Call m_model;
    model::DtmfMethod m_dtmf = model::DtmfMethod::Auto;
    std::shared_ptr<sip::InviteSession> m_session;
    bool m_announced = false;
    bool m_established = false;
    bool m_mediaStarted = false;
    bool m_heldAsAgreed = false; // what the far end knows of heldByUs
    bool m_heldAsOffered = false; // what our last offer says of it
    bool m_holdRefused = false; // for good
    int m_offerRetries = 0;
    InfoDigits m_infoDigits;
    base::TimePoint m_talksSince{}; // both ways, nobody holds
    base::Timer m_retryHold;
    Transfer m_transfer; // targets: those that are left
    base::Timer m_transferred;
    base::Timer m_tellListeners;
    std::shared_ptr<media::ConferenceSession> m_conference; // null: in none
    std::shared_ptr<audio::HeadsetRings> m_headset; // null: not here
    bool m_isSeated = false;
    bool m_wasSeated = false;
    bool m_isAlone = false;
    bool m_hasMusic = false;
};

} // namespace hs::call
