#include "device/DeviceWorker.h"

#include "base/LogCategories.h"

#include <pthread.h>
#include <sched.h>

namespace hs::device {

namespace {

using namespace std::chrono_literals;

constexpr auto tickEvery = 5ms;
constexpr auto pollEvery = 1s;
constexpr auto freshFor = 200ms; // an answer of the server
constexpr auto answersWithin = 2s;
constexpr qint64 tellLevelsEveryMs = 80;
constexpr qint64 quietWithinMs = 1200;
constexpr auto ringEndsWithin = 300ms;

} // namespace

DeviceWorker::DeviceWorker(std::shared_ptr<DeviceLink> link, const QString& ringPath)
    : m_link(std::move(link))
    , m_usualRing(ringPath)
{
    loadRing();
    m_ear.setListener([this](std::span<const std::int16_t> played) {
        if (m_microphone.isOpen()) {
            m_mouth.played(played);
        }
    });
    m_tick.setTimerType(Qt::PreciseTimer);
    m_tick.setInterval(tickEvery);
    m_soon.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &DeviceWorker::tick);
    connect(&m_poll, &QTimer::timeout, this, &DeviceWorker::poll);
    connect(&m_soon, &QTimer::timeout, this, &DeviceWorker::reconcile);
    connect(&m_server, &SoundServer::changed, this, &DeviceWorker::reconcile, Qt::QueuedConnection);
    m_poll.start(pollEvery);
    m_soon.start(0);
}

DeviceWorker::~DeviceWorker()
{
    m_quitting = true; // closing runs the event loop
    closeAll();
    m_ringLoader->join(ringEndsWithin);
}

// Decoding takes a while, and a disk may hang: not with a call's sound waiting behind it.
void DeviceWorker::loadRing()
{
    m_ringLoader = std::make_unique<base::WorkerThread>(); // one before it is left behind
    m_ringLoader->start(
        "ring-loader",
        [link = m_link, turn = ++m_ringTurn, usual = m_usualRing,
         chosen = m_selection.settings().ringFile] {
            // Real time is inherited from this thread, and nobody waits for the ring.
            const sched_param ordinary{};
            ::pthread_setschedparam(::pthread_self(), SCHED_OTHER, &ordinary);
            link->post([turn, loaded = LoadedRing::load(chosen, usual)](DeviceWorker& worker) {
                worker.takeRing(turn, loaded);
            });
        });
}

void DeviceWorker::takeRing(int turn, const LoadedRing& loaded)
{
    if (turn != m_ringTurn) {
        return; // another one was chosen meanwhile
    }
    m_ringProblem = loaded.problem;
    if (loaded.tone) {
        m_ring.setTone(loaded.tone);
    }
    askAnew();
    reconcile();
}

void DeviceWorker::setSettings(const model::SoundSettings& settings)
{
    const bool otherRing = settings.ringFile != m_selection.settings().ringFile;
    if (m_selection.setSettings(settings)) {
        m_faults.forget(); // the operator says so
        askAnew();
    }
    if (otherRing) {
        loadRing();
    }
    m_ring.setVolume(settings.ringPercent);
    m_ear.setVolume(settings.speakerPercent);
    m_mouth.setSettings(settings);
    applyTone();
    reconcile();
}

void DeviceWorker::applyTone()
{
    const model::SoundSettings& settings = m_selection.settings();
    const bool isUnwanted = m_tone == audio::CallTone::CallWaiting && !settings.callWaitingTone;
    m_ear.setTone(isUnwanted ? std::nullopt : m_tone, settings.toneCountry.toStdString());
}

void DeviceWorker::setTone(std::optional<audio::CallTone> tone)
{
    m_tone = tone;
    applyTone();
    askAnew();
    reconcile();
}

void DeviceWorker::setSoundCheck(model::SoundCheck check)
{
    const bool isWithinCall = m_rings && check == model::SoundCheck::Record;
    m_check.set(isWithinCall ? model::SoundCheck::Level : check);
    m_faults.tryAgain();
    askAnew();
    reconcile();
    tellLevels(); // what was ordered, also where nothing is open that would tell
}

void DeviceWorker::setRingCheck(bool ringing)
{
    m_ringCheck = ringing && !m_rings;
    askAnew();
    reconcile();
}

void DeviceWorker::openHeadset(std::shared_ptr<audio::HeadsetRings> rings)
{
    m_rings = std::move(rings);
    if (m_rings) {
        endChecks();
        pausePlayback();
        m_faults.tryAgain();
    }
    m_ear.setRings(m_rings);
    askAnew();
    reconcile();
}

// A far end is not to hear of them. The level goes on being shown.
void DeviceWorker::endChecks()
{
    m_ringCheck = false;
    if (m_check.isOn()) {
        m_check.set(model::SoundCheck::Level);
        tellLevels();
    }
}

void DeviceWorker::closeHeadset()
{
    openHeadset(nullptr);
}

void DeviceWorker::setRinging(bool ringing)
{
    m_ringing = ringing;
    askAnew();
    reconcile();
}

void DeviceWorker::quit()
{
    m_quitting = true;
    m_sinceQuit.start();
    m_tick.stop();
    closeAll();
    finishWhenQuiet();
}

void DeviceWorker::finishWhenQuiet()
{
    m_retired.clean(m_server.view(), std::chrono::steady_clock::now());
    if (m_retired.empty() || m_sinceQuit.elapsed() > quietWithinMs) {
        Q_EMIT finished();
        return;
    }
    m_server.refresh();
    QTimer::singleShot(20ms, this, &DeviceWorker::finishWhenQuiet);
}

bool DeviceWorker::anythingWanted() const
{
    return wantsEar() || wantsMicrophone() || wantsRing() || playingRecording();
}

bool DeviceWorker::anyOpen() const
{
    return m_earStream.isOpen() || m_ring.isOpen() || m_recordingStream.isOpen()
        || m_microphone.isOpen();
}

void DeviceWorker::closeUnwanted()
{
    // A check's last words are heard out.
    if (!wantsEar() && (!m_check.isOn() || m_earStream.drained())) {
        m_earStream.close();
    }
    if (!wantsMicrophone()) {
        m_microphone.close();
    }
    if (!wantsRing()) {
        m_ring.close();
    }
    if (!playingRecording()) {
        m_recordingStream.close();
    }
}

void DeviceWorker::closeAll()
{
    m_earStream.close();
    m_ring.close();
    m_recordingStream.close();
    m_microphone.close();
    m_faults.forget();
}

void DeviceWorker::reconcile()
{
    if (m_quitting) {
        return;
    }
    if (m_reconciling) {
        // Qt runs the event loop when it closes a stream, and here we are again.
        m_soon.start(0);
        return;
    }
    m_reconciling = true;
    m_problem = problemAfterReconciling();
    m_reconciling = false;
    m_link->setProblem(m_problem);
    if (!anyOpen()) {
        if (m_tick.isActive() && m_check.isOn()) {
            m_check.takeLevels(); // a peak of just before is no level now
            tellLevels();
        }
        m_tick.stop();
    } else if (!m_tick.isActive()) {
        m_tick.start();
    }
}

QString DeviceWorker::problemAfterReconciling()
{
    closeUnwanted(); // the microphone above all, whatever the server is up to
    const SoundServer::View server = m_server.view();
    const auto now = std::chrono::steady_clock::now();
    if (server.state == SoundServer::State::Absent) {
        closeAll();
        endRecordedCheck();
        QString why = QStringLiteral("There is no sound: no sound server (PulseAudio or "
                                     "PipeWire) is running.");
        endPlaying(why);
        return why;
    }
    const bool silent =
        (server.state == SoundServer::State::Connecting && now - server.since > answersWithin)
        || (server.askedAt && now - *server.askedAt > answersWithin);
    if (silent) {
        QString why = QStringLiteral("There is no sound: the sound server does not answer.");
        failPlayback(why);
        return why;
    }
    if (server.questionAt <= m_askAfter || now - server.answeredAt > freshFor) {
        m_server.refresh(); // we come back with its answer
        return m_problem;
    }
    return bringInLine(server);
}

void DeviceWorker::poll()
{
    m_link->signOfLife();
    if (m_quitting) {
        return;
    }
    m_server.retry();
    m_retired.clean(m_server.view(), std::chrono::steady_clock::now());
    if (!m_retired.empty()) {
        m_server.refresh();
    }
    if (anythingWanted() || !m_problem.isEmpty()
        || m_server.view().state != SoundServer::State::Ready) {
        reconcile();
    }
}

void DeviceWorker::tick()
{
    m_link->signOfLife();
    m_ring.feed([this](const SpeakerStream& bell) { died(bell.deviceId(), bell.isStillborn()); });
    for (SpeakerStream* stream : {&m_earStream, &m_recordingStream}) {
        if (!stream->feed()) {
            died(stream->deviceId(), stream->isStillborn());
            stream->close();
        }
    }
    m_heard.clear();
    if (!m_microphone.drain(m_heard)) {
        died(m_microphone.deviceId(), m_microphone.isStillborn());
        m_microphone.close();
    }
    followMovement();
    const auto delay = static_cast<int>(m_earStream.unheardMs()) + MicrophoneStream::delayMs;
    m_mouth.heard(m_heard, delay, m_rings.get());
    followCheck();
    followPlayback();
}

void DeviceWorker::followCheck()
{
    if (!m_check.isOn()) {
        return;
    }
    const bool plays = m_check.wantsSpeaker();
    const bool isHeardOut = !wantsEar() && m_earStream.isOpen() && m_earStream.drained();
    if (plays != m_checkPlayed || isHeardOut) {
        m_checkPlayed = plays;
        askAnew();
        m_soon.start(0);
    }
    if (!m_sinceToldLevels.isValid() || m_sinceToldLevels.elapsed() >= tellLevelsEveryMs) {
        tellLevels();
    }
}

void DeviceWorker::tellLevels()
{
    m_sinceToldLevels.start();
    model::SoundLevels levels = m_check.takeLevels();
    levels.triesRing = m_ringCheck;
    levels.isInCall = m_rings != nullptr;
    m_link->tellLevels(levels);
}

} // namespace hs::device
