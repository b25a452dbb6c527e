#include "engine/LogQueue.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace hs::engine {

namespace {
// So that the writer looks up now and then while very much is logged.
constexpr std::size_t mostInBatch = 256;
} // namespace

void LogQueue::push(Item item)
{
    const std::lock_guard lock(m_mutex);
    if (m_items.size() >= m_most && !item.raw) {
        ++m_dropped;
        return;
    }
    noteDropped();
    m_items.push_back(std::move(item));
    ++m_pushed;
    m_arrived.notify_one();
}

// All that is in the queue came before what was dropped.
void LogQueue::noteDropped()
{
    if (m_dropped == 0) {
        return;
    }
    Item note;
    note.line = {model::LogLevel::Warning, QDateTime::currentMSecsSinceEpoch(),
                 QStringLiteral("%1 lines were dropped here, because they came faster than they "
                                "could be written")
                     .arg(std::exchange(m_dropped, 0)),
                 __FILE__, __LINE__};
    m_items.push_back(std::move(note));
    ++m_pushed;
}

LogQueue::Batch LogQueue::take(std::chrono::milliseconds most)
{
    Batch batch;
    std::unique_lock lock(m_mutex);
    m_arrived.wait_for(lock, most, [this] { return !m_items.empty() || m_closed; });
    if (m_items.size() <= mostInBatch) {
        noteDropped();
    }
    const std::size_t count = std::min(m_items.size(), mostInBatch);
    const auto end = m_items.begin() + static_cast<std::ptrdiff_t>(count);
    batch.items.assign(std::make_move_iterator(m_items.begin()), std::make_move_iterator(end));
    m_items.erase(m_items.begin(), end);
    batch.last = m_closed && m_items.empty();
    return batch;
}

void LogQueue::written(std::size_t items)
{
    const std::lock_guard lock(m_mutex);
    m_written += items;
    m_wrote.notify_all();
}

bool LogQueue::flush(std::chrono::milliseconds most)
{
    std::unique_lock lock(m_mutex);
    return m_wrote.wait_for(lock, most, [this, wanted = m_pushed] { return m_written >= wanted; });
}

void LogQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_arrived.notify_one();
}

} // namespace hs::engine
