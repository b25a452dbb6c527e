// RetiredSinks: QAudioSinks that were stopped and must not be deleted yet. On an underrun Qt 6.4
// asks PulseAudio to drain the stream and leaves the sink's address with that question; stopping
// the sink does not take it back. Deleted before the answer is in, the sink is written to after its
// death. So each is kept until the server has surely answered: a question of our own, asked later,
// was. Thread: the device thread.
#pragma once

#include "device/SoundServer.h"

#include <QAudioSink>

#include <memory>
#include <optional>
#include <vector>

namespace hs::device {

class Retirement {
public:
    explicit Retirement(SoundServer::Time since)
        : m_since(since)
    {
    }
    // Once true it stays true.
    bool over(const SoundServer::View& server, SoundServer::Time now);

private:
    SoundServer::Time m_since;
    std::optional<SoundServer::Time> m_answeredAt; // the first question that was asked later
};

class RetiredSinks {
public:
    RetiredSinks() = default;
    // What can't be deleted safely even now stays behind for good: it happens only when the program
    // ends while the server hangs.
    ~RetiredSinks();
    RetiredSinks(const RetiredSinks&) = delete;
    RetiredSinks& operator=(const RetiredSinks&) = delete;

    void add(std::unique_ptr<QAudioSink> sink); // stops it; null is nothing
    bool empty() const { return m_sinks.empty(); }
    // Deletes what is safe. While there is anything, ask the server something now and then.
    void clean(const SoundServer::View& server, SoundServer::Time now);

private:
    struct Retired {
        std::unique_ptr<QAudioSink> sink;
        Retirement retirement;
    };
    std::vector<Retired> m_sinks;
};

} // namespace hs::device
