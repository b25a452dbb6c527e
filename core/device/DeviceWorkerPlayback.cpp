// The part of DeviceWorker that plays a recording and tells how far it is.
#include "device/DeviceWorker.h"

namespace hs::device {

namespace {
constexpr qint64 tellPlaybackEveryMs = 100;
} // namespace

// With loudspeakers the microphone hears it, and the echo canceller knows only of what is said in
// the ear. While the call is on hold, the headset is closed.
void DeviceWorker::play(const QString& path)
{
    m_recordingStream.close(); // what is in its buffer belongs to another place or file
    if (m_rings) {
        m_recording.refuse(
            path,
            QStringLiteral("A recording is not played during a call, which would hear it: put the "
                           "call on hold first."));
    } else {
        m_recording.play(path);
        m_faults.tryAgain();
    }
    tellPlayback();
    askAnew();
    reconcile();
}

void DeviceWorker::pause()
{
    pausePlayback();
    reconcile();
}

void DeviceWorker::pausePlayback()
{
    if (playingRecording()) {
        m_recording.pause(m_recordingStream.unheardMs());
        tellPlayback();
    }
}

void DeviceWorker::stop()
{
    m_recording.stop();
    tellPlayback();
    reconcile();
}

void DeviceWorker::seek(std::int64_t positionMs)
{
    m_recordingStream.close();
    m_recording.seek(positionMs);
    tellPlayback();
    askAnew();
    reconcile();
}

void DeviceWorker::failPlayback(const QString& why)
{
    if (playingRecording()) {
        m_recording.fail(why);
        m_recordingStream.close();
        tellPlayback();
    }
}

void DeviceWorker::followPlayback()
{
    if (!playingRecording() || !m_recordingStream.isOpen()) {
        return;
    }
    if (m_recordingStream.drained()) {
        m_recording.finish();
        tellPlayback();
        m_soon.start(0); // closes the stream
    } else if (m_sinceToldPlayback.elapsed() >= tellPlaybackEveryMs) {
        m_recording.updatePosition(m_recordingStream.unheardMs());
        tellPlayback();
    }
}

void DeviceWorker::tellPlayback()
{
    m_sinceToldPlayback.start();
    m_link->tellPlayback(m_recording.state());
}

} // namespace hs::device
