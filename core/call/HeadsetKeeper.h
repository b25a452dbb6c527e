// HeadsetKeeper: the operator's headset and who has it: at most one call. Opens the device for the
// first, keeps it open from one call to the next, closes it after the last. Thread: core.
#pragma once

#include "audio/AudioDevice.h"
#include "call/Call.h"

namespace hs::call {

class HeadsetKeeper {
public:
    explicit HeadsetKeeper(audio::AudioDevice& device);

    // The call that had it loses it.
    void give(Call& call);
    void takeFrom(const Call& call); // nothing if it does not have it
    Call* holder() const { return m_holder; }
    void setMuted(bool muted); // the call that has it, as long as that call lives

private:
    audio::AudioDevice& m_device;
    Call* m_holder = nullptr; // taken away before the call goes
    std::shared_ptr<audio::HeadsetRings> m_rings;
};

} // namespace hs::call
