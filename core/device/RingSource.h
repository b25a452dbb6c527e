// RingSource: the ring tone over and over, from its beginning each time it starts. Several of them
// play one tone, each on a device of its own. Thread: the device thread.
#pragma once

#include "base/Result.h"
#include "device/SampleSource.h"

#include <QString>

#include <memory>
#include <vector>

namespace hs::device {

using RingTone = std::shared_ptr<const std::vector<std::int16_t>>; // null: there is none

// The ring that was chosen, or the usual one in its place; which of them are there is for the
// problem to say, a sentence or empty.
struct LoadedRing {
    RingTone tone;
    QString problem;
    // Paths as in RingSource::load(), or empty. Blocks on the disk.
    static LoadedRing load(const QString& chosen, const QString& usual);
};

class RingSource final : public SampleSource {
public:
    static constexpr int toneRate = 48000;

    // Any sound file, a Qt resource (":/...") too; its first 30 seconds. Blocks on the disk.
    static base::Result<RingTone> load(const QString& path);

    void setTone(RingTone tone);
    void setVolume(int percent);
    void rewind() { m_position = 0; }

    int rate() const override { return toneRate; }
    std::size_t read(std::span<std::int16_t> samples) override;

private:
    RingTone m_tone;
    std::size_t m_position = 0;
    float m_gain = 1;
};

} // namespace hs::device
