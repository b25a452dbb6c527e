// UaFixture: a whole SIP user agent, from socket to sessions, on a virtual network and a manual
// clock, with users that write down what they are told and do what the test says.
#pragma once

#include "sip/transport/SipResolver.h"
#include "sip/transport/UdpTransport.h"
#include "sip/ua/UserAgent.h"
#include "support/SipPeer.h"

#include <QStringList>

namespace hs::test {

inline const QByteArray someOffer =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n"
    "t=0 0\r\nm=audio 4000 RTP/AVP 8 0\r\n";
inline const QByteArray someAnswer = "v=0\r\no=- 2 1 IN IP4 192.0.2.1\r\ns=-\r\n"
                                     "c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 31000 RTP/AVP 8\r\n";

// Writes each event as a line: "acknowledged", "offer", "ended far 0".
class SessionLog final : public sip::InviteSession::User {
public:
    QStringList lines;
    sip::InviteSession::OfferReply reply{200, someAnswer};
    QByteArray lastSdp;
    sip::ReinviteClient::Refusal lastRefusal;

    void onAcknowledged(const QByteArray& sdp) override;
    sip::InviteSession::OfferReply onOffer(const QByteArray& offer) override;
    void onLateAnswer(const QByteArray& sdp) override;
    void onReinviteAnswered(const QByteArray& sdp) override;
    void onReinviteRefused(const sip::ReinviteClient::Refusal& refusal) override;
    void onMayReinvite() override;
    void onRefreshDue() override;
    int onRefer(const sip::ReferRequest& refer) override;
    int onInfo(const sip::Request& info) override;
    int referCode = 202;
    void onEnded(const sip::InviteSession::Ending& ending) override;
};

class UacLog final : public sip::InviteUac::User {
public:
    QStringList lines; // "progress 180", "answered", "failed 486"
    std::shared_ptr<sip::InviteSession> session;
    QByteArray lastSdp;
    SessionLog* sessionUser = nullptr; // set on the session when it is answered

    void onProgress(const sip::Response& response, const QByteArray& sdp) override;
    sip::InviteSession::OfferReply onEarlyOffer(const QByteArray& tag, const QByteArray& answer,
                                                const QByteArray& offer) override;
    void onAnswered(std::shared_ptr<sip::InviteSession> answered, const QByteArray& sdp) override;
    void onFailed(const sip::InviteSession::Ending& ending, const sip::Response* response) override;
};

class UaFixture : public sip::UserAgent::User, public sip::InviteUas::User {
public:
    // What to do with an INVITE that comes.
    enum class Policy { Nothing, Ring, Accept };

    explicit UaFixture(Policy policy = Policy::Ring, const sip::ParserLimits& limits = {});
    ~UaFixture() override;

    // Lets what was sent arrive, and all that follows from it without waiting.
    void run() { scheduler.advance(std::chrono::milliseconds(1)); }
    void advance(base::Duration by) { scheduler.advance(by); }
    void acceptLast(const QByteArray& sdp = someAnswer);
    std::shared_ptr<sip::InviteUac> call(const QByteArray& target = "sip:200@192.0.2.9:5060");

    ManualScheduler scheduler;
    VirtualNetwork network;
    base::Random random{7};
    sip::UdpTransport transport;
    sip::TransactionLayer transactions;
    sip::SipResolver resolver{scheduler.clock(), random, {[this](auto kind, auto family) {
                                  return transport.supports(kind, family);
                              }}};
    sip::UaCore core;
    sip::UserAgent userAgent;

    SipPeer peer; // at 192.0.2.9:5060; we are at 192.0.2.1:5062

    Policy policy;
    QList<std::shared_ptr<sip::InviteUas>> invites;
    QStringList cancels;
    std::shared_ptr<sip::InviteSession> session;
    SessionLog sessionLog;
    UacLog uacLog;

    void onInvite(const std::shared_ptr<sip::InviteUas>& invite) override;
    void onCancelled(const QByteArray& reason) override;
};

// An INVITE from the fixture's peer, as a template for SipPeer::send(); `extra` are header lines
// that end in LF.
QByteArray inviteText(const QByteArray& branch = "z9hG4bK-1", const QByteArray& callId = "call-1",
                      const QByteArray& extra = {}, const QByteArray& body = someOffer);
// A request within the dialog of that INVITE. `toTag` is ours.
QByteArray inDialogText(const QByteArray& method, int sequence, const QByteArray& branch,
                        const QByteArray& toTag, const QByteArray& callId = "call-1",
                        const QByteArray& body = {});
QByteArray toTagOf(const sip::Message& message);

} // namespace hs::test
