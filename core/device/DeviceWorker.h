// DeviceWorker: everything that touches Qt Multimedia. It knows what is wanted (headset, ring, a
// recording) and what the sound server has, and brings the streams in line with both whenever
// either changes: opens, closes, moves to the new default device, tries again. A call goes on
// meanwhile, silent at worst. Qt Multimedia is touched only right after the server has answered, as
// it has no deadlines. Thread: the device thread, in which it is made and dies; none of it may be
// called from elsewhere.
#pragma once

#include "device/DeviceLink.h"
#include "device/HeadsetSource.h"
#include "device/MicrophoneStream.h"
#include "device/RecordingSource.h"
#include "device/RingSource.h"
#include "device/SoundServer.h"
#include "device/SpeakerStream.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace hs::device {

class DeviceWorker final : public QObject {
    Q_OBJECT
public:
    DeviceWorker(std::shared_ptr<DeviceLink> link, const QString& ringPath);
    ~DeviceWorker() override;

    void openHeadset(std::shared_ptr<audio::HeadsetRings> rings);
    void closeHeadset();
    void setRinging(bool ringing);
    void play(const QString& path);
    void pause();
    void stop();
    void seek(std::int64_t positionMs);
    void quit(); // finished() within a second and a half

Q_SIGNALS:
    void finished();

private:
    bool playingRecording() const { return m_recording.state().playing; }
    bool anythingWanted() const { return m_rings || m_ringing || playingRecording(); }
    bool anyOpen() const;
    void askAnew() { m_askAfter = std::chrono::steady_clock::now(); }
    void closeUnwanted();
    void closeAll();

    void reconcile();
    QString problemAfterReconciling();
    QString bringInLine(const SoundServer::View& server);
    QString bringSpeakersInLine(const QAudioDevice& device);
    QString bringMicrophoneInLine(const QAudioDevice& device);
    void failPlayback(const QString& why);
    void poll();
    void tick();
    void followPlayback();
    void tellPlayback();
    void finishWhenQuiet();

    std::shared_ptr<DeviceLink> m_link;
    SoundServer m_server;

    // What is wanted.
    std::shared_ptr<audio::HeadsetRings> m_rings; // null: no headset
    bool m_ringing = false; // the recording knows by itself

    HeadsetSource m_call;
    RingSource m_ring;
    RecordingSource m_recording;
    RetiredSinks m_retired;
    SpeakerStream m_callStream{m_call, m_retired};
    SpeakerStream m_ringStream{m_ring, m_retired};
    SpeakerStream m_recordingStream{m_recording, m_retired};
    MicrophoneStream m_microphone;

    QTimer m_tick; // 5 ms, while anything is open
    QTimer m_poll; // a second, always
    QTimer m_soon; // for what can't wait for the poll
    QString m_problem; // as last told
    QString m_ringProblem; // why there is no ring tone
    QElapsedTimer m_sinceUnsettled; // Qt's list lags behind the server's
    QElapsedTimer m_sinceToldPlayback;
    QElapsedTimer m_sinceQuit;
    // Only an answer to a question asked later than this says what may be opened.
    SoundServer::Time m_askAfter;
    bool m_reconciling = false;
    bool m_quitting = false;
};

} // namespace hs::device
