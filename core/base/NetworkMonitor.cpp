#include "base/NetworkMonitor.h"

#include <array>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hs::base {

namespace {
// Of the messages in a read, whether one is of a kind that matters here. Routes to single hosts
// come and go all the time (neighbours, caches): the default ones alone count.
bool isDefaultRoute(const nlmsghdr* header)
{
    const auto* route = static_cast<const rtmsg*>(NLMSG_DATA(header));
    return route->rtm_dst_len == 0 && route->rtm_table == RT_TABLE_MAIN;
}

bool matters(const nlmsghdr* header)
{
    switch (header->nlmsg_type) {
    case RTM_NEWADDR:
    case RTM_DELADDR:
        return true;
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
        return isDefaultRoute(header);
    default:
        return false;
    }
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
    address.nl_groups =
        RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
        return;
    }
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
        if (size <= 0) {
            break;
        }
        auto left = static_cast<unsigned>(size);
        for (auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data());
             NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
            changed = changed || matters(header);
        }
    }
    if (changed) {
        m_changed();
    }
}

} // namespace hs::base
