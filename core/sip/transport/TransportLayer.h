// TransportLayer: all that moves SIP messages (RFC 3261 section 18): UDP sockets of both families,
// TCP and TLS, each hop over what it says. Thread: the event loop's.
#pragma once

#include "sip/transport/StreamTransport.h"
#include "sip/transport/UdpTransport.h"

namespace hs::sip {

// What can't be had at the start. Of a port `why` is the system's sentence ("TCP 192.0.2.1:5061:
// Address in use"), of a certificate one that names file and key.
struct TransportFailure {
    enum class What { Port, Certificate };
    What what = What::Port;
    TransportKind kind = TransportKind::Udp;
    base::Endpoint local{};
    QString why{};
};

class TransportLayer final : public Transport {
public:
    struct Settings {
        base::Endpoint local; // 0.0.0.0: all addresses, those of IPv6 too; port 0: any free one
        bool tcp = true; // on the same port
        std::optional<std::uint16_t> tlsPort{};
        QString tlsCertificate{};
        QString tlsKey{};
        QString tlsAuthorities{};
        ParserLimits limits{};
    };
    using Opened = base::Result<std::unique_ptr<TransportLayer>, TransportFailure>;
    struct Parts {
        base::SocketFactory& sockets;
        base::Scheduler& scheduler;
        base::Random& random;
    };

    static Opened open(const Parts& parts, const Settings& settings);

    void setReceiver(TransportReceiver* receiver);
    base::Endpoint localEndpoint() const { return m_udp->localEndpoint(); } // of UDP and TCP
    UdpTransport& udp() { return *m_udp; }
    const StreamTransport& streams() const { return *m_streams; }

    bool send(const QByteArray& bytes, const Hop& to, Failed failed) override;
    bool supports(TransportKind kind, base::IpAddress::Family family) const override;
    bool isOpen(const Hop& to) const override;
    void prepare(const Hop& to, base::Duration within, std::function<void(bool)> ready) override;
    void keep(const Hop& to) override;
    void letGo(const Hop& to) override;
    void onNetworkChanged() override { m_streams->onNetworkChanged(); }
    QByteArray viaName(const Hop& hop) const override;
    base::Endpoint sentBy(const Hop& hop) const override;
    Hop responseHop(const Via& top, const Hop& requestCameFrom) const override;

private:
    TransportLayer() = default;
    std::optional<TransportFailure> bindAll(const Parts& parts, const Settings& settings,
                                            const TlsCredentials& tls);
    std::optional<TransportFailure> listen(TransportKind kind, const base::Endpoint& local);
    const Transport& of(const Hop& hop) const;
    Transport& of(const Hop& hop) { return const_cast<Transport&>(std::as_const(*this).of(hop)); }

    std::unique_ptr<UdpTransport> m_udp;
    std::unique_ptr<UdpTransport> m_udp6; // beside IPv4
    std::unique_ptr<StreamTransport> m_streams;
};

} // namespace hs::sip
