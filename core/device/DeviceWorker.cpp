#include "device/DeviceWorker.h"

#include "base/LogCategories.h"
#include "device/DeviceChoice.h"

#include <QMediaDevices>

#include <algorithm>
#include <array>

namespace hs::device {

namespace {

using namespace std::chrono_literals;

constexpr auto tickEvery = 5ms;
constexpr auto pollEvery = 1s;
constexpr auto callBuffer = 40ms; // less, and a busy machine tears holes; PulseAudio makes it 30
constexpr auto otherBuffer = 100ms; // nobody speaks against these
constexpr auto freshFor = 200ms; // an answer of the server
constexpr auto answersWithin = 2s;
constexpr qint64 settlesWithinMs = 2000;
constexpr qint64 tellPlaybackEveryMs = 100;
constexpr qint64 quietWithinMs = 1200;

QList<ListedDevice> listed(const QList<QAudioDevice>& devices)
{
    QList<ListedDevice> list;
    for (const QAudioDevice& device : devices) {
        list.append({device.id(), device.isDefault()});
    }
    return list;
}

QAudioDevice withId(const QList<QAudioDevice>& devices, const QByteArray& id)
{
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&](const QAudioDevice& device) { return device.id() == id; });
    return found == devices.end() ? QAudioDevice() : *found;
}

QString missing(bool speaker, bool microphone)
{
    if (speaker && microphone) {
        return QStringLiteral("There is no microphone and no speaker: connect a headset.");
    }
    return speaker ? QStringLiteral("There is no speaker: connect a headset.")
                   : QStringLiteral("There is no microphone: connect a headset.");
}

} // namespace

DeviceWorker::DeviceWorker(std::shared_ptr<DeviceLink> link, const QString& ringPath)
    : m_link(std::move(link))
{
    if (!ringPath.isEmpty()) {
        const base::Result<void> loaded = m_ring.load(ringPath);
        if (!loaded) {
            m_ringProblem = loaded.error().text;
            qCWarning(base::lcDevice).noquote() << m_ringProblem;
        }
    }
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
}

void DeviceWorker::openHeadset(std::shared_ptr<audio::HeadsetRings> rings)
{
    m_rings = std::move(rings);
    m_call.setRings(m_rings);
    askAnew();
    reconcile();
}

void DeviceWorker::closeHeadset()
{
    openHeadset(nullptr);
}

void DeviceWorker::setRinging(bool ringing)
{
    if (ringing && !m_ringing) {
        m_ring.rewind();
    }
    m_ringing = ringing;
    askAnew();
    reconcile();
}

void DeviceWorker::play(const QString& path)
{
    m_recordingStream.close(); // what is in its buffer belongs to another place or file
    m_recording.play(path);
    tellPlayback();
    askAnew();
    reconcile();
}

void DeviceWorker::pause()
{
    m_recording.pause(m_recordingStream.unheardMs());
    tellPlayback();
    reconcile();
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

bool DeviceWorker::anyOpen() const
{
    return m_callStream.isOpen() || m_ringStream.isOpen() || m_recordingStream.isOpen()
        || m_microphone.isOpen();
}

void DeviceWorker::closeUnwanted()
{
    if (!m_rings) {
        m_callStream.close();
        m_microphone.close();
    }
    if (!m_ringing) {
        m_ringStream.close();
    }
    if (!playingRecording()) {
        m_recordingStream.close();
    }
}

void DeviceWorker::closeAll()
{
    m_callStream.close();
    m_ringStream.close();
    m_recordingStream.close();
    m_microphone.close();
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
        QString why = QStringLiteral("There is no sound: no sound server (PulseAudio or "
                                     "PipeWire) is running.");
        failPlayback(why);
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

QString DeviceWorker::bringInLine(const SoundServer::View& server)
{
    const QList<QAudioDevice> outputs = QMediaDevices::audioOutputs();
    const QList<QAudioDevice> inputs = QMediaDevices::audioInputs();
    std::optional<QList<QByteArray>> existingOutputs;
    std::optional<QList<QByteArray>> existingInputs;
    SoundServer::Devices known;
    if (server.devices) {
        known = *server.devices;
        existingOutputs = known.outputs;
        existingInputs = known.inputs;
    }
    const DeviceChoice output = chooseDevice(listed(outputs), existingOutputs, known.defaultOutput);
    const DeviceChoice input = chooseDevice(listed(inputs), existingInputs, known.defaultInput);
    if (output.settled && input.settled) {
        m_sinceUnsettled.invalidate();
    } else if (!m_sinceUnsettled.isValid()) {
        m_sinceUnsettled.start();
    }
    if (m_sinceUnsettled.isValid() && m_sinceUnsettled.elapsed() < settlesWithinMs) {
        m_soon.start(50ms);
        return m_problem;
    }
    QString problem;
    if (output.id.isEmpty()) {
        m_callStream.close();
        m_ringStream.close();
        m_recordingStream.close();
        failPlayback(missing(true, false));
    } else {
        problem = bringSpeakersInLine(withId(outputs, output.id));
    }
    if (input.id.isEmpty()) {
        m_microphone.close();
    } else if (const QString other = bringMicrophoneInLine(withId(inputs, input.id));
               problem.isEmpty()) {
        problem = other;
    }
    if (output.id.isEmpty() || input.id.isEmpty()) {
        return missing(output.id.isEmpty(), input.id.isEmpty());
    }
    return problem.isEmpty() && m_ringing ? m_ringProblem : problem;
}

QString DeviceWorker::bringSpeakersInLine(const QAudioDevice& device)
{
    struct Wish {
        SpeakerStream& stream;
        bool wanted;
        std::chrono::milliseconds buffer;
    };
    const std::array<Wish, 3> wishes{{
        {m_callStream, m_rings != nullptr, callBuffer},
        {m_ringStream, m_ringing && m_ring.loaded(), otherBuffer},
        {m_recordingStream, playingRecording(), otherBuffer},
    }};
    for (const Wish& wish : wishes) {
        if (!wish.wanted || (wish.stream.isOpen() && wish.stream.deviceId() == device.id())) {
            continue;
        }
        const base::Result<void> opened = wish.stream.open(device, wish.buffer);
        askAnew();
        if (!opened) {
            failPlayback(opened.error().text);
            return opened.error().text; // poll() tries again
        }
    }
    return {};
}

QString DeviceWorker::bringMicrophoneInLine(const QAudioDevice& device)
{
    if (!m_rings || (m_microphone.isOpen() && m_microphone.deviceId() == device.id())) {
        return {};
    }
    const base::Result<void> opened = m_microphone.open(device);
    askAnew();
    return opened ? QString() : opened.error().text;
}

void DeviceWorker::failPlayback(const QString& why)
{
    if (playingRecording()) {
        m_recording.fail(why);
        m_recordingStream.close();
        tellPlayback();
    }
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
    bool died = false;
    for (SpeakerStream* stream : {&m_callStream, &m_ringStream, &m_recordingStream}) {
        if (!stream->feed()) {
            stream->close();
            died = true;
        }
    }
    if (m_rings && !m_microphone.drain(*m_rings)) {
        m_microphone.close();
        died = true;
    }
    followPlayback();
    if (died) {
        askAnew(); // it may be gone, and what we know older than that
        m_soon.start(0);
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
