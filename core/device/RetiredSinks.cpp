#include "device/RetiredSinks.h"

#include <algorithm>
#include <utility>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace hs::device {

namespace {

using namespace std::chrono_literals;

// Qt's connection and ours have threads of their own, which may be that late.
constexpr auto late = 100ms;
constexpr auto lateWithoutServer = 1s;

// LeakSanitizer is told that this is meant.
void leaveBehind([[maybe_unused]] const QAudioSink* sink)
{
#ifdef __SANITIZE_ADDRESS__
    __lsan_ignore_object(sink);
#endif
}

} // namespace

bool Retirement::over(const SoundServer::View& server, SoundServer::Time now)
{
    switch (server.state) {
    case SoundServer::State::Ready:
        if (!m_answeredAt && server.questionAt > m_since + late) {
            m_answeredAt = server.answeredAt;
        }
        break;
    case SoundServer::State::Absent:
        // Whatever was asked was given up when the connection broke.
        if (!m_answeredAt && now > std::max(server.since, m_since) + lateWithoutServer) {
            m_answeredAt = m_since;
        }
        break;
    case SoundServer::State::Connecting:
        break;
    }
    return m_answeredAt && now > *m_answeredAt + late;
}

RetiredSinks::~RetiredSinks()
{
    for (Retired& retired : m_sinks) {
        leaveBehind(retired.sink.release());
    }
}

void RetiredSinks::add(std::unique_ptr<QAudioSink> sink)
{
    if (sink) {
        sink->stop();
        m_sinks.push_back({std::move(sink), Retirement(std::chrono::steady_clock::now())});
    }
}

void RetiredSinks::clean(const SoundServer::View& server, SoundServer::Time now)
{
    const auto end = std::stable_partition(m_sinks.begin(), m_sinks.end(), [&](Retired& retired) {
        return !retired.retirement.over(server, now);
    });
    // ~QAudioSink runs the event loop, and whoever comes by may retire another one.
    std::vector<Retired> dead;
    std::move(end, m_sinks.end(), std::back_inserter(dead));
    m_sinks.erase(end, m_sinks.end());
}

} // namespace hs::device
