#include "media/WakeEvent.h"

#include <QtGlobal>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace hs::media {

WakeEvent::WakeEvent()
    : m_descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_descriptor < 0) {
        qFatal("eventfd: %s", std::strerror(errno)); // out of descriptors at the very start
    }
}

WakeEvent::~WakeEvent()
{
    ::close(m_descriptor);
}

void WakeEvent::wake()
{
    if (!m_pending.exchange(true, std::memory_order_acq_rel)) {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(m_descriptor, &one, sizeof one);
    }
}

void WakeEvent::acknowledge()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(m_descriptor, &count, sizeof count);
    m_pending.exchange(false, std::memory_order_acq_rel);
}

void WakeEvent::wait()
{
    pollfd descriptor{m_descriptor, POLLIN, 0};
    while (::poll(&descriptor, 1, -1) < 0 && errno == EINTR) { }
    acknowledge();
}

} // namespace hs::media
