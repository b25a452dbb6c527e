// WavPlayback: a recording as a stream of 16-bit mono samples at its own rate, read from the disk
// piece by piece, with seeking. The two channels of a recording, what the far end said (left) and
// what it heard (right), are added, as they speak in turn; what is too loud is clipped. A recording
// that is still being written plays as far as its header reaches.
// Thread: one at a time; open, seek and read block on the disk.
#pragma once

#include "audio/SoundFileReader.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hs::audio {

class WavPlayback {
public:
    static base::Result<WavPlayback> open(const QString& path);

    int rate() const { return m_reader.rate(); }
    std::int64_t durationMs() const { return m_reader.durationMs(); }
    std::int64_t positionMs() const { return m_frame * 1000 / rate(); }

    // To the nearest sample; before the start means the start, beyond the end the end.
    void seek(std::int64_t positionMs);

    // How many were filled; fewer than asked for only at the end.
    std::size_t read(std::span<std::int16_t> mono);

private:
    explicit WavPlayback(SoundFileReader reader);

    SoundFileReader m_reader;
    std::vector<float> m_block;
    std::int64_t m_frame = 0;
};

} // namespace hs::audio
