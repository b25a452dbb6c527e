#include "media/Poller.h"

#include <QtGlobal>

#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <unistd.h>

namespace hs::media {

namespace {

// A stream's address is even: its lowest bit says which of its two sockets is meant.
std::uint64_t packed(const Readable& tag)
{
    return reinterpret_cast<std::uintptr_t>(tag.stream) | (tag.rtcp ? 1U : 0U);
}

Readable unpacked(std::uint64_t data)
{
    return {reinterpret_cast<MediaStream*>(static_cast<std::uintptr_t>(data & ~std::uint64_t(1))),
            (data & 1) != 0};
}

} // namespace

EpollPoller::EpollPoller()
    : m_descriptor(::epoll_create1(EPOLL_CLOEXEC))
    , m_events(atOnce)
{
    if (m_descriptor < 0) {
        qFatal("epoll_create1: %s", std::strerror(errno)); // out of descriptors at the very start
    }
}

EpollPoller::~EpollPoller()
{
    ::close(m_descriptor);
}

void EpollPoller::add(const base::DatagramSocket& socket, const Readable& tag)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = packed(tag);
    ::epoll_ctl(m_descriptor, EPOLL_CTL_ADD, socket.descriptor(), &event);
}

void EpollPoller::remove(const base::DatagramSocket& socket, const Readable&)
{
    ::epoll_ctl(m_descriptor, EPOLL_CTL_DEL, socket.descriptor(), nullptr);
}

std::span<const Readable> EpollPoller::poll()
{
    const int count = ::epoll_wait(m_descriptor, m_events.data(), static_cast<int>(atOnce), 0);
    const auto ready = static_cast<std::size_t>(count > 0 ? count : 0);
    for (std::size_t i = 0; i < ready; ++i) {
        m_readable[i] = unpacked(m_events[i].data.u64);
    }
    return std::span(m_readable).first(ready);
}

void DrainPoller::add(const base::DatagramSocket&, const Readable& tag)
{
    m_all.push_back(tag);
}

void DrainPoller::remove(const base::DatagramSocket&, const Readable& tag)
{
    std::erase(m_all, tag);
}

} // namespace hs::media
