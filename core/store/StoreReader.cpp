#include "store/StoreReader.h"

namespace hs::store {

using base::Result;

StoreReader::StoreReader(const QString& path, std::chrono::milliseconds busyTimeout)
    : m_path(path)
    , m_busyTimeout(busyTimeout)
{
}

void StoreReader::start(const std::shared_ptr<StoreReader>& self)
{
    self->m_thread.start("hs-store-read", [self] { self->run(); });
}

void StoreReader::allow()
{
    const std::lock_guard lock(m_mutex);
    m_allowed = true;
    m_wake.notify_one();
}

bool StoreReader::ask(Question question)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopping || m_questions.size() >= mostWaiting) {
        return false;
    }
    m_questions.push_back(std::move(question));
    m_wake.notify_one();
    return true;
}

bool StoreReader::stop(std::chrono::milliseconds most)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_questions.clear();
        m_wake.notify_one();
    }
    return m_thread.join(most);
}

void StoreReader::run()
{
    for (;;) {
        Question question;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || (m_allowed && !m_questions.empty()); });
            if (m_stopping) {
                break;
            }
            question = std::move(m_questions.front());
            m_questions.pop_front();
        }
        answer(question);
    }
    m_database.reset();
}

void StoreReader::answer(const Question& question)
{
    if (m_database && !m_database->isInPlace()) {
        m_database.reset();
    }
    if (!m_database) {
        auto opened = Database::open(m_path, Database::Access::ReadOnly, m_busyTimeout);
        if (!opened) {
            question(opened.error());
            return;
        }
        m_database = std::move(*opened);
    }
    Logs logs{CallLog(*m_database, m_clock, 0), TextLog(*m_database)};
    if (!question(&logs)) {
        m_database.reset();
    }
}

} // namespace hs::store
