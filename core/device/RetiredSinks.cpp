#include "device/RetiredSinks.h"

#include <algorithm>
#include <utility>

namespace hs::device {

namespace {

using namespace std::chrono_literals;

// Qt's connection and ours have threads of their own, which may be that late.
constexpr auto late = 100ms;
constexpr auto lateWithoutServer = 1s;

} // namespace

bool RetiredSinks::safe(Retired& retired, const SoundServer::View& server, SoundServer::Time now)
{
    switch (server.state) {
    case SoundServer::State::Ready:
        if (!retired.answeredAt && server.questionAt > retired.since + late) {
            retired.answeredAt = server.answeredAt;
        }
        return retired.answeredAt && now > *retired.answeredAt + late;
    case SoundServer::State::Absent:
        return now > std::max(server.since, retired.since) + lateWithoutServer;
    case SoundServer::State::Connecting:
        break;
    }
    return false;
}

RetiredSinks::~RetiredSinks()
{
    for (Retired& retired : m_sinks) {
        (void)retired.sink.release();
    }
}

void RetiredSinks::add(std::unique_ptr<QAudioSink> sink)
{
    if (sink) {
        sink->stop();
        m_sinks.push_back({std::move(sink), std::chrono::steady_clock::now()});
    }
}

void RetiredSinks::clean(const SoundServer::View& server, SoundServer::Time now)
{
    const auto end =
        std::stable_partition(m_sinks.begin(), m_sinks.end(), [&](const Retired& retired) {
            return !safe(server, retired.since, now);
        });
    // ~QAudioSink runs the event loop, and whoever comes by may retire another one.
    std::vector<Retired> dead;
    std::move(end, m_sinks.end(), std::back_inserter(dead));
    m_sinks.erase(end, m_sinks.end());
}

} // namespace hs::device
