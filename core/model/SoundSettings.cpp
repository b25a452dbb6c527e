#include "model/SoundSettings.h"

#include <algorithm>

namespace hs::model {

void SoundChoice::choose(const SoundDevice& device)
{
    followsDefault = device.id.isEmpty();
    if (followsDefault) {
        return;
    }
    remembered.removeIf([&device](const SoundDevice& other) { return other.id == device.id; });
    remembered.prepend(device);
    remembered.resize(std::min(remembered.size(), mostRemembered));
}

float soundGain(int percent)
{
    const float part =
        static_cast<float>(std::clamp(percent, 0, SoundSettings::mostPercent)) / 100.0F;
    return part * part * part;
}

} // namespace hs::model
