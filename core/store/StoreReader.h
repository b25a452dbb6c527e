// StoreReader: the thread that answers questions about the calls and texts, with a connection of
// its own, so that a slow answer delays no writing (SQLite's WAL mode lets both go on at once).
// Questions wait until allow() was called, which is when the database was opened for the first
// time. Thread: any.
#pragma once

#include "base/Clock.h"
#include "base/WorkerThread.h"
#include "store/CallLog.h"
#include "store/TextLog.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace hs::store {

// Over one connection.
struct Logs {
    CallLog calls;
    TextLog texts;
};

class StoreReader {
public:
    static constexpr std::size_t mostWaiting = 256;
    // Called in the reader's thread, with the logs or the reason why there are none. Returns
    // whether they could be read; if not, the database is opened anew for the next question.
    using Question = std::function<bool(const base::Result<Logs*>&)>;

    StoreReader(const QString& path, std::chrono::milliseconds busyTimeout);

    // `self` keeps the reader alive for as long as its thread runs.
    static void start(const std::shared_ptr<StoreReader>& self);
    void allow();
    // False if too many wait already, or it was stopped.
    [[nodiscard]] bool ask(Question question);
    // Forgets what waits; false if a question was still being answered after that time.
    bool stop(std::chrono::milliseconds most);

private:
    void run();
    void answer(const Question& question);

    const QString m_path;
    const std::chrono::milliseconds m_busyTimeout;
    const base::SystemClock m_clock;
    base::WorkerThread m_thread;

    std::mutex m_mutex; // guards the next four
    std::condition_variable m_wake;
    std::deque<Question> m_questions;
    bool m_allowed = false;
    bool m_stopping = false;

    std::unique_ptr<Database> m_database; // the thread's own
};

} // namespace hs::store
