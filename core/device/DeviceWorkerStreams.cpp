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
constexpr auto untilQtIsBack = 250ms; // within three seconds

// Qt never forgets the devices of a server that is gone: one that the next server has too is listed
// under the number it has now and under the one it had. Numbers begin anew with each server and the
// list is in their order, so that the first is the one to believe, as in withId().
DeviceLists listsOf(const QList<QAudioDevice>& devices, const DeviceFaults& faults)
{
    DeviceLists lists;
    for (const QAudioDevice& device : devices) {
        const bool isListed =
            std::ranges::find(lists.listed, device.id(), &ListedDevice::id) != lists.listed.end();
        if (!isListed && !faults.isRefused(device.id())) {
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
    if (server.devices) {
        m_faults.devicesAre(*server.devices);
    }
    DeviceLists microphones = listsOf(inputs, m_faults);
    DeviceLists speakers = listsOf(outputs, m_faults);
    if (server.devices) {
        microphones.existing = server.devices->inputs;
        microphones.preferred = server.devices->defaultInput;
        speakers.existing = server.devices->outputs;
        speakers.preferred = server.devices->defaultOutput;
        for (DeviceLists* lists : {&microphones, &speakers}) {
            lists->existing->removeIf(
                [this](const QByteArray& id) { return m_faults.isRefused(id); });
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
        endPlaying(missing(true, false));
    } else {
        problem = bringSpeakersInLine(withId(outputs, output));
        if (const QString other = bringRingInLine(outputs); problem.isEmpty()) {
            problem = other;
        }
    }
    if (input.isEmpty()) {
        m_microphone.close();
        endRecordedCheck();
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
QString DeviceWorker::refused(const QAudioDevice& device, const OpenFailure& failure,
                              bool isOnlyOne, DeviceFaults::Time began)
{
    if (failure.isUnconnected) {
        m_soon.start(untilQtIsBack);
        return failure.text;
    }
    qCWarning(base::lcDevice).noquote() << failure.text;
    if (isOnlyOne) {
        m_faults.failed(device.id(), failure.text, began, std::chrono::steady_clock::now());
        return failure.text;
    }
    m_faults.refuse(device.id());
    m_soon.start(0);
    return m_problem;
}

// A stream of it was closed. A device that opens and never moves is as good as one that does not
// open, and would be opened for ever.
void DeviceWorker::died(const QByteArray& id, bool isStillborn)
{
    if (isStillborn && m_faults.wasStillborn(id)) {
        const model::SoundStatus& status = m_selection.status();
        const auto isListed = [&id](const QList<model::SoundDevice>& devices) {
            return devices.size() > 1
                && std::ranges::find(devices, id, &model::SoundDevice::id) != devices.end();
        };
        if (isListed(status.speakers) || isListed(status.microphones)) {
            m_faults.refuse(id);
        }
    }
    askAnew(); // it may be gone, and what we know older than that
    m_soon.start(0);
}

void DeviceWorker::followMovement()
{
    if (!m_faults.anyStillborn()) {
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
    if (m_faults.moved(id)) {
        m_soon.start(0); // there may be a sentence to take back
    }
}

// Empty if it moves, as far as is known.
QString DeviceWorker::stillness(const model::SoundDevice& device) const
{
    return !m_faults.isStill(device.id)
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
        const auto began = std::chrono::steady_clock::now();
        if (const QString why = m_faults.whyLeftAlone(device.id(), began); !why.isEmpty()) {
            endPlaying(why);
            return why;
        }
        m_link->signOfLife(); // it may take two seconds
        const base::Result<void, OpenFailure> opened =
            wish.stream.open(device, wish.buffer, wish.purpose);
        askAnew();
        if (!opened) {
            const bool isOnlyOne = m_selection.status().speakers.size() < 2;
            if (isOnlyOne && !opened.error().isUnconnected) {
                endPlaying(opened.error().text);
            }
            return refused(device, opened.error(), isOnlyOne, began);
        }
    }
    return wantsEar() || playingRecording() ? stillness(m_selection.status().listening) : QString();
}

// There is nothing to hear a recording or a sound check on.
void DeviceWorker::endPlaying(const QString& why)
{
    failPlayback(why);
    if (m_check.wantsSpeaker()) {
        m_check.set(model::SoundCheck::Level);
        tellLevels();
    }
}

// There is nothing to speak into.
void DeviceWorker::endRecordedCheck()
{
    if (m_check.isRecording()) {
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
    const bool isOnlyOne = m_selection.status().speakers.size() < 2;
    const auto began = std::chrono::steady_clock::now();
    if (isOnlyOne && !devices.isEmpty()) {
        if (QString why = m_faults.whyLeftAlone(devices.first().id(), began); !why.isEmpty()) {
            return why;
        }
    }
    const auto refusal = m_ring.ringOn(devices, otherBuffer, [this] {
        m_link->signOfLife();
        askAnew();
    });
    if (refusal) {
        return refused(refusal->device, refusal->why, isOnlyOne, began);
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
    const auto began = std::chrono::steady_clock::now();
    if (QString why = m_faults.whyLeftAlone(device.id(), began); !why.isEmpty()) {
        endRecordedCheck();
        return why;
    }
    m_link->signOfLife();
    const base::Result<void, OpenFailure> opened = m_microphone.open(device);
    askAnew();
    m_mouth.begin();
    if (opened) {
        return stillness(m_selection.status().speaking);
    }
    const bool isOnlyOne = m_selection.status().microphones.size() < 2;
    if (isOnlyOne && !opened.error().isUnconnected) {
        endRecordedCheck();
    }
    return refused(device, opened.error(), isOnlyOne, began);
}

} // namespace hs::device
