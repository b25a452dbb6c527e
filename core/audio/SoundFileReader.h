// SoundFileReader: a sound file of any kind that libsndfile reads (WAV, FLAC, Ogg, AU, MP3 ...), as
// a stream of mono samples in float, full scale 1, at the file's own rate. The path may name a Qt
// resource (":/..."). A file is untrusted: what it claims of itself is checked, what is no number
// in it becomes silence. Thread: one at a time; reading blocks on the disk.
#pragma once

#include "base/Result.h"

#include <QFile>

#include <cstdint>
#include <memory>
#include <sndfile.h>
#include <span>
#include <vector>

namespace hs::audio {

class SoundFileReader {
public:
    enum class Mix {
        Average, // of all channels: never louder than the file
        Sum, // of channels that speak in turn: as loud as each; may go beyond full scale
    };

    static base::Result<SoundFileReader> open(const QString& path);

    int rate() const { return m_info.samplerate; }
    int channels() const { return m_info.channels; }
    std::int64_t frames() const { return m_info.frames; } // as the header says
    std::int64_t durationMs() const { return frames() * 1000 / rate(); }

    // How many were filled: fewer than asked for at the end or at the file's first bad byte.
    std::size_t read(std::span<float> mono, Mix mix);
    bool seek(std::int64_t frame);

private:
    struct Close {
        void operator()(SNDFILE* file) const;
    };
    SoundFileReader() = default;

    std::unique_ptr<QFile> m_file; // stays where it is: libsndfile keeps its address
    std::unique_ptr<SNDFILE, Close> m_sound;
    SF_INFO m_info{};
    std::vector<float> m_interleaved;
};

// A float sample as a 16-bit one, clipped.
std::int16_t toInt16(float sample);

} // namespace hs::audio
