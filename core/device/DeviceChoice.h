// DeviceChoice: which of the devices is opened: of those that Qt lists and the server confirms, the
// one that the operator chose, else one that was chosen before, else the server's default one. Both
// lists lag behind the truth, each in its own way: Qt keeps devices of a server that is gone, and
// the server knows of a new one first. Thread: pure functions.
#pragma once

#include "model/SoundSettings.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace hs::device {

struct ListedDevice {
    QByteArray id;
    QString description;
    bool isDefault = false; // as Qt has it
};

struct DeviceChoice {
    QByteArray id; // empty: there is none
    bool settled = true; // false: what is to be used is not in Qt's list yet; ask again

    friend bool operator==(const DeviceChoice&, const DeviceChoice&) = default;
};

// One side of the sound, microphones or speakers.
struct DeviceLists {
    QList<ListedDevice> listed; // Qt's
    std::optional<QList<QByteArray>> existing; // the server's; none where there is no server to ask
    QByteArray preferred; // the server's default device, empty if it has none

    bool exists(const QByteArray& id) const { return !existing || existing->contains(id); }
    bool isUsable(const QByteArray& id) const;
    model::SoundDevice device(const QByteArray& id) const; // with its description
    QList<model::SoundDevice> all() const; // usable ones
};

DeviceChoice chooseDefault(const DeviceLists& lists);
DeviceChoice chooseDevice(const DeviceLists& lists, const model::SoundChoice& wish);

// Where it rings: none twice.
struct RingChoice {
    QList<QByteArray> ids;
    bool settled = true;
    friend bool operator==(const RingChoice&, const RingChoice&) = default;
};
RingChoice chooseRing(const DeviceLists& speakers, const model::SoundSettings& settings);

} // namespace hs::device
