#include "store/StoreWriter.h"

#include "base/LogCategories.h"

#include <QRandomGenerator>

#include <algorithm>

namespace hs::store {

using base::Result;

StoreWriter::StoreWriter(StoreOptions options, StoreWriterEvents events)
    : m_options(std::move(options))
    , m_events(std::move(events))
    , m_arrived(m_options.mostPending)
    , m_backlog(m_options.mostPending)
    , m_run(static_cast<qint64>(QRandomGenerator::system()->generate64() >> 1))
    , m_retryAfter(m_options.retryFirst)
{
}

void StoreWriter::start(const std::shared_ptr<StoreWriter>& self)
{
    self->m_thread.start("hs-store", [self] { self->run(); });
}

void StoreWriter::put(const model::LogEntry& entry)
{
    const std::lock_guard lock(m_mutex);
    m_arrived.put(entry);
    m_wake.notify_one();
}

void StoreWriter::addMessage(const model::TextMessage& message)
{
    const std::lock_guard lock(m_mutex);
    if (m_arrivedTexts.size() >= m_options.mostPendingTexts) {
        m_arrivedTexts.pop_front();
        ++m_textsGivenUp;
    }
    m_arrivedTexts.push_back(TextLog::bounded(message)); // while it waits, too
    m_wake.notify_one();
}

void StoreWriter::markMissedSeen()
{
    const std::lock_guard lock(m_mutex);
    m_missedSeenWanted = true;
    m_wake.notify_one();
}

bool StoreWriter::stop(std::chrono::milliseconds most)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
    }
    const bool ended = m_thread.join(most);
    const std::lock_guard lock(m_mutex);
    return ended && m_allWritten;
}

void StoreWriter::run()
{
    attempt();
    while (waitForWork()) {
        attempt();
    }
    collect();
    if (hasWork()) {
        attempt();
    }
    close();
    const std::lock_guard lock(m_mutex);
    m_allWritten = !hasWork();
}

bool StoreWriter::waitForWork()
{
    std::unique_lock lock(m_mutex);
    if (m_database) { // without one there is something to do in any case: to try again
        m_wake.wait(lock, [this] {
            return m_stopping || !m_arrived.empty() || !m_arrivedTexts.empty()
                || m_missedSeenWanted;
        });
    }
    // So a burst becomes one transaction, and failures don't follow each other at once.
    m_wake.wait_until(lock, m_notBefore, [this] { return m_stopping; });
    return !m_stopping;
}

void StoreWriter::collect()
{
    PendingCalls arrived;
    {
        const std::lock_guard lock(m_mutex);
        arrived = m_arrived.takeAll();
        m_textBacklog.insert(m_textBacklog.end(), m_arrivedTexts.begin(), m_arrivedTexts.end());
        m_arrivedTexts.clear();
        while (m_textBacklog.size() > m_options.mostPendingTexts) {
            m_textBacklog.pop_front();
            ++m_textsGivenUp;
        }
        m_markSeen = std::exchange(m_missedSeenWanted, false) || m_markSeen;
    }
    m_backlog.absorb(std::move(arrived));
}

quint64 StoreWriter::textsGivenUp()
{
    const std::lock_guard lock(m_mutex);
    return m_textsGivenUp;
}

void StoreWriter::attempt()
{
    if (m_database && !m_database->isInPlace()) {
        qCWarning(base::lcStore).noquote()
            << "The call log" << m_options.path << "was removed or replaced; it is opened anew";
        close();
    }
    const int cutOffBefore = m_cutOff;
    Result<void> done = m_database ? Result<void>() : open();
    collect();
    const bool hadWork = hasWork();
    if (done && hadWork) {
        done = write();
    }
    if (done) {
        m_retryAfter = m_options.retryFirst;
        m_notBefore = std::chrono::steady_clock::now() + m_options.commitEvery;
        tell({StoreState::Kind::Working, {}, m_backlog.givenUp(), m_cutOff, textsGivenUp()});
        if (hadWork || m_cutOff != cutOffBefore) {
            m_events.committed();
        }
    } else {
        close();
        m_notBefore = std::chrono::steady_clock::now() + m_retryAfter;
        m_retryAfter = std::min(2 * m_retryAfter, m_options.retryMost);
        tell({StoreState::Kind::Failed, done.error().text, m_backlog.givenUp(), m_cutOff,
              textsGivenUp()});
    }
}

void StoreWriter::close()
{
    m_log.reset();
    m_database.reset();
}

Result<void> StoreWriter::open()
{
    auto opened =
        Database::open(m_options.path, Database::Access::ReadWrite, m_options.busyTimeout);
    if (!opened) {
        return opened.error();
    }
    m_database = std::move(*opened);
    m_log = std::make_unique<CallLog>(*m_database, m_clock, m_run);
    if (const auto begun = m_database->begin(); !begun) {
        return begun;
    }
    const auto marked = m_log->markCutOff(m_options.engineId);
    if (!marked) {
        return marked.error();
    }
    const auto committed = m_database->commit();
    if (committed) {
        m_cutOff += *marked;
    }
    return committed;
}

Result<void> StoreWriter::write()
{
    if (const auto begun = m_database->begin(); !begun) {
        return begun;
    }
    for (const model::LogEntry& entry : m_backlog.entries()) {
        if (const auto put = m_log->put(entry); !put) {
            return put.error(); // closing the database rolls back
        }
    }
    if (const auto added = writeTexts(); !added) {
        return added;
    }
    if (m_markSeen) {
        if (const auto marked = m_log->markMissedSeen(); !marked) {
            return marked;
        }
    }
    const auto committed = m_database->commit();
    if (committed) {
        m_backlog.clear();
        m_textBacklog.clear();
        m_markSeen = false;
    }
    return committed;
}

Result<void> StoreWriter::writeTexts()
{
    TextLog log(*m_database);
    for (const model::TextMessage& message : m_textBacklog) {
        if (const auto added = log.add(message); !added) {
            return added.error();
        }
    }
    return {};
}

void StoreWriter::tell(const StoreState& state)
{
    if (state == m_state) {
        return;
    }
    m_state = state;
    m_events.stateChanged(state);
}

} // namespace hs::store
