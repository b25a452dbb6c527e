// StopSignals: SIGTERM, SIGINT and SIGHUP as an event in the main thread's event loop. Made before
// any thread, so that all of them leave these signals to it. Thread: main.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace hs::app {

class StopSignals {
public:
    explicit StopSignals(std::function<void()> stop);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace hs::app
