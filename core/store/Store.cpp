#include "store/Store.h"

namespace hs::store {

using base::Result;

namespace {
template <class Value>
std::function<void()> delivery(std::function<void(const Result<Value>&)> answer,
                               Result<Value> result)
{
    return [answer = std::move(answer), result = std::move(result)] { answer(result); };
}
} // namespace

Store::Store(const StoreOptions& options, base::EventLoopMailbox& eventsTo,
             const StoreEvents& events)
    : m_reader(std::make_shared<StoreReader>(options.path, options.busyTimeout))
{
    StoreWriterEvents writerEvents;
    writerEvents.stateChanged = [outlet = m_outlet, reader = m_reader, to = &eventsTo,
                                 told = events.stateChanged](const StoreState& state) {
        reader->allow();
        outlet->post(*to, [told, state] { told(state); });
    };
    writerEvents.committed = [outlet = m_outlet, to = &eventsTo, told = events.rowsChanged] {
        outlet->post(*to, told);
    };
    m_writer = std::make_shared<StoreWriter>(options, std::move(writerEvents));
    StoreReader::start(m_reader);
    StoreWriter::start(m_writer);
}

Store::~Store()
{
    stop(std::chrono::seconds(2));
}

void Store::put(const model::LogEntry& entry)
{
    m_writer->put(entry);
}

void Store::addMessage(const model::TextMessage& message)
{
    m_writer->addMessage(message);
}

void Store::markMissedSeen()
{
    m_writer->markMissedSeen();
}

template <class Value, class Query>
void Store::ask(base::EventLoopMailbox& to, std::function<void(const Result<Value>&)> answer,
                Query query)
{
    const bool taken =
        m_reader->ask([outlet = m_outlet, mailbox = &to, answer, query](const Result<Logs*>& logs) {
            Result<Value> result = logs ? query(**logs) : Result<Value>(logs.error());
            const bool ok = result.ok();
            outlet->post(*mailbox, delivery(answer, std::move(result)));
            return ok;
        });
    if (!taken) {
        m_outlet->post(to,
                       delivery<Value>(answer,
                                       base::Error{QStringLiteral(
                                           "the call log is busy with other questions; ask "
                                           "again later")}));
    }
}

void Store::page(const model::LogQuery& query, base::EventLoopMailbox& answerTo, PageAnswer answer)
{
    ask<model::LogPage>(answerTo, std::move(answer),
                        [query](Logs& logs) { return logs.calls.page(query); });
}

void Store::recordings(const QString& text, int limit, base::EventLoopMailbox& answerTo,
                       RecordingsAnswer answer)
{
    ask<QList<model::Recording>>(answerTo, std::move(answer), [text, limit](Logs& logs) {
        return logs.calls.recordings(text, limit);
    });
}

void Store::messages(int limit, base::EventLoopMailbox& answerTo, MessagesAnswer answer)
{
    ask<QList<model::TextMessage>>(answerTo, std::move(answer),
                                   [limit](Logs& logs) { return logs.texts.newest(limit); });
}

bool Store::stop(std::chrono::milliseconds most)
{
    if (m_stopped) {
        return true;
    }
    m_stopped = true;
    // The reader first: it may then hold no snapshot that keeps the writer's log from being
    // emptied.
    const auto deadline = std::chrono::steady_clock::now() + most;
    m_reader->stop(most / 4);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    const bool written = m_writer->stop(std::max(left, std::chrono::milliseconds(0)));
    m_outlet->close();
    return written;
}

} // namespace hs::store
