#include "sip/transport/UdpTransport.h"

#include "base/LogCategories.h"
#include "base/LoopbackAddress.h"
#include "base/StunMessage.h"
#include "sip/transport/LoggedMessage.h"
#include "sip/transport/ReceivedVia.h"

namespace hs::sip {

namespace {
constexpr std::size_t largestDatagram = 65535;
constexpr std::uint16_t defaultPort = 5060;
// A flood on the socket must not keep the timers of living transactions waiting.
constexpr int datagramsPerTurn = 64;

QByteArrayView textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}
} // namespace

UdpTransport::UdpTransport(std::unique_ptr<base::NotifyingDatagramSocket> socket,
                           base::SocketFactory& routes, const base::Clock& clock,
                           const ParserLimits& limits)
    : m_socket(std::move(socket))
    , m_routes(routes)
    , m_limits(limits)
    , m_garbageLog(clock)
    , m_buffer(largestDatagram)
{
    m_socket->setReadable([this] { read(); });
    m_socket->setUndelivered([this](const base::Endpoint& to, base::Undelivered what) {
        qCDebug(base::lcSip) << "the network says that it can't be delivered to" << to.toString();
        if (m_receiver) {
            m_receiver->onUndelivered(to, what);
        }
    });
}

bool UdpTransport::supports(TransportKind kind, base::IpAddress::Family family) const
{
    return kind == TransportKind::Udp && family == m_socket->localEndpoint().address().family();
}

bool UdpTransport::send(const QByteArray& bytes, const Hop& to, Failed)
{
    // Nothing that a peer wrote into a message may make us shout at a whole network.
    if (to.remote.address().isMulticastOrBroadcast() || to.remote.address().isAny()
        || to.remote.port() == 0) {
        qCDebug(base::lcSip) << "not sent: no single host at" << to.remote.toString();
        return false;
    }
    qCDebug(base::lcSip).noquote() << "sent to" << to.remote.toString() << loggedMessage(bytes);
    const base::OutgoingDatagram datagram{
        std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))), to.remote,
        to.local};
    return m_socket->send({&datagram, 1}) == 1;
}

bool UdpTransport::sendStun(const QByteArray& request, const base::Endpoint& to)
{
    const base::OutgoingDatagram datagram{
        std::as_bytes(std::span(request.constData(), std::size_t(request.size()))), to, {}};
    return m_socket->send({&datagram, 1}) == 1;
}

base::Endpoint UdpTransport::sentBy(const Hop& hop) const
{
    const base::Endpoint bound = m_socket->localEndpoint();
    if (!bound.address().isAny()) {
        return bound;
    }
    const base::IpAddress local =
        hop.local.isNull() ? m_routes.localAddressFor(hop.remote.address()) : hop.local;
    return {local.isNull() ? base::loopbackOf(bound.address().family()) : local, bound.port()};
}

Hop UdpTransport::responseHop(const Via& top, const Hop& requestCameFrom) const
{
    Hop hop = requestCameFrom;
    if (!top.params.has("rport")) {
        hop.remote = base::Endpoint(requestCameFrom.remote.address(),
                                    top.port != 0 ? top.port : defaultPort);
    }
    return hop;
}

void UdpTransport::read()
{
    for (int turn = 0; turn < datagramsPerTurn; ++turn) {
        base::IncomingDatagram datagram{m_buffer};
        if (m_socket->receive({&datagram, 1}) == 0) {
            return;
        }
        take(datagram);
    }
}

void UdpTransport::take(const base::IncomingDatagram& datagram)
{
    const QByteArrayView bytes = textOf(datagram.bytes());
    const Hop from{datagram.source, datagram.destination};
    if (datagram.source.port() == 0 || !m_receiver) {
        return; // nobody could be answered
    }
    if (base::isStun(datagram.bytes())) {
        if (m_stun) {
            m_stun(datagram.bytes(), datagram.source);
        }
        return;
    }
    Parsed parsed = parseDatagram(bytes, m_limits);
    if (const auto* unparsable = std::get_if<Unparsable>(&parsed)) {
        if (!unparsable->keepAlive) {
            m_garbageLog.tell(datagram.source, bytes, unparsable->why);
            m_receiver->onUnreadable(datagram.source, unparsable->why);
        }
        return;
    }
    qCDebug(base::lcSip).noquote()
        << "received from" << from.remote.toString() << loggedMessage(bytes);
    if (auto* request = std::get_if<ParsedRequest>(&parsed)) {
        if (request->defect) {
            m_garbageLog.tell(datagram.source, bytes, request->defect->reason);
        }
        takeRequest(std::move(*request), from);
    } else {
        takeResponse(std::get<ParsedResponse>(std::move(parsed)).response, from);
    }
}

void UdpTransport::takeRequest(ParsedRequest&& parsed, const Hop& from)
{
    if (noteSource(parsed.request, from.remote)) {
        m_receiver->onRequest(std::move(parsed), from);
    }
}

void UdpTransport::takeResponse(Response&& response, const Hop& from)
{
    // RFC 3261 18.1.2: a response whose top Via we did not write is not for us.
    const std::optional<Via> top = response.topVia();
    const base::Endpoint bound = m_socket->localEndpoint();
    const std::optional<base::IpAddress> host =
        top ? base::IpAddress::parse(top->host) : std::nullopt;
    const std::uint16_t port = top && top->port != 0 ? top->port : defaultPort;
    const bool ours = host && port == bound.port()
        && (bound.address().isAny() ? from.local.isNull() || *host == from.local
                    || host->isLoopback() || *host == m_routes.localAddressFor(*host)
                                    : *host == bound.address());
    if (!ours || response.vias().size() != 1) {
        qCDebug(base::lcSip) << "dropped: a response that is not for us, from"
                             << from.remote.toString();
        return;
    }
    m_receiver->onResponse(std::move(response), from);
}

} // namespace hs::sip
