// NetworkMonitor: tells that an address of this machine or its default route has come or gone
// (rtnetlink(7)); what has changed is for the listener to find out. Says nothing where the system
// does not let it listen. Thread: one with an event loop.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace hs::base {

class NetworkMonitor {
public:
    explicit NetworkMonitor(std::function<void()> changed);
    ~NetworkMonitor();
    NetworkMonitor(const NetworkMonitor&) = delete;
    NetworkMonitor& operator=(const NetworkMonitor&) = delete;

    bool isListening() const { return m_socket >= 0; }

private:
    void read();

    std::function<void()> m_changed;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace hs::base
