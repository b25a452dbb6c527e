// CallSounds: what the operator hears besides voices: the ring, or in the middle of a call a soft
// tone in the ear; ringback while a call of the operator's rings without audio of its own; busy or
// congestion for a few seconds after it failed, or until something else happens. Thread: core.
#pragma once

#include "audio/AudioDevice.h"
#include "base/Scheduler.h"
#include "model/Call.h"

namespace hs::call {

class CallSounds {
public:
    static constexpr base::Duration failureLasts = std::chrono::seconds(5);

    // Of all living calls.
    struct Picture {
        bool ringsIn = false; // one rings here, and nobody answers it at once
        bool ringsOut = false; // one that the operator dialled rings there
        bool isDialing = false; // or is about to
        bool hasHeadset = false; // one has the operator's headset
        friend bool operator==(const Picture&, const Picture&) = default;
    };

    CallSounds(audio::AudioDevice& device, base::Scheduler& scheduler);

    // Adds what one call is to the picture.
    static void add(Picture& picture, const model::Call& call);
    void update(const Picture& picture);
    void onEnded(const model::Call& call);

private:
    void apply();

    audio::AudioDevice& m_device;
    base::Scheduler& m_scheduler;
    Picture m_picture;
    std::optional<audio::CallTone> m_failure;
    base::Timer m_failureEnds;
    bool m_rings = false; // as the device was told
    std::optional<audio::CallTone> m_tone;
};

} // namespace hs::call
