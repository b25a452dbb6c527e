#include "app/StopSignals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace hs::app {

namespace {
constexpr int stopSignals[] = {SIGTERM, SIGINT, SIGHUP};

// A signal handler can be told nothing but by a global. Blocking the signals and reading them from
// a signalfd would need none, but the threads that a toolkit starts by itself do not block them,
// and programs that we start would inherit the mask.
std::atomic<int> wakeDescriptor{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int)
{
    const int before = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wakeDescriptor, &one, sizeof one);
    errno = before;
}
} // namespace

StopSignals::StopSignals(std::function<void()> stop)
{
    ::signal(SIGPIPE, SIG_IGN); // a reader of our output that went away ends nothing
    const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    wakeDescriptor = descriptor;
    m_notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [descriptor, stop = std::move(stop)] {
                         std::uint64_t count = 0;
                         if (::read(descriptor, &count, sizeof count) == sizeof count) {
                             stop();
                         }
                     });
    struct sigaction action { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int each : stopSignals) {
        ::sigaction(each, &action, nullptr);
    }
}

StopSignals::~StopSignals()
{
    for (const int each : stopSignals) {
        ::signal(each, SIG_DFL);
    }
    m_notifier.reset();
    ::close(wakeDescriptor.exchange(-1));
}

} // namespace hs::app
