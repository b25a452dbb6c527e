#include "sip/transport/StreamTransport.h"

#include "base/LogCategories.h"
#include "base/LoopbackAddress.h"
#include "base/Text.h"
#include "sip/transport/ConnectFailure.h"
#include "sip/transport/LoggedMessage.h"
#include "sip/transport/StreamLimits.h"

#include <QNetworkInterface>

#include <algorithm>

namespace hs::sip {

namespace {
std::uint16_t defaultPort(TransportKind kind)
{
    return kind == TransportKind::Tls ? 5061 : 5060;
}

bool isSingleHost(const base::Endpoint& endpoint)
{
    return !endpoint.isNull() && !endpoint.address().isMulticastOrBroadcast()
        && !endpoint.address().isAny() && endpoint.port() != 0;
}
} // namespace

StreamTransport::StreamTransport(const Parts& parts, const Settings& settings,
                                 const TlsCredentials& tls)
    : m_parts(parts)
    , m_settings(settings)
    , m_tls(tls)
    , m_garbageLog(parts.scheduler.clock())
    , m_refusalLog(parts.scheduler.clock())
{
}

StreamTransport::~StreamTransport() = default;

base::Result<void> StreamTransport::listen(TransportKind kind, const base::Endpoint& local)
{
    auto listener = std::make_unique<StreamListener>(
        m_parts.scheduler, [this, kind](qintptr descriptor) { accept(kind, descriptor); });
    const base::Result<void> bound = listener->bind(local);
    if (bound) {
        m_listeners.emplace_back(kind, std::move(listener));
    }
    return bound;
}

std::uint16_t StreamTransport::listeningPort(TransportKind kind) const
{
    const auto it = std::find_if(m_listeners.begin(), m_listeners.end(),
                                 [kind](const auto& each) { return each.first == kind; });
    return it == m_listeners.end() ? 0 : it->second->local().port();
}

bool StreamTransport::supports(TransportKind kind, base::IpAddress::Family family) const
{
    const bool isEnabled = kind == TransportKind::Tls
        ? QSslSocket::supportsSsl()
        : kind == TransportKind::Tcp && m_settings.tcp;
    return isEnabled
        && (family == m_settings.local.family()
            || (m_settings.v6 && family == base::IpAddress::Family::V6));
}

StreamTransport::Way StreamTransport::wayOf(const Hop& hop)
{
    const bool isTls = hop.kind == TransportKind::Tls;
    return {hop.kind, hop.remote, isTls ? base::toLower(hop.domain) : QByteArray()};
}

StreamConnection* StreamTransport::find(const Hop& to) const
{
    const auto usable = [this](std::uint64_t id) -> StreamConnection* {
        const auto it = m_connections.find(id);
        return it == m_connections.end() || it->second->isClosed() ? nullptr : it->second.get();
    };
    if (to.connection != 0) {
        if (StreamConnection* connection = usable(to.connection)) {
            return connection;
        }
    }
    const auto way = m_ways.find(wayOf(to));
    return way == m_ways.end() ? nullptr : usable(way->second);
}

StreamConnection* StreamTransport::findOrOpen(const Hop& to, QString& why)
{
    if (StreamConnection* connection = find(to)) {
        return connection;
    }
    const auto outbound = std::count_if(m_connections.begin(), m_connections.end(),
                                        [](const auto& each) { return !each.second->isInbound(); });
    if (std::size_t(outbound) >= limits::outboundConnections) {
        why = connectFailure(to.remote, to.kind, QStringLiteral("too many connections are open"));
        return nullptr;
    }
    const std::uint64_t id = ++m_lastId;
    auto made = std::make_unique<StreamConnection>(
        StreamConnection::Parts{*this, m_parts.scheduler, m_parts.random, m_settings.limits}, id,
        to.kind);
    StreamConnection& connection = *made;
    m_connections.emplace(id, std::move(made));
    m_ways.insert_or_assign(wayOf(to), id);
    const bool isOurs = m_settings.local.family() == to.remote.address().family();
    const base::IpAddress from = isOurs && !m_settings.local.isAny() ? m_settings.local : to.local;
    connection.open(to, from,
                    to.kind == TransportKind::Tls ? m_tls.forClient() : QSslConfiguration());
    return &connection;
}

bool StreamTransport::send(const QByteArray& bytes, const Hop& to, Failed failed)
{
    if (!find(to)
        && (!supports(to.kind, to.remote.address().family()) || !isSingleHost(to.remote))) {
        qCDebug(base::lcSip) << "not sent: no way over" << nameOf(to.kind) << "to"
                             << to.remote.toString();
        return false;
    }
    qCDebug(base::lcSip).noquote()
        << "sent over" << nameOf(to.kind) << "to" << to.remote.toString() << loggedMessage(bytes);
    QString why;
    StreamConnection* connection = findOrOpen(to, why);
    if (connection && connection->write(bytes, failed)) {
        return true;
    }
    if (why.isEmpty()) {
        why = connection->isClosed()
            ? connection->why()
            : connectFailure(to.remote, to.kind, QStringLiteral("too much waits to be sent"));
    }
    if (failed) {
        later([failed = std::move(failed), why] { failed(why); });
    }
    return true;
}

bool StreamTransport::isOpen(const Hop& to) const
{
    const StreamConnection* connection = find(to);
    return connection && connection->isOpen();
}

void StreamTransport::prepare(const Hop& to, base::Duration within, std::function<void(bool)> ready)
{
    QString why;
    const bool isPossible =
        supports(to.kind, to.remote.address().family()) && isSingleHost(to.remote);
    StreamConnection* connection = isPossible ? findOrOpen(to, why) : nullptr;
    if (!connection || connection->isClosed() || connection->isOpen()) {
        const bool isThere = connection && connection->isOpen();
        later([ready = std::move(ready), isThere] { ready(isThere); });
        return;
    }
    const std::uint64_t id = ++m_lastId;
    Waiting& waiting = m_waiting[id];
    waiting.connection = connection->id();
    waiting.ready = std::move(ready);
    waiting.deadline = m_parts.scheduler.after(within, [this, id] {
        if (auto node = m_waiting.extract(id)) {
            node.mapped().ready(false);
        }
    });
}

void StreamTransport::keep(const Hop& to)
{
    ++m_kept[wayOf(to)];
}

void StreamTransport::letGo(const Hop& to)
{
    if (const auto it = m_kept.find(wayOf(to)); it != m_kept.end() && --it->second == 0) {
        m_kept.erase(it);
    }
}

// TCP would try for minutes to reach the far end from an address that nothing comes back to.
void StreamTransport::onNetworkChanged()
{
    const QList<QHostAddress> ours = QNetworkInterface::allAddresses();
    std::vector<StreamConnection*> lost; // each leaves the map as it is closed
    for (const auto& [id, connection] : m_connections) {
        const base::IpAddress local = connection->hop().local;
        const bool isThere = local.isNull() || local.isLoopback()
            || std::any_of(ours.begin(), ours.end(), [&local](const QHostAddress& each) {
                                 return base::IpAddress::fromQt(each) == local;
                             });
        if (!isThere && !connection->isClosed()) {
            lost.push_back(connection.get());
        }
    }
    for (StreamConnection* connection : lost) {
        connection->close(QStringLiteral("our address %1 is no more")
                              .arg(QString::fromLatin1(connection->hop().local.toString())));
    }
}

bool StreamTransport::isKept(const StreamConnection& connection) const
{
    return m_kept.contains(wayOf(connection.hop()));
}

QByteArray StreamTransport::viaName(const Hop& hop) const
{
    return QByteArray(nameOf(hop.kind).data());
}

// Via and Contact have the port where we listen, not the one that a connection happens to be from.
base::Endpoint StreamTransport::sentBy(const Hop& hop) const
{
    const std::uint16_t listening = listeningPort(hop.kind);
    const std::uint16_t port = listening != 0 ? listening : m_settings.contactPort;
    if (!m_settings.local.isAny()) {
        return {m_settings.local, port};
    }
    const base::IpAddress local =
        hop.local.isNull() ? m_parts.routes.localAddressFor(hop.remote.address()) : hop.local;
    return {local.isNull() ? base::loopbackOf(m_settings.local.family()) : local, port};
}

Hop StreamTransport::responseHop(const Via& top, const Hop& requestCameFrom) const
{
    // By the same connection; if it has gone, a new one to the address that it came from, at the
    // port of the sent-by.
    Hop hop = requestCameFrom;
    hop.remote = base::Endpoint(requestCameFrom.remote.address(),
                                top.port != 0 ? top.port : defaultPort(requestCameFrom.kind));
    if (hop.kind == TransportKind::Tls && hop.domain.isEmpty()
        && !base::IpAddress::parse(top.host)) {
        hop.domain = top.host;
    }
    return hop;
}

void StreamTransport::later(std::function<void()> run)
{
    QMetaObject::invokeMethod(this, std::move(run), Qt::QueuedConnection);
}

void StreamTransport::tellWaiting(std::uint64_t connection, bool isOpen)
{
    std::vector<std::function<void(bool)>> readies;
    for (auto it = m_waiting.begin(); it != m_waiting.end();) {
        if (it->second.connection == connection) {
            readies.push_back(std::move(it->second.ready));
            it = m_waiting.erase(it);
        } else {
            ++it;
        }
    }
    for (auto& ready : readies) {
        later([ready = std::move(ready), isOpen] { ready(isOpen); });
    }
}

void StreamTransport::onOpen(StreamConnection& connection)
{
    tellWaiting(connection.id(), true);
}

void StreamTransport::onClosed(StreamConnection& connection, StreamConnection::Failures&& failures)
{
    const auto it = m_connections.find(connection.id());
    if (it == m_connections.end()) {
        return; // never came to life
    }
    const Hop hop = connection.hop();
    const QString why = connection.why();
    const bool wasOpen = connection.wasOpen();
    std::erase_if(m_ways, [&](const auto& way) { return way.second == hop.connection; });
    it->second.release()->deleteLater(); // it is what calls this
    m_connections.erase(it);
    // A peer may have us connect in vain as often as it likes (section 18.2.2): a line a second.
    if (!connection.isInbound() && !wasOpen && m_refusalLog.admit(hop.remote.address())) {
        qCWarning(base::lcSip).noquote() << why;
    } else {
        qCDebug(base::lcSip).noquote()
            << nameOf(hop.kind) << "connection of" << hop.remote.toString() << "is closed:" << why;
    }
    tellWaiting(hop.connection, false);
    later([this, hop, why, wasOpen, failures = std::move(failures)] {
        for (const Failed& failed : failures) {
            failed(why);
        }
        if (m_receiver && wasOpen) {
            m_receiver->onConnectionClosed(hop, why);
        }
    });
}

} // namespace hs::sip
