// StreamTransport's receiving side: who may connect, and what becomes of what comes.
#include "base/LogCategories.h"
#include "sip/transport/ConnectFailure.h"
#include "sip/transport/LoggedMessage.h"
#include "sip/transport/ReceivedVia.h"
#include "sip/transport/StreamLimits.h"
#include "sip/transport/StreamTransport.h"

#include <algorithm>

namespace hs::sip {

void StreamTransport::accept(TransportKind kind, qintptr descriptor)
{
    const std::uint64_t id = ++m_lastId;
    auto connection = std::make_unique<StreamConnection>(
        StreamConnection::Parts{*this, m_parts.scheduler, m_parts.random, m_settings.limits}, id,
        kind);
    // In the table first: it may close itself at once.
    StreamConnection& added = *m_connections.emplace(id, std::move(connection)).first->second;
    if (!added.take(descriptor,
                    kind == TransportKind::Tls ? m_tls.forServer() : QSslConfiguration())) {
        added.close(QStringLiteral("it was gone before it was accepted"));
        return;
    }
    if (added.isClosed()) {
        return;
    }
    if (!admits(added)) {
        added.close(QStringLiteral("there are too many connections"));
        return;
    }
    // Requests to where a plain connection comes from go back by it. With TLS nobody knows who is
    // there (RFC 5923 section 9.3): responses only.
    if (kind == TransportKind::Tcp) {
        m_ways.try_emplace(wayOf(added.hop()), id);
    }
}

bool StreamTransport::admits(const StreamConnection& added)
{
    const base::IpAddress source = added.hop().remote.address();
    const base::Subnet whole{source, source.family() == base::IpAddress::Family::V6 ? 64 : 32};
    std::size_t all = 0;
    std::size_t ofSource = 0;
    for (const auto& [id, each] : m_connections) {
        if (each->isInbound() && each.get() != &added) {
            ++all;
            ofSource += whole.contains(each->hop().remote.address()) ? 1U : 0U;
        }
    }
    if (ofSource < limits::inboundPerSource
        && (all < limits::inboundConnections || evictOne(added))) {
        return true;
    }
    if (const std::optional<int> leftOut = m_refusalLog.admit(source)) {
        qCWarning(base::lcSip).noquote()
            << "a SIP connection from" << source.toString() << "is refused:" << ofSource
            << "from there and" << all
            << "in all are open; refused since the last such line:" << *leftOut;
    }
    return false;
}

bool StreamTransport::evictOne(const StreamConnection& added)
{
    StreamConnection* quietest = nullptr;
    for (const auto& [id, each] : m_connections) {
        if (each->isInbound() && each.get() != &added && !each->isClosed()
            && (!quietest || each->lastHeard() < quietest->lastHeard())) {
            quietest = each.get();
        }
    }
    if (!quietest
        || m_parts.scheduler.clock().now() - quietest->lastHeard() < limits::evictableAfter) {
        return false;
    }
    quietest->close(QStringLiteral("others need its place"));
    return true;
}

void StreamTransport::onItem(StreamConnection& connection, StreamItem&& item)
{
    const Hop from = connection.hop();
    const QByteArrayView text = connection.text();
    if (const auto* unparsable = std::get_if<Unparsable>(&item)) {
        m_garbageLog.tell(from.remote, text, unparsable->why);
        tellUnreadable(from, unparsable->why);
        return;
    }
    if (auto* ending = std::get_if<StreamEnd>(&item)) {
        m_garbageLog.tell(from.remote, text, ending->why);
        tellUnreadable(from, ending->why);
        if (ending->request) {
            takeRequest(std::move(*ending->request), from);
        }
        return;
    }
    qCDebug(base::lcSip).noquote() << "received over" << nameOf(from.kind) << "from"
                                   << from.remote.toString() << loggedMessage(text);
    if (auto* request = std::get_if<ParsedRequest>(&item)) {
        if (request->defect) {
            m_garbageLog.tell(from.remote, text, request->defect->reason);
        }
        takeRequest(std::move(*request), from);
    } else if (auto* response = std::get_if<ParsedResponse>(&item)) {
        takeResponse(std::move(response->response), from);
    }
}

void StreamTransport::tellUnreadable(const Hop& from, const QByteArray& why)
{
    if (m_receiver) {
        m_receiver->onUnreadable(from.remote, why);
    }
}

void StreamTransport::takeRequest(ParsedRequest&& parsed, const Hop& from)
{
    if (m_receiver && noteSource(parsed.request, from.remote)) {
        m_receiver->onRequest(std::move(parsed), from);
    }
}

// RFC 3261 section 18.1.2: a response whose top Via we did not write is not for us. The port is not
// looked at: it is where we listen, and peers write there what they see.
void StreamTransport::takeResponse(Response&& response, const Hop& from)
{
    const std::optional<Via> top = response.topVia();
    const std::optional<base::IpAddress> host =
        top ? base::IpAddress::parse(top->host) : std::nullopt;
    const bool isOurs = host && (*host == from.local || *host == sentBy(from).address());
    if (!m_receiver || !isOurs || response.vias().size() != 1) {
        qCDebug(base::lcSip) << "dropped: a response that is not for us, from"
                             << from.remote.toString();
        return;
    }
    m_receiver->onResponse(std::move(response), from);
}

} // namespace hs::sip
