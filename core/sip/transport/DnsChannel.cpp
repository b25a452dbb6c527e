#include "sip/transport/DnsChannel.h"

#include "base/LogCategories.h"

#include <QFileInfo>
#include <QSocketNotifier>
#include <QStringList>

#include <ares.h>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <vector>

namespace hs::sip {

namespace {
constexpr int internetClass = 1;

QDateTime systemConfigurationTime()
{
    return QFileInfo(QStringLiteral("/etc/resolv.conf")).lastModified();
}

DnsChannel::Outcome outcomeOf(int status, bool hasMessage)
{
    switch (status) {
    case ARES_SUCCESS:
        return hasMessage ? DnsChannel::Outcome::Answer : DnsChannel::Outcome::Broken;
    case ARES_ENODATA:
        return hasMessage ? DnsChannel::Outcome::Answer : DnsChannel::Outcome::NoData;
    case ARES_ENOTFOUND:
        return hasMessage ? DnsChannel::Outcome::Answer : DnsChannel::Outcome::NoSuchName;
    case ARES_ESERVFAIL:
    case ARES_EREFUSED:
    case ARES_ENOTIMP:
    case ARES_EFORMERR:
        return DnsChannel::Outcome::Refused;
    case ARES_ECONNREFUSED:
        return DnsChannel::Outcome::Unreachable;
    case ARES_ETIMEOUT:
        return DnsChannel::Outcome::Silence;
    default:
        return DnsChannel::Outcome::Broken;
    }
}
} // namespace

DnsChannel::DnsChannel(const DnsSettings& settings)
    : m_settings(settings)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { process(ARES_SOCKET_BAD, ARES_SOCKET_BAD); });
}

DnsChannel::~DnsChannel()
{
    m_closing = true;
    if (m_channel) {
        ares_destroy(m_channel); // ends all queries, and says so to finish()
    }
}

bool DnsChannel::open()
{
    if (m_channel) {
        return true;
    }
    ares_options options{};
    int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    options.timeout = static_cast<int>(m_settings.tryTimeout.count());
    options.tries = m_settings.tries;
    options.sock_state_cb = &DnsChannel::onSocket;
    options.sock_state_cb_data = this;
    if (!m_settings.servers.isEmpty()) {
        mask |= ARES_OPT_DOMAINS; // none: the system's search list is not for servers of choice
    }
    m_openedWith = systemConfigurationTime();
    const int status = ares_init_options(&m_channel, &options, mask);
    if (status != ARES_SUCCESS) {
        qCWarning(base::lcSip) << "no DNS:" << ares_strerror(status);
        m_channel = nullptr;
        return false;
    }
    return m_settings.servers.isEmpty() || setServers();
}

bool DnsChannel::setServers()
{
    std::vector<ares_addr_port_node> nodes(static_cast<std::size_t>(m_settings.servers.size()));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const base::Endpoint& server = m_settings.servers.at(static_cast<qsizetype>(i));
        ares_addr_port_node& node = nodes[i];
        node.next = i + 1 < nodes.size() ? &nodes[i + 1] : nullptr;
        node.udp_port = node.tcp_port = server.port() != 0 ? server.port() : 53;
        if (server.address().family() == base::IpAddress::Family::V4) {
            node.family = AF_INET;
            node.addr.addr4.s_addr = htonl(server.address().toV4());
        } else {
            node.family = AF_INET6;
            const Q_IPV6ADDR address = server.address().toQt().toIPv6Address();
            std::memcpy(&node.addr.addr6, &address, sizeof address);
        }
    }
    return ares_set_servers_ports(m_channel, nodes.data()) == ARES_SUCCESS;
}

QString DnsChannel::servers() const
{
    ares_addr_port_node* nodes = nullptr;
    if (!m_channel || ares_get_servers_ports(m_channel, &nodes) != ARES_SUCCESS) {
        return {};
    }
    QStringList result;
    for (const ares_addr_port_node* node = nodes; node; node = node->next) {
        char text[INET6_ADDRSTRLEN] = {};
        inet_ntop(node->family, &node->addr, text, sizeof text);
        const auto port = static_cast<std::uint16_t>(node->udp_port != 0 ? node->udp_port : 53);
        const auto address = base::IpAddress::parse(text);
        result.append(QString::fromLatin1(
            base::Endpoint(address.value_or(base::IpAddress()), port).toString()));
    }
    ares_free_data(nodes);
    return result.join(QStringLiteral(", "));
}

bool DnsChannel::isStale() const
{
    return m_channel && m_settings.servers.isEmpty() && m_openedWith != systemConfigurationTime();
}

void DnsChannel::ask(const DnsQuestion& question, bool search, Done done)
{
    if (!open()) {
        done({});
        return;
    }
    auto query = std::make_unique<Query>(Query{this, std::move(done)});
    Query* const raw = query.get();
    m_queries.emplace(raw, std::move(query));
    const auto ask = search ? ares_search : ares_query;
    ask(m_channel, question.name.constData(), internetClass, static_cast<int>(question.type),
        &DnsChannel::onAnswer, raw);
    arm();
}

void DnsChannel::onAnswer(void* query, int status, int, unsigned char* bytes, int size)
{
    auto* const raw = static_cast<Query*>(query);
    raw->channel->finish(raw, status, bytes, size);
}

void DnsChannel::finish(Query* query, int status, const unsigned char* bytes, int size)
{
    const auto node = m_queries.extract(query);
    if (m_closing || node.empty()) {
        return;
    }
    const bool hasMessage = bytes && size > 0;
    Reply reply{outcomeOf(status, hasMessage)};
    if (hasMessage) {
        reply.bytes = QByteArray(reinterpret_cast<const char*>(bytes), size);
    }
    node.mapped()->done(reply);
}

void DnsChannel::onSocket(void* channel, int descriptor, int readable, int writable)
{
    static_cast<DnsChannel*>(channel)->watch(descriptor, readable != 0, writable != 0);
}

std::unique_ptr<QSocketNotifier> DnsChannel::notifier(int descriptor, bool reads)
{
    auto result = std::make_unique<QSocketNotifier>(
        descriptor, reads ? QSocketNotifier::Read : QSocketNotifier::Write);
    connect(result.get(), &QSocketNotifier::activated, this, [this, descriptor, reads] {
        process(reads ? descriptor : ARES_SOCKET_BAD, reads ? ARES_SOCKET_BAD : descriptor);
    });
    return result;
}

void DnsChannel::watch(int descriptor, bool readable, bool writable)
{
    // Called from within process() for the very notifier that is speaking: it is switched off now,
    // before the descriptor is closed and used again, and deleted when it has finished.
    const auto set = [&](std::unique_ptr<QSocketNotifier>& current, bool wanted, bool reads) {
        if (wanted && !current) {
            current = notifier(descriptor, reads);
        } else if (!wanted && current) {
            current->setEnabled(false);
            current->setParent(this); // who may be gone before the event loop runs again
            current.release()->deleteLater();
        }
    };
    Watch& watch = m_watches[descriptor];
    set(watch.readable, readable, true);
    set(watch.writable, writable, false);
    if (!readable && !writable) {
        m_watches.erase(descriptor);
    }
}

void DnsChannel::process(int readable, int writable)
{
    ares_process_fd(m_channel, readable, writable);
    arm();
}

void DnsChannel::arm()
{
    timeval wait{};
    if (!ares_timeout(m_channel, nullptr, &wait)) {
        m_timer.stop();
        return;
    }
    // A millisecond more: c-ares does nothing if it is asked too early.
    m_timer.start(static_cast<int>(wait.tv_sec * 1000 + wait.tv_usec / 1000 + 1));
}

} // namespace hs::sip
