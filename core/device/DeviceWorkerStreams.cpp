// The part of DeviceWorker that decides which devices are used and opens the streams on them.
#include "base/LogCategories.h"
#include "device/DeviceWorker.h"

#include <QMediaDevices>

#include <algorithm>
#include <array>

namespace hs::device {

namespace {

using namespace std::chrono_literals;

constexpr auto callBuffer = 20ms; // less, and a busy machine tears holes
constexpr auto otherBuffer = 100ms; // nobody speaks against these
constexpr qint64 settlesWithinMs = 2000;
constexpr int mostStillborn = 2;

DeviceLists listsOf(const QList<QAudioDevice>& devices, const QSet<QByteArray>& refused)
{
    DeviceLists lists;
    for (const QAudioDevice& device : devices) {
        if (!refused.contains(device.id())) {
            lists.listed.append({device.id(), device.description(), device.isDefault()});
        }
    }
    return lists;
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

bool DeviceWorker::select(const SoundServer::View& server, const QList<QAudioDevice>& inputs,
                          const QList<QAudioDevice>& outputs)
{
    if (server.devices && *server.devices != m_refusedAmong) {
        m_refusedAmong = *server.devices;
        m_refused.clear(); // something was plugged: what did not work may do now
        m_stillborn.clear();
    }
    DeviceLists microphones = listsOf(inputs, m_refused);
    DeviceLists speakers = listsOf(outputs, m_refused);
    if (server.devices) {
        microphones.existing = server.devices->inputs;
        microphones.preferred = server.devices->defaultInput;
        speakers.existing = server.devices->outputs;
        speakers.preferred = server.devices->defaultOutput;
        for (DeviceLists* lists : {&microphones, &speakers}) {
            lists->existing->removeIf(
                [this](const QByteArray& id) { return m_refused.contains(id); });
        }
    }
    if (m_selection.update(microphones, speakers)) {
        m_sinceUnsettled.invalidate();
    } else if (!m_sinceUnsettled.isValid()) {
        m_sinceUnsettled.start();
    }
    return !m_sinceUnsettled.isValid() || m_sinceUnsettled.elapsed() >= settlesWithinMs;
}

void DeviceWorker::tellSelection()
{
    if (m_selection.status() != m_toldStatus) {
        m_toldStatus = m_selection.status();
        m_link->tellStatus(m_toldStatus);
    }
    for (const model::SoundChange& change : m_selection.takeChanges()) {
        qCInfo(base::lcDevice).noquote()
            << QStringLiteral("Sound moves from \"%1\" to \"%2\"").arg(change.from, change.to);
        m_link->tellChange(change);
    }
}

QString DeviceWorker::bringInLine(const SoundServer::View& server)
{
    const QList<QAudioDevice> outputs = QMediaDevices::audioOutputs();
    const QList<QAudioDevice> inputs = QMediaDevices::audioInputs();
    if (!select(server, inputs, outputs)) {
        m_soon.start(50ms);
        return m_problem;
    }
    tellSelection();
    const QByteArray output = m_selection.status().listening.id;
    const QByteArray input = m_selection.status().speaking.id;
    QString problem;
    if (output.isEmpty()) {
        m_earStream.close();
        m_ring.close();
        m_recordingStream.close();
        failPlayback(missing(true, false));
        endPlayedCheck();
    } else {
        problem = bringSpeakersInLine(withId(outputs, output));
        if (const QString other = bringRingInLine(outputs); problem.isEmpty()) {
            problem = other;
        }
    }
    if (input.isEmpty()) {
        m_microphone.close();
    } else if (const QString other = bringMicrophoneInLine(withId(inputs, input));
               problem.isEmpty()) {
        problem = other;
    }
    if (output.isEmpty() || input.isEmpty()) {
        return missing(output.isEmpty(), input.isEmpty());
    }
    return problem.isEmpty() ? m_ringProblem : problem;
}

// Another device is taken in its place, if there is one; else poll() tries this one again.
QString DeviceWorker::refused(const QAudioDevice& device, const QString& why, bool isOnlyOne)
{
    qCWarning(base::lcDevice).noquote() << why;
    if (isOnlyOne) {
        return why;
    }
    m_refused.insert(device.id());
    m_soon.start(0);
    return m_problem;
}

// A stream of it was closed. A device that opens and never moves is as good as one that does not
// open, and would be opened for ever; once may be chance.
void DeviceWorker::died(const QByteArray& id, bool isStillborn)
{
    if (isStillborn && ++m_stillborn[id] >= mostStillborn) {
        const model::SoundStatus& status = m_selection.status();
        const auto isListed = [&id](const QList<model::SoundDevice>& devices) {
            return devices.size() > 1
                && std::ranges::find(devices, id, &model::SoundDevice::id) != devices.end();
        };
        if (isListed(status.speakers) || isListed(status.microphones)) {
            m_refused.insert(id);
        }
    }
    askAnew(); // it may be gone, and what we know older than that
    m_soon.start(0);
}

void DeviceWorker::followMovement()
{
    if (m_stillborn.isEmpty()) {
        return;
    }
    const auto look = [this](const SpeakerStream& stream) {
        if (stream.isOpen() && stream.hasMoved()) {
            moved(stream.deviceId());
        }
    };
    look(m_earStream);
    look(m_recordingStream);
    m_ring.each(look);
    if (m_microphone.isOpen() && m_microphone.hasMoved()) {
        moved(m_microphone.deviceId());
    }
}

void DeviceWorker::moved(const QByteArray& id)
{
    if (m_stillborn.remove(id)) {
        m_soon.start(0); // there may be a sentence to take back
    }
}

// Empty if it moves, as far as is known.
QString DeviceWorker::stillness(const model::SoundDevice& device) const
{
    return m_stillborn.value(device.id) < mostStillborn
        ? QString()
        : QStringLiteral("The device \"%1\" does not move: unplug it and plug it in again.")
              .arg(device.description);
}

QString DeviceWorker::bringSpeakersInLine(const QAudioDevice& device)
{
    struct Wish {
        SpeakerStream& stream;
        bool wanted;
        std::chrono::milliseconds buffer;
        SpeakerStream::Purpose purpose;
    };
    const std::array<Wish, 2> wishes{{
        {m_earStream, wantsEar(), callBuffer, SpeakerStream::Purpose::Call},
        {m_recordingStream, playingRecording(), otherBuffer, SpeakerStream::Purpose::Recording},
    }};
    for (const Wish& wish : wishes) {
        if (!wish.wanted || (wish.stream.isOpen() && wish.stream.deviceId() == device.id())) {
            continue;
        }
        m_link->signOfLife(); // it may take two seconds
        const base::Result<void> opened = wish.stream.open(device, wish.buffer, wish.purpose);
        askAnew();
        if (!opened) {
            const bool isOnlyOne = m_selection.status().speakers.size() < 2;
            if (isOnlyOne) {
                failPlayback(opened.error().text);
                endPlayedCheck();
            }
            return refused(device, opened.error().text, isOnlyOne);
        }
    }
    return wantsEar() || playingRecording() ? stillness(m_selection.status().listening) : QString();
}

// There is nothing to hear it on.
void DeviceWorker::endPlayedCheck()
{
    if (m_check.wantsSpeaker()) {
        m_check.set(model::SoundCheck::Level);
        tellLevels();
    }
}

QString DeviceWorker::bringRingInLine(const QList<QAudioDevice>& outputs)
{
    if (!wantsRing()) {
        return {};
    }
    QList<QAudioDevice> devices;
    for (const model::SoundDevice& device : m_selection.status().ringing) {
        devices.append(withId(outputs, device.id));
    }
    const auto refusal = m_ring.ringOn(devices, otherBuffer, [this] {
        m_link->signOfLife();
        askAnew();
    });
    if (refusal) {
        return refused(refusal->device, refusal->why.text,
                       m_selection.status().speakers.size() < 2);
    }
    for (const model::SoundDevice& device : m_selection.status().ringing) {
        if (QString still = stillness(device); !still.isEmpty()) {
            return still;
        }
    }
    return {};
}

QString DeviceWorker::bringMicrophoneInLine(const QAudioDevice& device)
{
    if (!wantsMicrophone()) {
        return {};
    }
    if (m_microphone.isOpen() && m_microphone.deviceId() == device.id()) {
        return stillness(m_selection.status().speaking);
    }
    m_link->signOfLife();
    const base::Result<void> opened = m_microphone.open(device);
    askAnew();
    m_mouth.begin();
    return opened
        ? stillness(m_selection.status().speaking)
        : refused(device, opened.error().text, m_selection.status().microphones.size() < 2);
}

void DeviceWorker::failPlayback(const QString& why)
{
    if (playingRecording()) {
        m_recording.fail(why);
        m_recordingStream.close();
        tellPlayback();
    }
}

} // namespace hs::device
