// Store: the log of calls and texts as the engine has it: everything is asked for here and done
// elsewhere, in a thread that writes and one that reads. A call is put as often as something about
// it changes; the store knows it by its engine and CallId. Nothing here waits for the disk but
// stop(). Thread: any. Answers and events arrive through the mailbox that was named, in the
// mailbox's thread. After stop() nothing is posted any more, and questions not yet answered are
// forgotten; mailboxes must live until then.
#pragma once

#include "store/Outlet.h"
#include "store/StoreReader.h"
#include "store/StoreWriter.h"

#include <memory>

namespace hs::store {

struct StoreEvents {
    // Once for each change. The log is Opening until the first of them.
    std::function<void(const StoreState&)> stateChanged;
    std::function<void()> rowsChanged; // and committed, so asking now gives them
};

class Store {
public:
    using PageAnswer = std::function<void(const base::Result<model::LogPage>&)>;
    using RecordingsAnswer = std::function<void(const base::Result<QList<model::Recording>>&)>;
    using MessagesAnswer = std::function<void(const base::Result<QList<model::TextMessage>>&)>;

    Store(const StoreOptions& options, base::EventLoopMailbox& eventsTo, const StoreEvents& events);
    ~Store(); // stop(), with two seconds
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void put(const model::LogEntry& entry);
    // A text that came in (RFC 3428): each is a row of its own, cut to what TextLog holds.
    void addMessage(const model::TextMessage& message);
    void markMissedSeen();
    void page(const model::LogQuery& query, base::EventLoopMailbox& answerTo, PageAnswer answer);
    void recordings(const QString& text, int limit, base::EventLoopMailbox& answerTo,
                    RecordingsAnswer answer);
    // Texts, newest first, with their row ids; at most `limit`, 1..1000.
    void messages(int limit, base::EventLoopMailbox& answerTo, MessagesAnswer answer);

    // Writes what waits. False if not everything could be written in that time.
    bool stop(std::chrono::milliseconds most);

private:
    template <class Value, class Query>
    void ask(base::EventLoopMailbox& to, std::function<void(const base::Result<Value>&)> answer,
             Query query);

    std::shared_ptr<Outlet> m_outlet = std::make_shared<Outlet>();
    std::shared_ptr<StoreReader> m_reader;
    std::shared_ptr<StoreWriter> m_writer;
    bool m_stopped = false;
};

} // namespace hs::store
