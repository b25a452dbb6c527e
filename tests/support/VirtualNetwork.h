// VirtualNetwork: a SocketFactory whose datagrams travel on a manual clock. Every address is local
// to it: a test binds both ends. A socket on 0.0.0.0 or :: gets what is sent to any address of its
// family that has no socket of its own on that port. Datagrams keep their order unless a path says
// otherwise, and arrive when the scheduler runs, with no delay at its next run. Impairments come
// from a seed, the same ones each time. The network outlives its sockets. Thread: one.
#pragma once

#include "base/DatagramSocket.h"
#include "base/Random.h"
#include "support/ManualScheduler.h"

#include <QByteArray>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace hs::test {

// What happens to datagrams to an address. Chances are of 1000.
struct NetworkPath {
    base::Duration delay{0};
    base::Duration jitter{0}; // up to so much more, in order
    unsigned lossPermille = 0;
    unsigned duplicatePermille = 0; // the second one right behind the first
    unsigned reorderPermille = 0; // so many are held back by reorderDelay, others overtake them
    base::Duration reorderDelay = std::chrono::milliseconds(30);
};

struct VirtualDatagram {
    base::Endpoint source;
    base::Endpoint destination;
    QByteArray bytes;
};

class VirtualNetwork final : public base::SocketFactory {
public:
    explicit VirtualNetwork(ManualScheduler& scheduler, std::uint64_t seed = 1);
    ~VirtualNetwork() override;

    base::Result<std::unique_ptr<base::NotifyingDatagramSocket>>
    bindNotifying(const base::Endpoint& local) override;
    base::Result<std::unique_ptr<base::DatagramSocket>>
    bindPolled(const base::Endpoint& local) override;
    // Loopback for a loopback address, else what setOwnAddress() was told; null without a route.
    base::IpAddress localAddressFor(const base::IpAddress& remote) override;

    // From which address a socket on 0.0.0.0 or :: sends. 192.0.2.1 and 2001:db8::1 at the start.
    void setOwnAddress(const base::IpAddress& address);
    void setRoute(const base::IpAddress& remote, bool exists);
    void setDefaultPath(const NetworkPath& path) { m_defaultPath = path; }
    void setPath(const base::IpAddress& destination, const NetworkPath& path);
    // A NAT, a firewall: may rewrite either address, and returns false to drop the datagram.
    void setRewrite(std::function<bool(VirtualDatagram&)> rewrite) { m_rewrite = rewrite; }
    // Sees every datagram as it is sent, before rewriting and impairments.
    void setTrace(std::function<void(const VirtualDatagram&)> trace) { m_trace = trace; }

    // Sees every datagram as it arrives, whether a socket is there or not.
    void setArrivalTrace(std::function<void(const VirtualDatagram&)> trace) { m_arrivals = trace; }
    // Says of a datagram when it arrives, each time it does; nullopt: as its path has it.
    using Carrier =
        std::function<std::optional<std::vector<base::TimePoint>>(const VirtualDatagram&)>;
    void setCarrier(Carrier carrier) { m_carrier = std::move(carrier); }

    // What arrives where no socket is comes back to who sent it as a report (ICMP).
    void setReportsUndelivered(bool reports) { m_reportsUndelivered = reports; }
    // Sends from an address without a socket: a stranger, a spoofed source.
    void inject(const VirtualDatagram& datagram) { transmit(datagram); }
    std::size_t inFlight() const { return m_inFlight.size(); }

private:
    friend class VirtualSocket;
    struct Flight {
        VirtualDatagram datagram;
        base::Timer arrival;
    };

    base::Result<std::unique_ptr<class VirtualSocket>> bind(const base::Endpoint& local);
    void unbind(const base::Endpoint& local) { m_sockets.erase(local); }
    VirtualSocket* socketFor(const base::Endpoint& destination);
    base::IpAddress sourceFor(const base::Endpoint& local, const base::OutgoingDatagram& datagram);
    void transmit(VirtualDatagram datagram);
    void launch(const VirtualDatagram& datagram, base::TimePoint arrival);
    void arrive(std::uint64_t id);
    bool happens(unsigned permille) { return permille > 0 && m_random.below(1000) < permille; }

    ManualScheduler& m_scheduler;
    base::Random m_random;
    std::map<base::Endpoint, VirtualSocket*> m_sockets;
    std::map<base::IpAddress, NetworkPath> m_paths;
    std::map<base::IpAddress, bool> m_routes;
    std::map<std::pair<base::Endpoint, base::Endpoint>, base::TimePoint> m_lastArrivals;
    std::map<std::uint64_t, Flight> m_inFlight;
    NetworkPath m_defaultPath;
    base::IpAddress m_ownV4;
    base::IpAddress m_ownV6;
    std::function<bool(VirtualDatagram&)> m_rewrite;
    std::function<void(const VirtualDatagram&)> m_trace;
    std::function<void(const VirtualDatagram&)> m_arrivals;
    Carrier m_carrier;
    bool m_reportsUndelivered = false;
    std::uint64_t m_nextId = 0;
    std::uint16_t m_nextEphemeral = 49152;
};

} // namespace hs::test
