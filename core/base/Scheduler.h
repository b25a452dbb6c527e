// Scheduler: runs a function once, after a time. The protocol's timers (RFC 3261 and friends) all
// come from here: never early, in the order of their deadlines. QtScheduler drives it from an event
// loop, a test from a manual clock. Thread: the one that owns the scheduler, for everything here.
#pragma once

#include "base/Clock.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace hs::base {

class TimerQueue;

// A pending call. Destroying or reassigning it cancels; it may outlive its scheduler.
class Timer {
public:
    Timer() = default;
    Timer(Timer&&) noexcept;
    Timer& operator=(Timer&&) noexcept;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    ~Timer() { cancel(); }

    void cancel();
    bool active() const;

private:
    friend class TimerQueue;
    struct Entry;
    explicit Timer(std::weak_ptr<Entry> entry);
    std::weak_ptr<Entry> m_entry;
};

class Scheduler {
public:
    virtual ~Scheduler() = default;
    virtual const Clock& clock() const = 0;
    [[nodiscard]] virtual Timer at(TimePoint deadline, std::function<void()> run) = 0;
    [[nodiscard]] Timer after(Duration delay, std::function<void()> run)
    {
        return at(clock().now() + delay, std::move(run));
    }
};

// The list of deadlines behind every Scheduler.
class TimerQueue {
public:
    TimerQueue();
    ~TimerQueue();
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;

    Timer add(TimePoint deadline, std::function<void()> run);
    std::optional<TimePoint> next() const;
    // Runs what is due at `now`, each in the order of its deadline. A function may add and cancel
    // timers, and destroy their owners.
    void runDue(TimePoint now);
    std::size_t size() const { return m_entries.size(); }

private:
    friend class Timer;
    using Key = std::pair<TimePoint, std::uint64_t>;
    void remove(const Key& key);

    std::map<Key, std::shared_ptr<Timer::Entry>> m_entries;
    std::uint64_t m_nextId = 0;
};

} // namespace hs::base
