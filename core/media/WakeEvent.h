// WakeEvent: wakes one thread from others, for the cost of one system call however often it is
// asked to before it wakes. What was done before wake() is visible after acknowledge().
// Thread: wake() any, without allocation or lock; the rest the one that is woken.
#pragma once

#include <atomic>

namespace hs::media {

class WakeEvent {
public:
    WakeEvent();
    ~WakeEvent();
    WakeEvent(const WakeEvent&) = delete;
    WakeEvent& operator=(const WakeEvent&) = delete;

    void wake();
    // Call before looking at what there is to do; a wake() after it wakes again.
    void acknowledge();
    // Blocks until wake() was called since the last acknowledge(), and acknowledges.
    void wait();
    // Readable as long as a wake is not acknowledged; for an event loop.
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
    std::atomic<bool> m_pending{false};
};

} // namespace hs::media
