// Poller: which sockets of the media loop have something to read. EpollPoller asks the kernel about
// their descriptors; DrainPoller says all of them, for sockets that have none (a virtual network).
// Thread: media, without allocation once `mostSockets` is not exceeded.
#pragma once

#include "base/DatagramSocket.h"

#include <array>
#include <vector>

struct epoll_event;

namespace hs::media {

class MediaStream;

struct Readable {
    MediaStream* stream = nullptr;
    bool rtcp = false;

    friend bool operator==(const Readable&, const Readable&) = default;
};

class Poller {
public:
    virtual ~Poller() = default;
    virtual void add(const base::DatagramSocket& socket, const Readable& tag) = 0;
    virtual void remove(const base::DatagramSocket& socket, const Readable& tag) = 0;
    // Does not wait. Valid until the next call of anything here. Not necessarily all of them, but
    // in the long run each in turn.
    virtual std::span<const Readable> poll() = 0;
};

class EpollPoller final : public Poller {
public:
    EpollPoller();
    ~EpollPoller() override;
    EpollPoller(const EpollPoller&) = delete;
    EpollPoller& operator=(const EpollPoller&) = delete;

    void add(const base::DatagramSocket& socket, const Readable& tag) override;
    void remove(const base::DatagramSocket& socket, const Readable& tag) override;
    std::span<const Readable> poll() override;

private:
    static constexpr std::size_t atOnce = 512;
    int m_descriptor;
    std::vector<epoll_event> m_events;
    std::array<Readable, atOnce> m_readable;
};

class DrainPoller final : public Poller {
public:
    explicit DrainPoller(std::size_t mostSockets = 2048) { m_all.reserve(mostSockets); }

    void add(const base::DatagramSocket& socket, const Readable& tag) override;
    void remove(const base::DatagramSocket& socket, const Readable& tag) override;
    std::span<const Readable> poll() override { return m_all; }

private:
    std::vector<Readable> m_all;
};

} // namespace hs::media
