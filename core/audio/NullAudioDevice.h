// NullAudioDevice: no sound at all, for the headless daemon. The microphone is silent, what is
// played goes nowhere, and that is no problem. Thread: any.
#pragma once

#include "audio/AudioDevice.h"

namespace hs::audio {

class NullAudioDevice final : public AudioDevice {
public:
    void setListener(Listener) override { }
    void openHeadset(std::shared_ptr<HeadsetRings>) override { }
    void closeHeadset() override { }
    void setRinging(bool) override { }
    void play(const QString&) override { }
    void pause() override { }
    void stop() override { }
    void seek(std::int64_t) override { }
};

} // namespace hs::audio
