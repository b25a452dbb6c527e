// DeviceChoice: which of the devices is opened: the sound server's default one, of those that Qt
// lists and the server confirms. Both lists lag behind the truth, each in its own way: Qt keeps
// devices of a server that is gone, and the server knows of a new one first.
// Thread: pure functions.
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace hs::device {

struct ListedDevice {
    QByteArray id;
    bool isDefault = false; // as Qt has it
};

struct DeviceChoice {
    QByteArray id; // empty: there is none
    bool settled = true; // false: the server's default device is not in Qt's list yet; ask again

    friend bool operator==(const DeviceChoice&, const DeviceChoice&) = default;
};

// `existing`: the server's own list, none where there is no server to ask. `preferred`: its default
// device, empty if it has none.
DeviceChoice chooseDevice(const QList<ListedDevice>& listed,
                          const std::optional<QList<QByteArray>>& existing,
                          const QByteArray& preferred);

} // namespace hs::device
