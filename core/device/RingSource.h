// RingSource: the ring tone over and over, from its beginning each time it starts.
// Thread: the device thread.
#pragma once

#include "base/Result.h"
#include "device/SampleSource.h"

#include <QString>

#include <vector>

namespace hs::device {

class RingSource final : public SampleSource {
public:
    // Any sound file, a Qt resource (":/...") too; its first 30 seconds. Blocks on the disk.
    base::Result<void> load(const QString& path);
    bool loaded() const { return !m_samples.empty(); }
    void rewind() { m_position = 0; }

    int rate() const override { return 48000; }
    std::size_t read(std::span<std::int16_t> samples) override;

private:
    std::vector<std::int16_t> m_samples;
    std::size_t m_position = 0;
};

} // namespace hs::device
