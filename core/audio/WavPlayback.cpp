#include "audio/WavPlayback.h"

#include <algorithm>

namespace hs::audio {

WavPlayback::WavPlayback(SoundFileReader reader)
    : m_reader(std::move(reader))
    , m_block(1024)
{
}

base::Result<WavPlayback> WavPlayback::open(const QString& path)
{
    base::Result<SoundFileReader> reader = SoundFileReader::open(path);
    if (!reader) {
        return reader.error();
    }
    return WavPlayback(*std::move(reader));
}

void WavPlayback::seek(std::int64_t positionMs)
{
    // Clamped first: a position is a caller's number, and the product must not overflow.
    const std::int64_t ms = std::clamp<std::int64_t>(positionMs, 0, durationMs());
    const std::int64_t frame = std::min(ms * rate() / 1000, m_reader.frames());
    if (m_reader.seek(frame)) {
        m_frame = frame;
    }
}

std::size_t WavPlayback::read(std::span<std::int16_t> mono)
{
    std::size_t done = 0;
    while (done < mono.size()) {
        const std::size_t wanted = std::min(m_block.size(), mono.size() - done);
        const std::size_t got =
            m_reader.read(std::span(m_block).first(wanted), SoundFileReader::Mix::Sum);
        std::transform(m_block.begin(), m_block.begin() + static_cast<std::ptrdiff_t>(got),
                       mono.begin() + static_cast<std::ptrdiff_t>(done), toInt16);
        done += got;
        if (got < wanted) {
            break;
        }
    }
    m_frame += static_cast<std::int64_t>(done);
    return done;
}

} // namespace hs::audio
