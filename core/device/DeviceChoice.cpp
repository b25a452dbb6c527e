#include "device/DeviceChoice.h"

#include <algorithm>

namespace hs::device {

bool DeviceLists::isUsable(const QByteArray& id) const
{
    return exists(id) && std::ranges::any_of(listed, [&id](const ListedDevice& device) {
               return device.id == id;
           });
}

model::SoundDevice DeviceLists::device(const QByteArray& id) const
{
    const auto found = std::ranges::find(listed, id, &ListedDevice::id);
    return found == listed.end() ? model::SoundDevice()
                                 : model::SoundDevice{found->id, found->description};
}

QList<model::SoundDevice> DeviceLists::all() const
{
    QList<model::SoundDevice> devices;
    for (const ListedDevice& device : listed) {
        if (exists(device.id)) {
            devices.append({device.id, device.description});
        }
    }
    return devices;
}

DeviceChoice chooseDefault(const DeviceLists& lists)
{
    DeviceChoice choice;
    bool isDefault = false;
    for (const ListedDevice& device : lists.listed) {
        if (!lists.exists(device.id)) {
            continue;
        }
        if (!lists.preferred.isEmpty() && device.id == lists.preferred) {
            return {device.id, true};
        }
        if (choice.id.isEmpty() || (device.isDefault && !isDefault)) {
            choice.id = device.id;
            isDefault = device.isDefault;
        }
    }
    choice.settled = !lists.existing || !lists.existing->contains(lists.preferred);
    return choice;
}

DeviceChoice chooseDevice(const DeviceLists& lists, const model::SoundChoice& wish)
{
    if (wish.followsDefault) {
        return chooseDefault(lists);
    }
    bool settled = true;
    for (const model::SoundDevice& device : wish.remembered) {
        if (lists.isUsable(device.id)) {
            return {device.id, settled};
        }
        settled = settled && !(lists.existing && lists.existing->contains(device.id));
    }
    DeviceChoice choice = chooseDefault(lists);
    choice.settled = choice.settled && settled;
    return choice;
}

RingChoice chooseRing(const DeviceLists& speakers, const model::SoundSettings& settings)
{
    RingChoice choice;
    const auto add = [&choice](const QByteArray& id) {
        if (!id.isEmpty() && !choice.ids.contains(id)) {
            choice.ids.append(id);
        }
    };
    for (const model::SoundDevice& device : settings.ringDevices) {
        if (speakers.isUsable(device.id)) {
            add(device.id);
        } else if (speakers.existing && speakers.existing->contains(device.id)) {
            choice.settled = false;
        }
    }
    if (settings.ringsOnDefault || choice.ids.isEmpty()) {
        const DeviceChoice usual = chooseDefault(speakers);
        add(usual.id);
        choice.settled = choice.settled && usual.settled;
    }
    return choice;
}

} // namespace hs::device
