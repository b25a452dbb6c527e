#include "engine/PublicAddress.h"

#include "base/LogCategories.h"

namespace hs::engine {

namespace {
constexpr base::Duration interval = std::chrono::seconds(25); // below a NAT's 30 s
constexpr std::uint16_t defaultPort = 3478;
} // namespace

PublicAddress::PublicAddress(sip::UdpTransport& socket, sip::UaCore& core,
                             const base::HostPort& server, std::function<void()> changed)
    : m_socket(socket)
    , m_core(core)
    , m_server(server)
    , m_changed(std::move(changed))
{
    m_socket.setStunReceiver(
        [this](std::span<const std::byte> datagram, const base::Endpoint& from) {
            if (m_transaction) {
                m_transaction->receive(datagram, from);
            }
        });
    ask();
}

PublicAddress::~PublicAddress()
{
    m_socket.setStunReceiver({});
}

void PublicAddress::networkChanged()
{
    m_isOfFormerNetwork = true;
    m_transaction.reset();
    m_next.cancel();
    ask();
}

void PublicAddress::ask()
{
    sip::Uri uri; // with a port only addresses are looked for, not the servers of a SIP domain
    uri.scheme = "sip";
    uri.host = m_server.host;
    uri.port = m_server.port != 0 ? m_server.port : defaultPort;
    m_core.resolver.resolve(
        uri, [this, weak = std::weak_ptr(m_alive)](const base::Result<sip::Resolver::Hops>& hops) {
            if (weak.expired()) {
                return;
            }
            if (!hops) {
                answered(hops.error());
                return;
            }
            const auto family = m_socket.localEndpoint().address().family();
            for (const sip::Hop& hop : *hops) {
                if (hop.remote.address().family() == family) {
                    ask(hop.remote);
                    return;
                }
            }
            answered(base::Error{QStringLiteral("it has no address of our family")});
        });
}

void PublicAddress::ask(const base::Endpoint& server)
{
    m_transaction = std::make_unique<base::StunTransaction>(
        m_core.scheduler, m_core.random, server,
        [this](const QByteArray& request, const base::Endpoint& to) {
            return m_socket.sendStun(request, to);
        },
        [this](const base::Result<base::Endpoint>& mapped) { answered(mapped); });
    m_transaction->start();
}

void PublicAddress::answered(const base::Result<base::Endpoint>& mapped)
{
    if (!mapped) {
        if (!std::exchange(m_failed, true)) {
            qCWarning(base::lcEngine).noquote()
                << QStringLiteral("stun_server %1: %2; our public address is not known")
                       .arg(QString::fromUtf8(m_server.toString()), mapped.error().text);
        }
        if (std::exchange(m_isOfFormerNetwork, false) && m_core.nat.setMapped({})) {
            m_changed();
        }
    } else {
        m_failed = false;
        m_isOfFormerNetwork = false;
        if (m_core.nat.setMapped(*mapped)) {
            qCInfo(base::lcEngine).noquote()
                << "our public address is" << mapped->toString() << "says the STUN server";
            m_changed();
        }
    }
    m_next = m_core.scheduler.after(interval, [this] { ask(); });
}

} // namespace hs::engine
