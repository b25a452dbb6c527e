#include "store/PendingCalls.h"

namespace hs::store {

namespace {
// Told of a trouble and, before that was written, of its end: the log has it all the same.
void replace(model::LogEntry& known, const model::LogEntry& later)
{
    const model::MediaTrouble trouble = known.call.trouble;
    const qint64 since = known.call.troubleSince;
    known = later;
    if (later.call.trouble == model::MediaTrouble::None) {
        known.call.trouble = trouble;
        known.call.troubleSince = since;
    }
}
} // namespace

void PendingCalls::put(const model::LogEntry& entry)
{
    const Key key(entry.engineId, entry.call.id);
    if (const auto known = m_index.constFind(key); known != m_index.constEnd()) {
        replace(**known, entry);
        return;
    }
    if (m_entries.size() >= m_most) {
        m_index.remove(Key(m_entries.front().engineId, m_entries.front().call.id));
        m_entries.pop_front();
        ++m_givenUp;
    }
    m_index.insert(key, m_entries.insert(m_entries.end(), entry));
}

void PendingCalls::absorb(PendingCalls&& later)
{
    for (const model::LogEntry& entry : later.m_entries) {
        put(entry);
    }
    m_givenUp += std::exchange(later.m_givenUp, 0);
    later.clear();
}

PendingCalls PendingCalls::takeAll()
{
    PendingCalls taken(m_most);
    taken.m_entries.swap(m_entries); // keeps the iterators valid, as a move need not
    taken.m_index.swap(m_index);
    taken.m_givenUp = std::exchange(m_givenUp, 0);
    return taken;
}

void PendingCalls::clear()
{
    m_entries.clear();
    m_index.clear();
}

} // namespace hs::store
