#include "support/UaFixture.h"

namespace hs::test {

namespace {
const base::Endpoint ourEndpoint(*base::IpAddress::parse("192.0.2.1"), 5062);
const base::Endpoint peerEndpoint(*base::IpAddress::parse("192.0.2.9"), 5060);

QString line(const char* what, int code)
{
    return QStringLiteral("%1 %2").arg(QLatin1String(what)).arg(code);
}
} // namespace

void SessionLog::onAcknowledged(const QByteArray& sdp)
{
    lines << QStringLiteral("acknowledged");
    lastSdp = sdp;
}

sip::InviteSession::OfferReply SessionLog::onOffer(const QByteArray& offer)
{
    lines << (offer.isEmpty() ? QStringLiteral("offer wanted") : QStringLiteral("offer"));
    lastSdp = offer;
    return reply;
}

void SessionLog::onLateAnswer(const QByteArray& sdp)
{
    lines << QStringLiteral("late answer");
    lastSdp = sdp;
}

void SessionLog::onReinviteAnswered(const QByteArray& sdp)
{
    lines << QStringLiteral("reinvite answered");
    lastSdp = sdp;
}

void SessionLog::onMayReinvite()
{
    lines << QStringLiteral("may reinvite");
}

void SessionLog::onRefreshDue()
{
    lines << QStringLiteral("refresh due");
}

int SessionLog::onRefer(const sip::ReferRequest& refer)
{
    lines << QStringLiteral("refer ") + QString::fromLatin1(refer.target.toBytes());
    return referCode;
}

int SessionLog::onInfo(const sip::Request& info)
{
    lines << QStringLiteral("info ") + QString::fromLatin1(info.body).trimmed();
    return 200;
}

void SessionLog::onReinviteRefused(const sip::ReinviteClient::Refusal& refusal)
{
    lines << line("reinvite refused", refusal.code);
    lastRefusal = refusal;
}

void SessionLog::onEnded(const sip::InviteSession::Ending& ending)
{
    lines << line(ending.byFarEnd ? "ended far" : "ended", ending.code);
}

sip::InviteSession::OfferReply UacLog::onEarlyOffer(const QByteArray&, const QByteArray&,
                                                    const QByteArray&)
{
    lines << QStringLiteral("early offer");
    return {200, someAnswer, {}};
}

void UacLog::onProgress(const sip::Response& response, const QByteArray& sdp)
{
    lines << line("progress", response.statusCode);
    lastSdp = sdp;
}

void UacLog::onAnswered(std::shared_ptr<sip::InviteSession> answered, const QByteArray& sdp)
{
    lines << QStringLiteral("answered");
    session = std::move(answered);
    session->setUser(sessionUser);
    lastSdp = sdp;
}

void UacLog::onFailed(const sip::InviteSession::Ending& ending, const sip::Response*)
{
    lines << line("failed", ending.code);
}

UaFixture::UaFixture(Policy thePolicy, const sip::ParserLimits& limits)
    : network(scheduler)
    , transport(std::move(network.bindNotifying(ourEndpoint)).value(), network, scheduler.clock(),
                limits)
    , transactions(transport, scheduler, random)
    , core{scheduler, transactions, random, resolver, "Hookswitch/test"}
    , userAgent(core)
    , peer(network, peerEndpoint, ourEndpoint)
    , policy(thePolicy)
{
    transport.setReceiver(&transactions);
    userAgent.setUser(this);
    uacLog.sessionUser = &sessionLog;
}

UaFixture::~UaFixture()
{
    for (const auto& invite : invites) {
        invite->setUser(nullptr);
    }
    if (session) {
        session->setUser(nullptr);
    }
    if (uacLog.session) {
        uacLog.session->setUser(nullptr);
    }
}

void UaFixture::onInvite(const std::shared_ptr<sip::InviteUas>& invite)
{
    invites << invite;
    invite->setUser(this);
    if (policy != Policy::Nothing) {
        invite->ring();
    }
    if (policy == Policy::Accept) {
        acceptLast();
    }
}

void UaFixture::onCancelled(const QByteArray& reason)
{
    cancels << QString::fromLatin1(reason);
}

void UaFixture::acceptLast(const QByteArray& sdp)
{
    session = invites.last()->accept(sdp);
    if (session) {
        session->setUser(&sessionLog);
    }
}

std::shared_ptr<sip::InviteUac> UaFixture::call(const QByteArray& target)
{
    sip::OutgoingInvite invite;
    invite.target = *sip::Uri::parse(target);
    invite.to.uri = invite.target;
    invite.from.uri = *sip::Uri::parse("sip:hookswitch@192.0.2.1");
    invite.callId = "our-call-1";
    invite.hop.remote = peerEndpoint;
    invite.sdp = someOffer;
    return userAgent.invite(invite, &uacLog);
}

QByteArray inviteText(const QByteArray& branch, const QByteArray& callId, const QByteArray& extra,
                      const QByteArray& body)
{
    return "INVITE sip:100@[target] SIP/2.0\n"
           "Via: SIP/2.0/UDP [local];branch="
        + branch
        + ";rport\n"
          "Max-Forwards: 70\n"
          "From: \"Lin\" <sip:0912341234@example.com>;tag=peer\n"
          "To: <sip:100@[target]>\n"
          "Call-ID: "
        + callId
        + "\n"
          "CSeq: 1 INVITE\n"
          "Contact: <sip:0912341234@[local]>\n"
        + extra + (body.isEmpty() ? QByteArray() : QByteArray("Content-Type: application/sdp\n"))
        + "Content-Length: [len]\n\n" + body;
}

QByteArray inDialogText(const QByteArray& method, int sequence, const QByteArray& branch,
                        const QByteArray& toTag, const QByteArray& callId, const QByteArray& body)
{
    return method
        + " sip:100@[target] SIP/2.0\n"
          "Via: SIP/2.0/UDP [local];branch="
        + branch
        + ";rport\n"
          "Max-Forwards: 70\n"
          "From: \"Lin\" <sip:0912341234@example.com>;tag=peer\n"
          "To: <sip:100@[target]>;tag="
        + toTag
        + "\n"
          "Call-ID: "
        + callId
        + "\n"
          "CSeq: "
        + QByteArray::number(sequence) + ' ' + method
        + "\n"
          "Contact: <sip:0912341234@[local]>\n"
        + (body.isEmpty() ? QByteArray() : QByteArray("Content-Type: application/sdp\n"))
        + "Content-Length: [len]\n\n" + body;
}

QByteArray toTagOf(const sip::Message& message)
{
    const auto to = message.to();
    return to ? to->tag() : QByteArray();
}

} // namespace hs::test
