// NetworkMonitor: tells that an address of this machine has come or gone, or the link that it is
// on, or the default route (rtnetlink(7)); what has changed is for the listener to find out. That
// what is there was renewed, as each router advertisement does it, is no change. Says nothing where
// the system does not let it listen. Thread: one with an event loop.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>
#include <set>

struct nlmsghdr;

namespace hs::base {

class NetworkMonitor {
public:
    explicit NetworkMonitor(std::function<void()> changed);
    ~NetworkMonitor();
    NetworkMonitor(const NetworkMonitor&) = delete;
    NetworkMonitor& operator=(const NetworkMonitor&) = delete;

private:
    void read();
    bool take(const nlmsghdr* header);
    bool isNews();

    std::function<void()> m_changed;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::set<QByteArray> m_usable; // addresses on links that are up
    std::set<QByteArray> m_announced; // of IPv6, which can't be used sooner (RFC 4862 section 5.4)
    std::set<QByteArray> m_defaultRoutes;
    bool m_routesMoved = false; // they are to be read again
};

} // namespace hs::base
