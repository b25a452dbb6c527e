// MicrophoneStream: one QAudioSource, mixed to mono and resampled to the rate of the headset's
// rings. Thread: the device thread; drain() is called every 5 ms.
#pragma once

#include "audio/AudioDevice.h"
#include "audio/Resampler.h"
#include "base/Result.h"
#include "device/OpenFailure.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSource>
#include <QElapsedTimer>
#include <QPointer>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace hs::device {

class MicrophoneStream {
public:
    base::Result<void, OpenFailure> open(const QAudioDevice& device);
    void close();
    bool isOpen() const { return m_source != nullptr; }
    const QByteArray& deviceId() const { return m_deviceId; }

    // Appends what has been heard. False: the stream is dead, or nothing, not even silence, has
    // come for three seconds; close it.
    bool drain(std::vector<std::int16_t>& speech);
    bool hasMoved() const { return m_hasMoved; } // since open()
    // What drain() found stuck was not even born.
    bool isStillborn() const { return m_isStuck && !m_hasMoved; }
    // How old what drain() gives is, about.
    static constexpr int delayMs = 10;

private:
    std::unique_ptr<QAudioSource> m_source;
    QPointer<QIODevice> m_io; // the source's
    QByteArray m_deviceId;
    QAudioFormat m_format;
    std::optional<audio::Resampler> m_resampler;
    std::array<std::byte, 32768> m_bytes;
    std::size_t m_leftover = 0; // bytes of half a frame at the start of m_bytes
    std::vector<std::int16_t> m_heard; // at the device's rate
    QElapsedTimer m_sinceProgress;
    bool m_hasMoved = false;
    bool m_isStuck = false;
};

} // namespace hs::device
