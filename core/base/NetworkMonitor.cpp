#include "base/NetworkMonitor.h"

#include "base/Endpoint.h"
#include "base/NetlinkDump.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hs::base {

namespace {
constexpr unsigned lowerUp = 1U << 16; // IFF_LOWER_UP, in a header that <net/if.h> clashes with

// Routes to single hosts come and go all the time (neighbours, caches): the default ones alone
// count.
bool isDefaultRoute(const nlmsghdr* header)
{
    const auto* route = static_cast<const rtmsg*>(NLMSG_DATA(header));
    return route->rtm_dst_len == 0 && route->rtm_table == RT_TABLE_MAIN
        && (route->rtm_flags & RTM_F_CLONED) == 0;
}

// What makes a default route another one, as bytes to compare; how long it is good for does not.
QByteArray routeIn(const nlmsghdr* header)
{
    const auto* message = static_cast<const rtmsg*>(NLMSG_DATA(header));
    QByteArray route = QByteArray::number(message->rtm_family);
    auto left = static_cast<unsigned>(RTM_PAYLOAD(header));
    for (const rtattr* each = RTM_RTA(message); RTA_OK(each, left); each = RTA_NEXT(each, left)) {
        switch (each->rta_type) {
        case RTA_GATEWAY:
        case RTA_VIA:
        case RTA_OIF:
        case RTA_PRIORITY:
        case RTA_PREFSRC:
        case RTA_MULTIPATH:
            route += ' ' + QByteArray::number(each->rta_type) + '='
                + QByteArray(static_cast<const char*>(RTA_DATA(each)),
                             static_cast<qsizetype>(RTA_PAYLOAD(each)));
            break;
        default:
            break;
        }
    }
    return route;
}

std::set<QByteArray> defaultRoutes()
{
    std::set<QByteArray> routes;
    for (const int family : {AF_INET, AF_INET6}) {
        dumpNetlink(RTM_GETROUTE, static_cast<unsigned char>(family),
                    [&routes](const nlmsghdr* header) {
                        if (header->nlmsg_type == RTM_NEWROUTE && isDefaultRoute(header)) {
                            routes.insert(routeIn(header));
                        }
                    });
    }
    return routes;
}

// Interface and address, as bytes to compare.
QByteArray addressIn(const nlmsghdr* header)
{
    const auto* message = static_cast<const ifaddrmsg*>(NLMSG_DATA(header));
    QByteArray name = QByteArray::number(message->ifa_index);
    auto left = static_cast<unsigned>(IFA_PAYLOAD(header));
    for (const rtattr* each = IFA_RTA(message); RTA_OK(each, left); each = RTA_NEXT(each, left)) {
        if (each->rta_type == IFA_ADDRESS) {
            name += ' '
                + QByteArray(static_cast<const char*>(RTA_DATA(each)),
                             static_cast<qsizetype>(RTA_PAYLOAD(each)));
        }
    }
    return name;
}

// One of IPv6 is among the addresses while nobody knows yet whether another host has it as well.
bool isUsableV6(const nlmsghdr* header)
{
    const auto* address = static_cast<const ifaddrmsg*>(NLMSG_DATA(header));
    return address->ifa_family == AF_INET6 && address->ifa_scope < RT_SCOPE_LINK
        && (address->ifa_flags & IFA_F_TENTATIVE) == 0;
}

// Every interface has one, some seconds after it is up; no server is reached by it.
bool isLinkLocal(const sockaddr* address)
{
    if (!address || address->sa_family != AF_INET6) {
        return false;
    }
    sockaddr_in6 in6;
    std::memcpy(&in6, address, sizeof in6);
    return IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr);
}

std::set<QByteArray> announcedAddresses()
{
    std::set<QByteArray> announced;
    dumpNetlink(RTM_GETADDR, AF_INET6, [&announced](const nlmsghdr* header) {
        if (header->nlmsg_type == RTM_NEWADDR && isUsableV6(header)) {
            announced.insert(addressIn(header));
        }
    });
    return announced;
}

// An IPv4 address stays when its link goes down, and can't be used then.
std::set<QByteArray> usableAddresses()
{
    std::set<QByteArray> usable;
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return usable;
    }
    for (const ifaddrs* each = first; each; each = each->ifa_next) {
        const int family = each->ifa_addr ? each->ifa_addr->sa_family : AF_UNSPEC;
        // IFF_RUNNING follows up to a second late (linkwatch).
        const bool isUp = (each->ifa_flags & IFF_UP) != 0 && (each->ifa_flags & lowerUp) != 0;
        if (!isUp || isLinkLocal(each->ifa_addr) || (family != AF_INET && family != AF_INET6)) {
            continue;
        }
        sockaddr_storage storage{};
        std::memcpy(&storage, each->ifa_addr,
                    family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
        usable.insert(each->ifa_name + (' ' + Endpoint::fromSockaddr(storage).toString()));
    }
    ::freeifaddrs(first);
    return usable;
}
} // namespace

NetworkMonitor::NetworkMonitor(std::function<void()> changed)
    : m_changed(std::move(changed))
    , m_socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE))
{
    if (m_socket < 0) {
        return;
    }
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE
        | RTMGRP_IPV6_ROUTE;
    if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
        return;
    }
    m_usable = usableAddresses();
    m_announced = announcedAddresses();
    m_defaultRoutes = defaultRoutes();
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { read(); });
}

NetworkMonitor::~NetworkMonitor()
{
    m_notifier.reset();
    if (m_socket >= 0) {
        ::close(m_socket);
    }
}

void NetworkMonitor::read()
{
    alignas(nlmsghdr) std::array<char, 16384> buffer;
    bool changed = false;
    for (;;) {
        const ssize_t size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == ENOBUFS) {
            changed = true; // more came than there was room for: nobody knows what
            continue;
        }
        if (size <= 0) {
            break;
        }
        auto left = static_cast<unsigned>(size);
        for (auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data());
             NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
            changed = take(header) || changed;
        }
    }
    if (isNews() || changed) {
        m_changed();
    }
}

// Whether it says more than the addresses show.
bool NetworkMonitor::take(const nlmsghdr* header)
{
    switch (header->nlmsg_type) {
    case RTM_NEWROUTE:
        m_routesMoved = m_routesMoved || isDefaultRoute(header);
        return false;
    case RTM_DELROUTE: // also if the same one is back by now
        m_routesMoved = m_routesMoved || isDefaultRoute(header);
        return isDefaultRoute(header);
    case RTM_DELADDR:
        m_announced.erase(addressIn(header));
        return false;
    case RTM_NEWADDR:
        return isUsableV6(header) && m_announced.insert(addressIn(header)).second;
    default:
        return false;
    }
}

// Much is told that is none: the life of an IPv6 address is prolonged, a radio has another signal.
bool NetworkMonitor::isNews()
{
    std::set<QByteArray> usable = usableAddresses();
    bool isNew = usable != m_usable;
    m_usable = std::move(usable);
    if (std::exchange(m_routesMoved, false)) {
        std::set<QByteArray> routes = defaultRoutes();
        isNew = isNew || routes != m_defaultRoutes;
        m_defaultRoutes = std::move(routes);
    }
    return isNew;
}

} // namespace hs::base
