#include "device/DeviceSelection.h"

#include <algorithm>
#include <utility>

namespace hs::device {

namespace {

QList<QByteArray> idsOf(const QList<model::SoundDevice>& devices)
{
    QList<QByteArray> ids;
    for (const model::SoundDevice& device : devices) {
        ids.append(device.id);
    }
    return ids;
}

QString names(const QList<model::SoundDevice>& devices)
{
    QStringList words;
    for (const model::SoundDevice& device : devices) {
        words << device.description;
    }
    return words.join(QStringLiteral(", "));
}

// Among those that were chosen, the last one first; behind them all if it never was.
qsizetype placeOf(const model::SoundChoice& wish, const QByteArray& id)
{
    const qsizetype place = wish.followsDefault ? -1 : idsOf(wish.remembered).indexOf(id);
    return place < 0 ? wish.remembered.size() : place;
}

} // namespace

bool DeviceSelection::setSettings(const model::SoundSettings& settings)
{
    const bool isOther = settings.speak != m_settings.speak || settings.listen != m_settings.listen
        || settings.ringsOnDefault != m_settings.ringsOnDefault
        || settings.ringDevices != m_settings.ringDevices;
    m_settings = settings;
    m_known = m_known && !isOther;
    return isOther;
}

bool DeviceSelection::update(const DeviceLists& microphones, const DeviceLists& speakers)
{
    const DeviceChoice speak = chooseDevice(microphones, m_settings.speak);
    const DeviceChoice listen = chooseDevice(speakers, m_settings.listen);
    const RingChoice ring = chooseRing(speakers, m_settings);
    m_status.microphones = microphones.all();
    m_status.speakers = speakers.all();
    m_status.speaking = microphones.device(speak.id);
    m_status.listening = speakers.device(listen.id);
    m_status.ringing.clear();
    for (const QByteArray& id : ring.ids) {
        m_status.ringing.append(speakers.device(id));
    }
    return speak.settled && listen.settled && ring.settled;
}

QList<model::SoundChange> DeviceSelection::takeChanges()
{
    if (m_known) {
        compare(model::SoundUse::Speak, m_settings.speak, m_status.speaking,
                idsOf(m_status.microphones).contains(m_told.speaking.id));
        compare(model::SoundUse::Listen, m_settings.listen, m_status.listening,
                idsOf(m_status.speakers).contains(m_told.listening.id));
        compareRing();
    }
    // While there is none at all, the banner says so; what there was before is still to be told.
    const auto keep = [this](model::SoundDevice& told, const model::SoundDevice& now) {
        if (!now.id.isEmpty() || !m_known) {
            told = now;
        }
    };
    keep(m_told.speaking, m_status.speaking);
    keep(m_told.listening, m_status.listening);
    if (!m_status.ringing.isEmpty() || !m_known) {
        m_told.ringing = m_status.ringing;
    }
    m_known = true;
    return std::exchange(m_changes, {});
}

void DeviceSelection::compare(model::SoundUse use, const model::SoundChoice& wish,
                              const model::SoundDevice& now, bool isThere)
{
    const model::SoundDevice& before =
        use == model::SoundUse::Speak ? m_told.speaking : m_told.listening;
    if (now.id.isEmpty() || before.id.isEmpty() || now.id == before.id) {
        return;
    }
    const bool isReturned = placeOf(wish, now.id) < placeOf(wish, before.id);
    const auto cause = isReturned ? model::SoundChange::Cause::Returned
        : isThere                 ? model::SoundChange::Cause::DefaultMoved
                                  : model::SoundChange::Cause::FellBack;
    m_changes.append({use, cause, before.description, now.description});
}

void DeviceSelection::compareRing()
{
    const QList<QByteArray> before = idsOf(m_told.ringing);
    const QList<QByteArray> now = idsOf(m_status.ringing);
    if (now.isEmpty() || before.isEmpty() || now == before || m_settings.ringDevices.isEmpty()) {
        return; // where it rings with the default, the speaker's change says it
    }
    const QList<QByteArray> there = idsOf(m_status.speakers);
    const bool isLost =
        std::ranges::any_of(before, [&there](const QByteArray& id) { return !there.contains(id); });
    m_changes.append(
        {model::SoundUse::Ring,
         isLost ? model::SoundChange::Cause::FellBack : model::SoundChange::Cause::Returned,
         names(m_told.ringing), names(m_status.ringing)});
}

} // namespace hs::device
