// Loudness: how a peak of 16-bit samples looks as a bar: 0 to 100, from -50 dB to full scale.
// Thread: any (pure function).
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cmath>

namespace hs::ui {

inline int loudness(quint16 peak) // 0 to 32767
{
    constexpr double floorDb = -50.0;
    const double db = peak == 0 ? floorDb : 20.0 * std::log10(peak / 32767.0);
    return int(std::clamp(100.0 * (db - floorDb) / -floorDb, 0.0, 100.0));
}

} // namespace hs::ui
