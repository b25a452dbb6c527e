// DeviceSelection: which devices are used for what, from lists and wishes, and what there is to say
// of it when that changes: one fell away and another is used, the chosen one is back, the system's
// default moved. Nothing is said of what the operator chose just now. Thread: a value.
#pragma once

#include "device/DeviceChoice.h"

namespace hs::device {

class DeviceSelection {
public:
    // The next update() is the operator's doing. True: other devices were chosen than before.
    bool setSettings(const model::SoundSettings& settings);
    const model::SoundSettings& settings() const { return m_settings; }

    // False: the lists are not the whole truth yet; ask again. The selection is usable all the
    // same.
    bool update(const DeviceLists& microphones, const DeviceLists& speakers);

    const model::SoundStatus& status() const { return m_status; }
    // What happened since the last time; empty while the lists are not settled.
    QList<model::SoundChange> takeChanges();

private:
    void compare(model::SoundUse use, const model::SoundChoice& wish, const model::SoundDevice& now,
                 bool isThere); // the one before
    void compareRing();

    model::SoundSettings m_settings;
    model::SoundStatus m_status;
    model::SoundStatus m_told; // what the operator knows
    QList<model::SoundChange> m_changes;
    bool m_known = false; // m_told is
};

} // namespace hs::device
