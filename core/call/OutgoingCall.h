// OutgoingCall: a call that we make. Thread: core.
#pragma once

#include "call/Call.h"
#include "call/DialTarget.h"

namespace hs::call {

class OutgoingCall final : public Call, private sip::InviteUac::User {
public:
    OutgoingCall(const Context& context, model::CallId id, const DialTarget& target,
                 const model::Actor& by);
    ~OutgoingCall() override;

    // The INVITE goes out as soon as the target's address is known.
    void start();
    // Instead of start(): a local failure, 503.
    void failToStart(const QString& why);

private:
    void onHops(const base::Result<sip::Resolver::Hops>& hops);
    void onProgress(int code, const QByteArray& reason, const QByteArray& sdp) override;
    void onAnswered(std::shared_ptr<sip::InviteSession> session, const QByteArray& sdp) override;
    void onFailed(const sip::InviteSession::Ending& ending) override;
    void giveUp() override;
    void nobodyAnswered();

    DialTarget m_target;
    std::shared_ptr<sip::InviteUac> m_invite;
    base::Timer m_noAnswer;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::call
