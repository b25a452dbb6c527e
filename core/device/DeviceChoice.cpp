#include "device/DeviceChoice.h"

#include <algorithm>

namespace hs::device {

DeviceChoice chooseDevice(const QList<ListedDevice>& listed,
                          const std::optional<QList<QByteArray>>& existing,
                          const QByteArray& preferred)
{
    DeviceChoice choice;
    bool isDefault = false;
    for (const ListedDevice& device : listed) {
        if (existing && !existing->contains(device.id)) {
            continue;
        }
        if (!preferred.isEmpty() && device.id == preferred) {
            return {device.id, true};
        }
        if (choice.id.isEmpty() || (device.isDefault && !isDefault)) {
            choice.id = device.id;
            isDefault = device.isDefault;
        }
    }
    choice.settled = !existing || !existing->contains(preferred);
    return choice;
}

} // namespace hs::device
