#include "FarAgent.h"

#include "sdp/SessionDescription.h"

namespace hs::bench {

namespace {

std::unique_ptr<base::NotifyingDatagramSocket> anySocket(base::SocketFactory& sockets)
{
    auto bound = sockets.bindNotifying({base::IpAddress::loopbackV4(), 0});
    if (!bound) {
        qFatal("%s", qPrintable(bound.error().text));
    }
    return std::move(bound).value();
}

QByteArray description(std::uint16_t rtpPort)
{
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
        + QByteArray::number(rtpPort)
        + " RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\na=sendrecv\r\n";
}

// 0 if there is none.
std::uint16_t audioPort(const QByteArray& sdp)
{
    const auto parsed = sdp::SessionDescription::parse(sdp);
    return parsed && !parsed->media.isEmpty() ? parsed->media.constFirst().port : std::uint16_t(0);
}

sip::Uri uriOf(const QByteArray& user, const base::Endpoint& at)
{
    sip::Uri uri;
    uri.scheme = "sip";
    uri.user = user;
    uri.host = at.address().toString();
    uri.port = at.port();
    return uri;
}

} // namespace

class FarAgent::FarCall final : public sip::InviteUac::User, public sip::InviteSession::User {
public:
    FarCall(FarAgent& agent, std::uint32_t number, std::uint16_t rtpPort)
        : m_agent(agent)
        , m_number(number)
        , m_sdp(description(rtpPort))
    {
    }

    const QByteArray& sdp() const { return m_sdp; }
    void dialled(std::shared_ptr<sip::InviteUac> invite) { m_invite = std::move(invite); }
    void accept(sip::InviteUas& invite)
    {
        m_remotePort = audioPort(invite.offer());
        invite.ring();
        m_session = invite.accept(m_sdp);
        m_session->setUser(this);
    }
    void hangUp()
    {
        if (m_session) {
            m_session->hangUp();
        } else if (m_invite) {
            m_invite->cancel();
        }
    }

    void onProgress(const sip::Response&, const QByteArray&) override { }
    sip::InviteSession::OfferReply onEarlyOffer(const QByteArray&, const QByteArray&,
                                                const QByteArray&) override
    {
        return {488, {}, {}};
    }
    void onAnswered(std::shared_ptr<sip::InviteSession> session, const QByteArray& sdp) override
    {
        m_session = std::move(session);
        m_session->setUser(this);
        m_agent.m_events.established(m_number, audioPort(sdp));
    }
    void onFailed(const sip::InviteSession::Ending& ending, const sip::Response*) override
    {
        m_agent.m_events.failed(
            m_number, QString::number(ending.code) + u' ' + QString::fromUtf8(ending.reason));
    }
    void onAcknowledged(const QByteArray&) override
    {
        m_agent.m_events.established(m_number, m_remotePort);
    }
    sip::InviteSession::OfferReply onOffer(const QByteArray&) override { return {200, m_sdp}; }
    void onLateAnswer(const QByteArray&) override { }
    void onReinviteAnswered(const QByteArray&) override { }
    void onReinviteRefused(const sip::ReinviteClient::Refusal&) override { }
    void onMayReinvite() override { }
    void onRefreshDue() override { }
    void onEnded(const sip::InviteSession::Ending& ending) override
    {
        m_agent.m_events.failed(m_number,
                                QStringLiteral("ended by the daemon: %1 %2")
                                    .arg(ending.code)
                                    .arg(QString::fromUtf8(ending.reason)));
    }

private:
    FarAgent& m_agent;
    std::uint32_t m_number;
    QByteArray m_sdp;
    std::uint16_t m_remotePort = 0;
    std::shared_ptr<sip::InviteUac> m_invite;
    std::shared_ptr<sip::InviteSession> m_session;
};

FarAgent::FarAgent()
    : m_transport(anySocket(m_sockets), m_sockets, m_clock)
    , m_transactions(m_transport, m_scheduler, m_random)
    , m_core{m_scheduler, m_transactions, m_random, m_resolver, "bench_calls"}
    , m_userAgent(m_core)
{
    m_transport.setReceiver(&m_transactions);
    m_userAgent.setUser(this);
}

FarAgent::~FarAgent()
{
    m_transport.setReceiver(nullptr);
}

FarAgent::FarCall& FarAgent::add(std::uint32_t number, std::uint16_t rtpPort)
{
    auto& call = m_calls[number];
    call = std::make_unique<FarCall>(*this, number, rtpPort);
    return *call;
}

void FarAgent::dial(std::uint32_t number, std::uint16_t rtpPort, const base::Endpoint& daemon)
{
    FarCall& call = add(number, rtpPort);
    sip::OutgoingInvite invite;
    invite.target = uriOf("1000", daemon);
    invite.to.uri = invite.target;
    invite.from.uri = uriOf(QByteArray::number(number), address());
    invite.callId = m_random.token(24);
    invite.hop = {daemon, address().address()};
    invite.sdp = call.sdp();
    call.dialled(m_userAgent.invite(invite, &call));
}

void FarAgent::await(std::uint32_t number, std::uint16_t rtpPort)
{
    add(number, rtpPort);
}

void FarAgent::hangUp(std::uint32_t number)
{
    if (const auto call = m_calls.find(number); call != m_calls.end()) {
        call->second->hangUp();
    }
}

void FarAgent::onInvite(const std::shared_ptr<sip::InviteUas>& invite)
{
    const std::optional<sip::Uri> called = sip::Uri::parse(invite->request().requestUri);
    const auto call = m_calls.find(called ? called->user.toUInt() : 0);
    if (call == m_calls.end()) {
        invite->reject(404);
        return;
    }
    call->second->accept(*invite);
}

} // namespace hs::bench
