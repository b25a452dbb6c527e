// UdpProxy: a bad network between two RTP ends, as real sockets: a pair of ports (RTP, RTCP) faces
// each of them, and what comes to the one goes on, impaired, from the other. Each end is told that
// port as the other's. With a NAT the far end is inside: the near one sees it send from ports that
// the NAT gives it, and what is sent to the near port goes nowhere. Thread: the scheduler's.
#pragma once

#include "base/DatagramSocket.h"
#include "base/Scheduler.h"
#include "support/impairment/ImpairedLine.h"
#include "support/impairment/NatBox.h"

#include <map>

namespace hs::test {

class UdpProxy {
public:
    struct Options {
        base::IpAddress host = base::IpAddress::loopbackV4();
        Impairments toNear;
        Impairments toFar;
        std::optional<NatRules> nat;
        bool carriesRtcp = true;
        std::uint64_t seed = 1;
    };
    // The error says what could not be bound.
    static base::Result<std::unique_ptr<UdpProxy>>
    make(base::SocketFactory& sockets, base::Scheduler& scheduler, const Options& options);
    ~UdpProxy();
    UdpProxy(const UdpProxy&) = delete;
    UdpProxy& operator=(const UdpProxy&) = delete;

    // RTP; RTCP is the next port, always.
    base::Endpoint nearPort() const { return m_near[0]->localEndpoint(); }
    base::Endpoint farPort() const { return m_far[0]->localEndpoint(); }
    // Where the ends are; nothing goes to one that is not known.
    void setNear(const base::Endpoint& rtp) { m_nearEnd = rtp; }
    void setFar(const base::Endpoint& rtp) { m_farEnd = rtp; }

    const base::Endpoint& nearEnd() const { return m_nearEnd; }
    const base::Endpoint& farEnd() const { return m_farEnd; }

    ImpairedLine& toNear() { return m_toNear; }
    ImpairedLine& toFar() { return m_toFar; }
    NatBox* nat() { return m_nat ? &*m_nat : nullptr; }

private:
    using Socket = std::shared_ptr<base::NotifyingDatagramSocket>;
    using Pair = std::array<Socket, 2>; // RTP, RTCP
    using Receive = std::function<void(const base::Endpoint&, std::span<const std::byte>)>;

    UdpProxy(base::SocketFactory& sockets, base::Scheduler& scheduler, const Options& options);
    base::Result<void> bind(Pair& pair);
    base::Endpoint open();
    void read(const Socket& socket, const Receive& receive);
    void carry(ImpairedLine& line, const Socket& from, const base::Endpoint& to,
               std::span<const std::byte> bytes);
    void fromFar(std::size_t which, const base::Endpoint& source, std::span<const std::byte> bytes);
    void fromNear(std::size_t which, std::span<const std::byte> bytes);
    void fromOutside(const base::Endpoint& outside, const base::Endpoint& source,
                     std::span<const std::byte> bytes);
    std::size_t whichOf(const base::Endpoint& inside) const;

    base::SocketFactory& m_sockets;
    base::Scheduler& m_scheduler;
    Options m_options;
    ImpairedLine m_toNear;
    ImpairedLine m_toFar;
    std::optional<NatBox> m_nat;
    Pair m_near;
    Pair m_far;
    std::map<base::Endpoint, Socket> m_outside;
    base::Endpoint m_nearEnd;
    base::Endpoint m_farEnd;
    std::map<base::Endpoint, std::size_t> m_insides; // RTP or RTCP
    std::map<std::uint64_t, base::Timer> m_flights;
    std::uint64_t m_nextFlight = 0;
};

} // namespace hs::test
