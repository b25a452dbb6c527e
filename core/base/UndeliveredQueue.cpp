#include "base/UndeliveredQueue.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>

namespace hs::base::UndeliveredQueue {

namespace {
constexpr int mostAtOnce = 256; // whoever forges them must not keep us here

std::optional<sock_extended_err> reportIn(msghdr& header)
{
    for (cmsghdr* each = CMSG_FIRSTHDR(&header); each; each = CMSG_NXTHDR(&header, each)) {
        const bool isReport = (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_RECVERR)
            || (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_RECVERR);
        if (isReport && each->cmsg_len >= CMSG_LEN(sizeof(sock_extended_err))) {
            sock_extended_err report;
            std::memcpy(&report, CMSG_DATA(each), sizeof report);
            return report;
        }
    }
    return std::nullopt;
}

std::optional<Undelivered> meaningOf(const sock_extended_err& report)
{
    if (report.ee_origin != SO_EE_ORIGIN_ICMP && report.ee_origin != SO_EE_ORIGIN_ICMP6) {
        return std::nullopt;
    }
    switch (report.ee_errno) {
    case ECONNREFUSED:
        return Undelivered::NobodyListens;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EACCES: // a firewall, as ICMPv6 has it
        return Undelivered::NoWay;
    default:
        return std::nullopt; // too large for a link: it is sent in fragments from now on
    }
}
} // namespace

void turnOn(int descriptor, IpAddress::Family family)
{
    const int yes = 1;
    if (family == IpAddress::Family::V6) {
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVERR, &yes, sizeof yes);
    } else {
        ::setsockopt(descriptor, IPPROTO_IP, IP_RECVERR, &yes, sizeof yes);
    }
}

std::vector<Entry> take(int descriptor)
{
    std::vector<Entry> entries;
    for (int i = 0; i < mostAtOnce; ++i) {
        sockaddr_storage destination{};
        alignas(cmsghdr) std::array<char, 512> control{};
        msghdr header{}; // of the datagram itself nothing is wanted
        header.msg_name = &destination;
        header.msg_namelen = sizeof destination;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        if (::recvmsg(descriptor, &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) {
            if (errno == EINTR) {
                continue;
            }
            break;
        }
        const auto report = reportIn(header);
        if (const auto meaning = report ? meaningOf(*report) : std::nullopt) {
            entries.push_back({Endpoint::fromSockaddr(destination), *meaning});
        }
    }
    return entries;
}

} // namespace hs::base::UndeliveredQueue
