// SpeakerStream: one QAudioSink that plays a SampleSource, resampled to the device's rate. Written
// to (push mode) by feed(), which the device thread's timer calls every 5 ms: in pull mode Qt 6.4
// stalls with small buffers. Qt's side of it is brittle, so: open() only what the server has just
// confirmed, as opening a device that is gone never returns; and nothing that feed() finds dead is
// touched again. Thread: the device thread.
#pragma once

#include "audio/Resampler.h"
#include "base/Result.h"
#include "device/OpenFailure.h"
#include "device/RetiredSinks.h"
#include "device/SampleSource.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QElapsedTimer>
#include <QPointer>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace hs::device {

class SpeakerStream {
public:
    enum class Purpose { Call, Recording, Ring }; // said to the sound server

    // Both outlive the stream.
    SpeakerStream(SampleSource& source, RetiredSinks& retired);

    // `buffer` is what the server is asked to hold: the delay, and how late feed() may come.
    base::Result<void, OpenFailure> open(const QAudioDevice& device,
                                         std::chrono::milliseconds buffer, Purpose purpose);
    // Does not wait for what is still in the buffer.
    void close();
    bool isOpen() const { return m_sink != nullptr; }
    const QByteArray& deviceId() const { return m_deviceId; }

    // Writes what there is room for. False: the stream is dead, or has not moved for two seconds;
    // close it.
    bool feed();
    // Since open(): the device has taken more than what its buffer holds.
    bool hasMoved() const { return m_takenFrames > m_bufferFrames; }
    // What feed() found stuck was not even born.
    bool isStillborn() const { return m_isStuck && !hasMoved(); }
    // The source had nothing for as long as the buffer is: all that it gave has been heard.
    bool drained() const { return m_silentFrames > m_bufferFrames; }

    // What was written and waits in the buffer, lost if the stream is closed now.
    std::int64_t unheardMs() const;

private:
    void produce(std::size_t frames);

    SampleSource& m_source;
    RetiredSinks& m_retired;
    std::unique_ptr<QAudioSink> m_sink;
    QPointer<QIODevice> m_io; // the sink's; it deletes it when the server goes away
    QByteArray m_deviceId;
    QAudioFormat m_format;
    std::optional<audio::Resampler> m_resampler;
    std::vector<std::int16_t> m_input; // at the source's rate
    std::size_t m_inputUsed = 0;
    std::vector<std::int16_t> m_output; // at the device's
    std::vector<std::byte> m_bytes;
    std::int64_t m_bufferFrames = 0;
    std::int64_t m_silentFrames = 0;
    std::int64_t m_takenFrames = 0;
    bool m_isStuck = false;
    QElapsedTimer m_sinceProgress;
};

} // namespace hs::device
