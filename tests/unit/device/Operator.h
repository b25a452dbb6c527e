// Operator: what a test knows of a device: what its listener was told, and a call whose far end
// speaks a tone all the time.
#pragma once

#include "audio/AudioDevice.h"
#include "unit/audio/Tone.h"

#include <QString>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <numbers>
#include <vector>

namespace hs::test {

// Voice processing is for voices: a tone would be taken for noise by and by.
inline model::SoundSettings unprocessed()
{
    model::SoundSettings settings;
    settings.cancelsEcho = settings.reducesNoise = settings.controlsGain = false;
    return settings;
}

class Operator {
public:
    audio::AudioDevice::Listener listener()
    {
        return {[this](const QString& problem) {
                    const std::lock_guard lock(m_mutex);
                    m_problems.push_back(problem);
                },
                [this](const audio::PlaybackState& state) {
                    const std::lock_guard lock(m_mutex);
                    m_states.push_back(state);
                },
                [this](const model::SoundStatus& status) {
                    const std::lock_guard lock(m_mutex);
                    m_status = status;
                },
                [this](const model::SoundChange& change) {
                    const std::lock_guard lock(m_mutex);
                    m_changes.append(change);
                },
                [this](const model::SoundLevels& levels) {
                    const std::lock_guard lock(m_mutex);
                    m_levels = levels;
                    ++m_levelsTold;
                }};
    }

    model::SoundStatus status() const
    {
        const std::lock_guard lock(m_mutex);
        return m_status;
    }
    QList<model::SoundChange> takeChanges()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_changes, {});
    }
    model::SoundLevels levels() const
    {
        const std::lock_guard lock(m_mutex);
        return m_levels;
    }
    std::size_t levelsTold() const
    {
        const std::lock_guard lock(m_mutex);
        return m_levelsTold;
    }

    // Empty: all is well, or nothing was ever told.
    QString problem() const
    {
        const std::lock_guard lock(m_mutex);
        return m_problems.empty() ? QString() : m_problems.back();
    }
    std::size_t problemsTold() const
    {
        const std::lock_guard lock(m_mutex);
        return m_problems.size();
    }
    std::vector<audio::PlaybackState> states() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states;
    }
    audio::PlaybackState state() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states.empty() ? audio::PlaybackState() : m_states.back();
    }

private:
    mutable std::mutex m_mutex;
    std::vector<QString> m_problems;
    std::vector<audio::PlaybackState> m_states;
    model::SoundStatus m_status;
    QList<model::SoundChange> m_changes;
    model::SoundLevels m_levels;
    std::size_t m_levelsTold = 0;
};

// Keeps 90 ms of a tone in the playback ring, at the device's pace (a null sink's clock is slow on
// a busy machine), and listens to the capture ring.
class TestCall {
public:
    explicit TestCall(double hz)
        : m_hz(hz)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { turn(); });
        m_timer.start(5);
    }

    const std::shared_ptr<audio::HeadsetRings>& rings() const { return m_rings; }
    void setFrequency(double hz) { m_hz = hz; }

    // The loudest frequency in the last half second of the microphone; 0 as in SinkEar.
    double microphoneHears() const
    {
        if (m_heard.size() < half || *std::max_element(m_heard.begin(), m_heard.end()) < 1000) {
            return 0;
        }
        return loudest(m_heard, rate, 100, 2000, 10);
    }
    std::size_t captured() const { return m_captured; }
    std::size_t played() const { return m_played; }

private:
    static constexpr int rate = audio::HeadsetRings::sampleRate;
    static constexpr std::size_t half = rate / 2;

    void turn()
    {
        while (m_rings->playback.size() < 90 * audio::HeadsetRings::samplesPerMs) {
            const auto sample = std::int16_t(std::lround(10000 * std::sin(m_phase)));
            m_phase += 2 * std::numbers::pi * m_hz / rate;
            m_rings->playback.write(std::span(&sample, 1));
            ++m_played;
        }
        std::vector<std::int16_t> heard(m_rings->capture.size());
        heard.resize(m_rings->capture.read(heard));
        m_captured += heard.size();
        m_heard.insert(m_heard.end(), heard.begin(), heard.end());
        if (m_heard.size() > half) {
            m_heard.erase(m_heard.begin(), m_heard.end() - half);
        }
    }

    std::shared_ptr<audio::HeadsetRings> m_rings = std::make_shared<audio::HeadsetRings>();
    double m_hz;
    double m_phase = 0;
    QTimer m_timer;
    std::vector<std::int16_t> m_heard;
    std::size_t m_captured = 0;
    std::size_t m_played = 0;
};

} // namespace hs::test
