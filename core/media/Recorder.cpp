#include "media/Recorder.h"

namespace hs::media {

namespace {
constexpr auto passEvery = std::chrono::milliseconds(100);
}

Recorder::Recorder(std::size_t feedBytes, std::shared_ptr<WakeEvent> core)
    : m_feed(feedBytes)
    , m_core(std::move(core))
{
}

void Recorder::open(std::uint32_t recording, const RecordingConfig& config)
{
    m_openings.post({recording, config});
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_changed.notify_one();
}

void Recorder::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_one();
}

void Recorder::takeOpenings()
{
    auto batch = m_openings.takeAll();
    while (const auto node = batch.pop()) {
        const Opening& opening = node->value;
        auto writer = RecordingWriter::open(opening.config);
        if (writer) {
            m_writers.emplace(opening.recording, std::move(writer).value());
        } else {
            report(opening.recording, writer.error().text);
        }
    }
}

void Recorder::run(base::TimePoint now)
{
    takeOpenings();
    while (const auto item = m_feed.next()) {
        take(*item);
        m_feed.release();
    }
    for (auto one = m_writers.begin(); one != m_writers.end();) {
        const auto current = one++;
        const base::Result<void> written = current->second.write(now);
        if (!written) {
            close(current, written);
        }
    }
}

void Recorder::take(const RecordingFeed::Item& item)
{
    auto one = m_writers.find(item.header.recording);
    if (one == m_writers.end() && item.payload.empty()) {
        takeOpenings(); // Begin or End of one that was asked for after this pass began
        one = m_writers.find(item.header.recording);
    }
    if (one == m_writers.end()) {
        return; // it has failed
    }
    if (item.header.kind == FeedRecord::Kind::End) {
        close(one, one->second.finish(item.header.at));
    } else {
        one->second.take(item.header, item.payload);
    }
}

void Recorder::close(std::map<std::uint32_t, RecordingWriter>::iterator one,
                     const base::Result<void>& result)
{
    const std::uint32_t recording = one->first;
    m_writers.erase(one);
    report(recording, result ? QString() : result.error().text);
}

void Recorder::report(std::uint32_t recording, const QString& error)
{
    m_reports.post({recording, error});
    m_core->wake();
}

void Recorder::work()
{
    const base::SystemClock clock;
    std::unique_lock lock(m_mutex);
    while (!m_stopped) {
        m_woken = false;
        lock.unlock();
        run(clock.now());
        lock.lock();
        const auto due = [this] { return m_woken || m_stopped; };
        if (m_writers.empty()) {
            m_changed.wait(lock, due);
        } else {
            m_changed.wait_for(lock, passEvery, due);
        }
    }
    lock.unlock();
    run(clock.now());
    while (!m_writers.empty()) {
        const auto one = m_writers.begin();
        close(one, one->second.finish(clock.now()));
    }
}

} // namespace hs::media
