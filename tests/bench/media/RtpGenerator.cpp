#include "RtpGenerator.h"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hs::bench {

namespace {

constexpr std::int64_t frameNs = 20'000'000;

std::int64_t nowNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
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

void writeAll(int to, const void* from, std::size_t size)
{
    require(::write(to, from, size) == static_cast<ssize_t>(size), "pipe");
}

// -1 if another program has the port.
int bound(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    require(socket >= 0, "socket");
    const sockaddr_in address = loopback(port);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

std::uint16_t portOf(int socket)
{
    sockaddr_in address{};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.sin_port);
}

// The far end of one call.
struct Far {
    int socket = -1;
    bool speaking = false;
    std::array<std::uint8_t, 172> packet{};
    FrameNumber next;

    void prepare(std::uint32_t number)
    {
        next.call = number;
        packet[0] = 0x80;
        packet[1] = 8;
        const std::uint32_t ssrc = htonl(number + 1);
        std::memcpy(&packet[8], &ssrc, 4);
    }
    void connect(std::uint16_t port)
    {
        const sockaddr_in remote = loopback(port);
        require(::connect(socket, reinterpret_cast<const sockaddr*>(&remote), sizeof remote) == 0,
                "connect");
        speaking = true;
    }
    void send()
    {
        const std::uint16_t sequence = htons(static_cast<std::uint16_t>(next.packet));
        const std::uint32_t timestamp = htonl(next.packet * 160);
        std::memcpy(&packet[2], &sequence, 2);
        std::memcpy(&packet[4], &timestamp, 4);
        const Frame frame = numberedFrame(next);
        std::memcpy(&packet[12], frame.data(), frame.size());
        ++next.packet;
        ::send(socket, packet.data(), packet.size(), MSG_DONTWAIT);
    }
};

} // namespace

struct RtpGenerator::Order {
    enum class Kind { Speak, Measure, Quiet, Finish } kind = Kind::Finish;
    std::uint32_t call = 0;
    std::uint16_t port = 0;
};

// What runs in the process.
class RtpGenerator::Process {
public:
    Process(const Options& options, const std::vector<int>& sockets, int orders)
        : m_far(static_cast<std::size_t>(options.calls))
        , m_meter(m_far.size(), options.voice)
        , m_orders(orders)
    {
        ::fcntl(m_orders, F_SETFL, O_NONBLOCK);
        for (std::size_t i = 0; i < m_far.size(); ++i) {
            m_far[i].socket = sockets[2 * i];
            m_far[i].prepare(options.firstNumber + static_cast<std::uint32_t>(i));
        }
    }

    void run()
    {
        pollfd first{m_orders, POLLIN, 0};
        ::poll(&first, 1, -1); // costs nothing until there is something to do
        const auto calls = static_cast<std::int64_t>(m_far.size());
        const std::int64_t begin = nowNs();
        for (std::int64_t step = 0; obey(); ++step) {
            for (std::int64_t i = 0; i < calls; ++i) {
                const std::int64_t due = begin + step * frameNs + i * frameNs / calls;
                sleepUntil(due);
                Far& far = m_far[static_cast<std::size_t>(i)];
                if (far.speaking) {
                    far.send();
                    m_meter.sent(nowNs() - due);
                }
                receive(static_cast<std::size_t>(i));
            }
        }
    }

    void tell(int to)
    {
        RtpReport report = m_meter.report();
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        report.cpuSeconds = double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
        writeAll(to, &report, sizeof report);
        for (const Far& far : m_far) {
            writeAll(to, &far.next.packet, sizeof far.next.packet);
        }
    }

private:
    // Sleeps of less than 1 ms would cost more than what is on time by them is worth.
    static void sleepUntil(std::int64_t due)
    {
        if (due - nowNs() > 1'000'000) {
            const timespec until{due / 1'000'000'000, due % 1'000'000'000};
            ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
        }
    }

    // False when it is to end.
    bool obey()
    {
        Order order;
        while (::read(m_orders, &order, sizeof order) == sizeof order) {
            switch (order.kind) {
            case Order::Kind::Speak:
                m_far[order.call].connect(order.port);
                break;
            case Order::Kind::Measure:
                m_meter.measure();
                break;
            case Order::Kind::Quiet:
                for (Far& far : m_far) {
                    far.speaking = false;
                }
                break;
            case Order::Kind::Finish:
                return false;
            }
        }
        return true;
    }

    void receive(std::size_t call)
    {
        std::array<std::uint8_t, 512> bytes;
        std::array<char, 128> control;
        for (;;) {
            iovec part{bytes.data(), bytes.size()};
            msghdr message{};
            message.msg_iov = &part;
            message.msg_iovlen = 1;
            message.msg_control = control.data();
            message.msg_controllen = control.size();
            const ssize_t size = ::recvmsg(m_far[call].socket, &message, MSG_DONTWAIT);
            if (size < 0) {
                return;
            }
            timespec stamp{};
            const cmsghdr* header = CMSG_FIRSTHDR(&message);
            if (header && header->cmsg_type == SO_TIMESTAMPNS) {
                std::memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
            }
            m_meter.take(call, std::span(bytes).first(static_cast<std::size_t>(size)),
                         stamp.tv_sec * 1'000'000'000LL + stamp.tv_nsec);
        }
    }

    std::vector<Far> m_far;
    RtpMeter m_meter;
    int m_orders;
};

RtpGenerator::RtpGenerator(const Options& options)
    : m_options(options)
{
    while (m_ports.size() < static_cast<std::size_t>(options.calls)) {
        const int rtp = bound(0);
        const std::uint16_t port = rtp < 0 ? std::uint16_t(0) : portOf(rtp);
        require(port != 0, "bind");
        const int rtcp = bound(static_cast<std::uint16_t>(port + 1));
        if (rtcp < 0) {
            ::close(rtp); // that port, being taken, does not come again and again
            continue;
        }
        const int on = 1;
        ::setsockopt(rtp, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
        m_sockets.insert(m_sockets.end(), {rtp, rtcp});
        m_ports.push_back(port);
    }
    require(::pipe2(m_orders, O_CLOEXEC) == 0 && ::pipe2(m_results, O_CLOEXEC) == 0, "pipe");
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
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::prctl(PR_SET_TIMERSLACK, 1000UL);
        Process process(m_options, m_sockets, m_orders[0]);
        process.run();
        process.tell(m_results[1]);
        std::_Exit(0);
    }
    for (const int socket : m_sockets) {
        ::close(socket);
    }
}

void RtpGenerator::order(const Order& order)
{
    writeAll(m_orders[1], &order, sizeof order);
}

void RtpGenerator::speak(int call, std::uint16_t remotePort)
{
    order({Order::Kind::Speak, static_cast<std::uint32_t>(call), remotePort});
}

void RtpGenerator::measure()
{
    order({Order::Kind::Measure});
}

void RtpGenerator::quiet()
{
    order({Order::Kind::Quiet});
}

RtpGenerator::Result RtpGenerator::finish()
{
    order({Order::Kind::Finish});
    Result result;
    readAll(m_results[0], &result.report, sizeof result.report);
    result.sentByCall.resize(m_ports.size());
    readAll(m_results[0], result.sentByCall.data(),
            result.sentByCall.size() * sizeof(std::uint32_t));
    ::waitpid(m_process, nullptr, 0);
    return result;
}

} // namespace hs::bench
