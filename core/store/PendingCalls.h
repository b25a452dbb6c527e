// PendingCalls: log entries that wait to be written, at most one for each call: a later entry of a
// call takes the place of an earlier one (but for a trouble that has passed meanwhile), in the
// order in which the calls first came. Bounded: when it is full, the call that waits longest is
// given up and counted. Thread: a plain object.
#pragma once

#include "model/LogEntry.h"

#include <QHash>

#include <list>

namespace hs::store {

class PendingCalls {
public:
    explicit PendingCalls(std::size_t most = 100'000)
        : m_most(most)
    {
    }
    PendingCalls(PendingCalls&&) = default;
    PendingCalls& operator=(PendingCalls&&) = default;

    void put(const model::LogEntry& entry);
    // Adds what came later, and how much of it was given up.
    void absorb(PendingCalls&& later);
    // All there is, leaving nothing; the count of what was given up stays here.
    PendingCalls takeAll();
    void clear();

    const std::list<model::LogEntry>& entries() const { return m_entries; }
    bool empty() const { return m_entries.empty(); }
    std::size_t size() const { return m_entries.size(); }
    quint64 givenUp() const { return m_givenUp; }

private:
    using Key = std::pair<QString, model::CallId>;

    std::size_t m_most;
    std::list<model::LogEntry> m_entries; // iterators stay valid, also when moved
    QHash<Key, std::list<model::LogEntry>::iterator> m_index;
    quint64 m_givenUp = 0;
};

} // namespace hs::store
