#include "app/StopSignals.h"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace hs::app {

StopSignals::StopSignals(std::function<void()> stop)
{
    ::signal(SIGPIPE, SIG_IGN); // a reader of our output that went away ends nothing
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_descriptor = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this, stop = std::move(stop)] {
                         signalfd_siginfo info;
                         while (::read(m_descriptor, &info, sizeof info) == sizeof info) {
                             stop();
                         }
                     });
}

StopSignals::~StopSignals()
{
    m_notifier.reset();
    ::close(m_descriptor);
}

} // namespace hs::app
