#include "LoopbackYardstick.h"

#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace hs::bench {

namespace {

constexpr std::int64_t tickNs = 5'000'000;
constexpr std::size_t phases = 4; // ticks in 20 ms, each with its share of the calls

std::int64_t nowNs(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

struct Pair {
    int from = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int to = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};

    Pair()
    {
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* plain = reinterpret_cast<sockaddr*>(&address);
        socklen_t length = sizeof address;
        if (::bind(to, plain, length) != 0 || ::getsockname(to, plain, &length) != 0) {
            std::perror("loopback yardstick");
            std::exit(1);
        }
    }
    void pass()
    {
        std::array<char, 172> sent{};
        std::array<char, 512> got;
        ::sendto(from, sent.data(), sent.size(), MSG_DONTWAIT,
                 reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::recv(to, got.data(), got.size(), MSG_DONTWAIT);
    }
};

} // namespace

double loopbackMs(int calls, int seconds)
{
    std::vector<Pair> pairs(static_cast<std::size_t>(calls));
    const std::int64_t begin = nowNs(CLOCK_MONOTONIC);
    const std::int64_t used = nowNs(CLOCK_THREAD_CPUTIME_ID);
    for (std::int64_t tick = 0; tick < seconds * 1'000'000'000LL / tickNs; ++tick) {
        const std::int64_t due = begin + tick * tickNs;
        const timespec until{due / 1'000'000'000, due % 1'000'000'000};
        ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
        for (auto i = static_cast<std::size_t>(tick) % phases; i < pairs.size(); i += phases) {
            pairs[i].pass();
        }
    }
    const std::int64_t spent = nowNs(CLOCK_THREAD_CPUTIME_ID) - used;
    for (const Pair& pair : pairs) {
        ::close(pair.from);
        ::close(pair.to);
    }
    return double(spent) / 1e6 / calls / seconds;
}

} // namespace hs::bench
