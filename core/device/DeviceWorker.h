// DeviceWorker: everything that touches Qt Multimedia. It knows what is wanted (headset, tone,
// ring, a recording, a sound check; on which devices) and what the sound server has, and brings the
// streams in line with both whenever either changes: opens, closes, moves to another device, tries
// again. A call goes on meanwhile, silent at worst. Qt Multimedia is touched only right after the
// server has answered, as it has no deadlines. A recording pauses when the headset is opened and is
// not played while it is open: the far end is not to hear it. Thread: the device thread, in which
// it is made and dies; none of it may be called from elsewhere.
#pragma once

#include "base/WorkerThread.h"
#include "device/DeviceFaults.h"
#include "device/DeviceLink.h"
#include "device/DeviceSelection.h"
#include "device/EarSource.h"
#include "device/MicrophoneStream.h"
#include "device/Mouth.h"
#include "device/RecordingSource.h"
#include "device/RingStreams.h"
#include "device/SoundServer.h"

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

    void setSettings(const model::SoundSettings& settings);
    void openHeadset(std::shared_ptr<audio::HeadsetRings> rings);
    void closeHeadset();
    void setRinging(bool ringing);
    void setTone(std::optional<audio::CallTone> tone);
    void setSoundCheck(model::SoundCheck check); // while the headset is open: the level alone
    void setRingCheck(bool ringing); // likewise: nothing
    void play(const QString& path);
    void pause();
    void stop();
    void seek(std::int64_t positionMs);
    void quit(); // finished() within a second and a half

Q_SIGNALS:
    void finished();

private:
    bool playingRecording() const { return m_recording.state().playing; }
    bool wantsEar() const { return m_rings || m_ear.hasTone() || m_check.wantsSpeaker(); }
    bool wantsMicrophone() const { return m_rings || m_check.isOn(); }
    bool wantsRing() const { return m_ringing || m_ringCheck; }
    bool anythingWanted() const;
    bool anyOpen() const;
    void askAnew() { m_askAfter = std::chrono::steady_clock::now(); }
    void loadRing();
    void takeRing(int turn, const LoadedRing& loaded);
    void applyTone();
    void closeUnwanted();
    void closeAll();

    void reconcile();
    QString problemAfterReconciling();
    QString bringInLine(const SoundServer::View& server);
    bool select(const SoundServer::View& server, const QList<QAudioDevice>& inputs,
                const QList<QAudioDevice>& outputs);
    void tellSelection();
    QString bringSpeakersInLine(const QAudioDevice& device);
    QString bringRingInLine(const QList<QAudioDevice>& outputs);
    QString bringMicrophoneInLine(const QAudioDevice& device);
    QString refused(const QAudioDevice& device, const OpenFailure& failure, bool isOnlyOne,
                    DeviceFaults::Time began);
    QString stillness(const model::SoundDevice& device) const;
    void moved(const QByteArray& id);
    void died(const QByteArray& id, bool isStillborn);
    void followMovement();
    void pausePlayback();
    void failPlayback(const QString& why);
    void endPlaying(const QString& why);
    void endRecordedCheck();
    void poll();
    void tick();
    void followCheck();
    void endChecks();
    void tellLevels();
    void followPlayback();
    void tellPlayback();
    void finishWhenQuiet();

    std::shared_ptr<DeviceLink> m_link;
    SoundServer m_server;
    const QString m_usualRing;

    // What is wanted.
    std::shared_ptr<audio::HeadsetRings> m_rings; // null: no headset
    bool m_ringing = false; // the recording knows by itself
    bool m_ringCheck = false;
    std::optional<audio::CallTone> m_tone;
    DeviceSelection m_selection;
    SoundCheckRun m_check;

    EarSource m_ear{m_check};
    Mouth m_mouth{m_check};
    RecordingSource m_recording;
    RetiredSinks m_retired;
    SpeakerStream m_earStream{m_ear, m_retired};
    SpeakerStream m_recordingStream{m_recording, m_retired};
    RingStreams m_ring{m_retired};
    MicrophoneStream m_microphone;
    std::vector<std::int16_t> m_heard; // by the microphone, just now

    QTimer m_tick; // 5 ms, while anything is open
    QTimer m_poll; // a second, always
    QTimer m_soon; // for what can't wait for the poll
    QString m_problem; // as last told
    std::unique_ptr<base::WorkerThread> m_ringLoader;
    int m_ringTurn = 0; // counts what was to be loaded
    QString m_ringProblem; // why the ring is not what was chosen
    model::SoundStatus m_toldStatus;
    DeviceFaults m_faults;
    QElapsedTimer m_sinceUnsettled; // Qt's list lags behind the server's
    QElapsedTimer m_sinceToldPlayback;
    QElapsedTimer m_sinceToldLevels;
    QElapsedTimer m_sinceQuit;
    // Only an answer to a question asked later than this says what may be opened.
    SoundServer::Time m_askAfter;
    bool m_checkPlayed = false; // what was recorded, when last looked
    bool m_reconciling = false;
    bool m_quitting = false;
};

} // namespace hs::device
