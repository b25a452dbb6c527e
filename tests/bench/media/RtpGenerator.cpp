#include "RtpGenerator.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hs::bench {

namespace {

constexpr std::int64_t frameNs = 20'000'000;
constexpr std::int64_t warmUpNs = 1'000'000'000;

std::int64_t nowNs(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void require(bool holds, const char* what)
{
    if (!holds) {
        std::perror(what);
        std::_Exit(1);
    }
}

void readAll(int from, void* to, std::size_t size)
{
    auto* bytes = static_cast<char*>(to);
    while (size > 0) {
        const ssize_t got = ::read(from, bytes, size);
        require(got > 0, "pipe");
        bytes += got;
        size -= static_cast<std::size_t>(got);
    }
}

// One far end.
struct Far {
    int socket = -1;
    std::array<unsigned char, 172> packet{};
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    bool heardAny = false;
    std::uint16_t lastHeard = 0;
    std::int64_t lastAt = 0;

    void prepare(std::uint32_t ssrc)
    {
        packet[0] = 0x80;
        packet[1] = 8;
        std::memcpy(&packet[8], &ssrc, 4);
        for (std::size_t i = 12; i < packet.size(); ++i) {
            packet[i] = static_cast<unsigned char>(i * 37 + ssrc);
        }
    }
    void send()
    {
        const std::uint16_t seq = htons(sequence++);
        const std::uint32_t stamp = htonl(timestamp);
        timestamp += 160;
        std::memcpy(&packet[2], &seq, 2);
        std::memcpy(&packet[4], &stamp, 4);
        ::send(socket, packet.data(), packet.size(), MSG_DONTWAIT);
    }
};

class Meter {
public:
    void read(Far& far, std::int64_t measureFrom)
    {
        std::array<unsigned char, 256> bytes{};
        std::array<char, 128> control{};
        for (;;) {
            iovec part{bytes.data(), bytes.size()};
            msghdr message{};
            message.msg_iov = &part;
            message.msg_iovlen = 1;
            message.msg_control = control.data();
            message.msg_controllen = control.size();
            if (::recvmsg(far.socket, &message, MSG_DONTWAIT) < 12) {
                return;
            }
            timespec stamp{};
            const cmsghdr* header = CMSG_FIRSTHDR(&message);
            if (header && header->cmsg_type == SO_TIMESTAMPNS) {
                std::memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
            }
            std::uint16_t sequence = 0;
            std::memcpy(&sequence, &bytes[2], 2);
            take(far, ntohs(sequence), stamp.tv_sec * 1'000'000'000LL + stamp.tv_nsec, measureFrom);
        }
    }
    GeneratorResult result()
    {
        std::sort(m_errors.begin(), m_errors.end());
        const auto quantile = [this](double q) {
            const auto index = static_cast<std::size_t>(q * double(m_errors.size() - 1));
            return m_errors.empty() ? 0.0 : double(m_errors[index]) / 1000;
        };
        m_result.gaps = m_errors.size();
        m_result.p50Us = quantile(0.5);
        m_result.p99Us = quantile(0.99);
        m_result.p999Us = quantile(0.999);
        m_result.maxUs = quantile(1);
        return m_result;
    }
    void sent() { ++m_result.sent; }

private:
    void take(Far& far, std::uint16_t sequence, std::int64_t at, std::int64_t measureFrom)
    {
        ++m_result.received;
        const auto step = static_cast<std::uint16_t>(sequence - far.lastHeard);
        if (far.heardAny) {
            m_result.lost += step - 1U;
            if (step == 1 && at >= measureFrom) {
                m_errors.push_back(std::abs(at - far.lastAt - frameNs));
            }
        }
        far.heardAny = true;
        far.lastHeard = sequence;
        far.lastAt = at;
    }

    GeneratorResult m_result;
    std::vector<std::int64_t> m_errors;
};

} // namespace

RtpGenerator::RtpGenerator(int calls)
{
    for (int i = 0; i < calls; ++i) {
        const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        require(socket >= 0, "socket");
        sockaddr_in address = loopback(0);
        require(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "bind");
        socklen_t length = sizeof address;
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
        const int on = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
        m_sockets.push_back(socket);
        m_ports.push_back(ntohs(address.sin_port));
    }
    require(::pipe(m_orders) == 0 && ::pipe(m_results) == 0, "pipe");
}

RtpGenerator::~RtpGenerator()
{
    for (const int descriptor : {m_orders[0], m_orders[1], m_results[0], m_results[1]}) {
        ::close(descriptor);
    }
}

void RtpGenerator::fork()
{
    m_process = ::fork();
    require(m_process >= 0, "fork");
    if (m_process == 0) {
        run();
    }
    for (const int socket : m_sockets) {
        ::close(socket);
    }
}

void RtpGenerator::begin(const std::vector<std::uint16_t>& remotePorts, int seconds)
{
    require(::write(m_orders[1], &seconds, sizeof seconds) == sizeof seconds, "pipe");
    const std::size_t bytes = remotePorts.size() * sizeof(std::uint16_t);
    require(::write(m_orders[1], remotePorts.data(), bytes) == static_cast<ssize_t>(bytes), "pipe");
}

bool RtpGenerator::isFinished() const
{
    pollfd result{m_results[0], POLLIN, 0};
    return ::poll(&result, 1, 0) == 1;
}

GeneratorResult RtpGenerator::result()
{
    GeneratorResult result;
    readAll(m_results[0], &result, sizeof result);
    ::waitpid(m_process, nullptr, 0);
    return result;
}

void RtpGenerator::run()
{
    int seconds = 0;
    readAll(m_orders[0], &seconds, sizeof seconds);
    std::vector<Far> all(m_sockets.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::uint16_t port = 0;
        readAll(m_orders[0], &port, sizeof port);
        const sockaddr_in remote = loopback(port);
        all[i].socket = m_sockets[i];
        all[i].prepare(static_cast<std::uint32_t>(i + 1));
        require(::connect(all[i].socket, reinterpret_cast<const sockaddr*>(&remote), sizeof remote)
                    == 0,
                "connect");
    }
    Meter meter;
    const std::int64_t begin = nowNs(CLOCK_MONOTONIC);
    const std::int64_t measureFrom = nowNs(CLOCK_REALTIME) + warmUpNs;
    // The calls are spread evenly over the 20 ms, as those of unrelated callers are.
    const std::int64_t total =
        seconds * (1'000'000'000LL / frameNs) * static_cast<std::int64_t>(all.size());
    for (std::int64_t i = 0; i < total; ++i) {
        const std::int64_t due = begin + i * frameNs / static_cast<std::int64_t>(all.size());
        if (due - nowNs(CLOCK_MONOTONIC) > 1'000'000) {
            const timespec until{due / 1'000'000'000, due % 1'000'000'000};
            ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
        }
        Far& far = all[static_cast<std::size_t>(i) % all.size()];
        far.send();
        meter.sent();
        meter.read(far, measureFrom);
    }
    GeneratorResult result = meter.result();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    result.cpuSeconds = double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    require(::write(m_results[1], &result, sizeof result) == sizeof result, "pipe");
    std::_Exit(0);
}

} // namespace hs::bench
