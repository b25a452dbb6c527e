// StoreWriter: the thread that writes the call log. It opens the database, marks the calls that an
// earlier run left open, and writes what is put, all that waits in one transaction, never later
// than StoreOptions::commitEvery after it came. When writing fails it keeps what waits, tells of it
// once, and tries again, less and less often; what it then says shows when writing works again.
// Thread: any; put() and the like never wait for the disk.
#pragma once

#include "base/Clock.h"
#include "base/WorkerThread.h"
#include "store/CallLog.h"
#include "store/PendingCalls.h"
#include "store/TextLog.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace hs::store {

struct StoreOptions {
    QString path;
    QString engineId; // whose cut-off calls to mark; empty: every engine's
    std::chrono::milliseconds commitEvery{100};
    std::chrono::milliseconds retryFirst{1000}; // doubles up to retryMost
    std::chrono::milliseconds retryMost{30'000};
    std::chrono::milliseconds busyTimeout = Database::patience;
    std::size_t mostPending = 100'000; // calls
    std::size_t mostPendingTexts = 1000; // of which those that wait longest are given up
};

// How the call log is doing.
struct StoreState {
    enum class Kind { Opening, Working, Failed };
    Kind kind = Kind::Opening;
    QString error; // of Failed: one sentence
    quint64 givenUp = 0; // calls that will never be in the log, because too many waited
    int cutOff = 0; // calls of an earlier run that were marked when the database was opened
    quint64 textsGivenUp = 0;

    friend bool operator==(const StoreState&, const StoreState&) = default;
};

// Called in the writer's thread. The first state is told when the first opening is over.
struct StoreWriterEvents {
    std::function<void(const StoreState&)> stateChanged;
    std::function<void()> committed; // rows were added or changed
};

class StoreWriter {
public:
    StoreWriter(StoreOptions options, StoreWriterEvents events);

    // `self` keeps the writer alive for as long as its thread runs.
    static void start(const std::shared_ptr<StoreWriter>& self);
    void put(const model::LogEntry& entry);
    void addMessage(const model::TextMessage& message);
    void markMissedSeen();
    // Writes what waits, with one more try if writing failed before. False if not everything could
    // be written within that time; the thread is then left behind.
    bool stop(std::chrono::milliseconds most);

private:
    using Instant = std::chrono::steady_clock::time_point;

    void run();
    bool waitForWork(); // false: stop
    void attempt();
    base::Result<void> open();
    base::Result<void> write();
    base::Result<void> writeTexts();
    bool hasWork() const { return !m_backlog.empty() || !m_textBacklog.empty() || m_markSeen; }
    void collect();
    quint64 textsGivenUp();
    void close();
    void tell(const StoreState& state);

    const StoreOptions m_options;
    const StoreWriterEvents m_events;
    const base::SystemClock m_clock;
    base::WorkerThread m_thread;

    std::mutex m_mutex; // guards what follows, down to m_allWritten
    std::condition_variable m_wake;
    PendingCalls m_arrived;
    std::deque<model::TextMessage> m_arrivedTexts;
    quint64 m_textsGivenUp = 0;
    bool m_missedSeenWanted = false;
    bool m_stopping = false;
    bool m_allWritten = true;

    // The thread's own from here on.
    std::unique_ptr<Database> m_database;
    std::unique_ptr<CallLog> m_log; // destroyed before its database
    PendingCalls m_backlog;
    std::deque<model::TextMessage> m_textBacklog;
    bool m_markSeen = false;
    StoreState m_state; // as last told
    int m_cutOff = 0;
    qint64 m_run = 0;
    Instant m_notBefore{}; // of the next attempt
    std::chrono::milliseconds m_retryAfter;
};

} // namespace hs::store
