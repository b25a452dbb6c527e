// StopSignals: SIGTERM, SIGINT and SIGHUP as an event in the main thread's event loop. One at a
// time. Thread: main.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace hs::app {

class StopSignals {
public:
    explicit StopSignals(std::function<void()> stop);
    ~StopSignals(); // the signals end the program again, as they do by default
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace hs::app
