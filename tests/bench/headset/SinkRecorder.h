// SinkRecorder: all that is played on a sink of PulseAudio, with the time at which it began, so
// that two of them can be compared. 8000 Hz mono. Thread: one of its own from start() to stop().
#pragma once

#include <QString>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace hs::bench {

class SinkRecorder {
public:
    static constexpr int rate = 8000;

    explicit SinkRecorder(const QString& sink);
    ~SinkRecorder();
    SinkRecorder(const SinkRecorder&) = delete;
    SinkRecorder& operator=(const SinkRecorder&) = delete;

    void stop();
    const std::vector<std::int16_t>& samples() const { return m_samples; } // after stop()
    // Of the first sample, by the earliest arrival of all that came.
    std::chrono::steady_clock::time_point began() const { return m_began; }

private:
    void run(const QByteArray& source);

    std::atomic<bool> m_stop{false};
    std::vector<std::int16_t> m_samples;
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::time_point::max();
    std::thread m_thread;
};

} // namespace hs::bench
