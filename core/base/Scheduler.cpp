#include "base/Scheduler.h"

namespace hs::base {

struct Timer::Entry {
    TimerQueue* queue;
    std::pair<TimePoint, std::uint64_t> key;
    std::function<void()> run;
};

Timer::Timer(std::weak_ptr<Entry> entry)
    : m_entry(std::move(entry))
{
}

Timer::Timer(Timer&&) noexcept = default;

Timer& Timer::operator=(Timer&& other) noexcept
{
    if (this != &other) {
        cancel();
        m_entry = std::move(other.m_entry);
        other.m_entry.reset();
    }
    return *this;
}

void Timer::cancel()
{
    if (const std::shared_ptr<Entry> entry = m_entry.lock()) {
        m_entry.reset();
        entry->queue->remove(entry->key);
    }
}

bool Timer::active() const
{
    return !m_entry.expired();
}

TimerQueue::TimerQueue() = default;
TimerQueue::~TimerQueue() = default;

Timer TimerQueue::add(TimePoint deadline, std::function<void()> run)
{
    const Key key{deadline, m_nextId++};
    auto entry = std::make_shared<Timer::Entry>(Timer::Entry{this, key, std::move(run)});
    std::weak_ptr<Timer::Entry> handle = entry;
    m_entries.emplace(key, std::move(entry));
    return Timer(std::move(handle));
}

std::optional<TimePoint> TimerQueue::next() const
{
    if (m_entries.empty()) {
        return std::nullopt;
    }
    return m_entries.begin()->first.first;
}

void TimerQueue::runDue(TimePoint now)
{
    // A function that re-arms itself with no delay must not keep us here: only what was there at
    // the start of the round runs in it.
    const std::uint64_t roundEnd = m_nextId;
    auto it = m_entries.begin();
    while (it != m_entries.end() && it->first.first <= now) {
        if (it->first.second >= roundEnd) {
            ++it;
            continue;
        }
        const std::function<void()> run = std::move(it->second->run);
        m_entries.erase(it);
        run();
        it = m_entries.begin();
    }
}

void TimerQueue::remove(const Key& key)
{
    m_entries.erase(key);
}

} // namespace hs::base
