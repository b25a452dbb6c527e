#include "media/RecordingWriter.h"

#include "audio/G711.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::size_t batch = 1600; // 200 ms
constexpr std::size_t mostAtOnce = 8000; // a stalled disk leaves much to write; do it in steps
} // namespace

base::Result<RecordingWriter> RecordingWriter::open(const RecordingConfig& config)
{
    auto file = audio::RecordingFile::open(config.path, config.stereo ? 2 : 1);
    if (!file) {
        return file.error();
    }
    return RecordingWriter(std::move(file).value());
}

std::int64_t RecordingWriter::positionOf(base::TimePoint time) const
{
    using Samples = std::chrono::duration<std::int64_t, std::ratio<1, 8000>>;
    return std::chrono::floor<Samples>(time - *m_zero).count();
}

void RecordingWriter::take(const FeedRecord& record, std::span<const std::byte> payload)
{
    if (record.kind == FeedRecord::Kind::Begin) {
        m_zero = record.at;
    }
    if (m_zero && record.kind == FeedRecord::Kind::Other) {
        m_timeline.other(record.ssrc, record.sequence);
    }
    const bool isSent = record.kind == FeedRecord::Kind::Sent;
    if (!m_zero || payload.empty() || (isSent && m_file.channels() == 1)) {
        return;
    }
    m_samples.resize(payload.size());
    if (record.codec == Codec::Pcma) {
        audio::decodeAlaw(payload, m_samples);
    } else {
        audio::decodeUlaw(payload, m_samples);
    }
    if (isSent) {
        m_timeline.sent(record.position, m_samples);
    } else {
        m_timeline.received(
            {record.ssrc, record.sequence, record.timestamp, positionOf(record.at), m_samples});
    }
}

base::Result<void> RecordingWriter::write(base::TimePoint now)
{
    const std::size_t ready = m_zero ? m_timeline.ready(positionOf(now)) : 0;
    return ready >= batch ? append(ready) : base::Result<void>();
}

base::Result<void> RecordingWriter::finish(base::TimePoint end)
{
    const base::Result<void> written = append(m_zero ? m_timeline.rest(positionOf(end)) : 0);
    const base::Result<void> closed = m_file.close();
    return written ? closed : written;
}

base::Result<void> RecordingWriter::append(std::size_t count)
{
    while (count > 0) {
        const std::size_t step = std::min(count, mostAtOnce);
        const RecordingTimeline::Stretch stretch = m_timeline.take(step);
        std::span<const std::int16_t> interleaved = stretch.left;
        if (m_file.channels() == 2) {
            m_samples.resize(2 * step);
            for (std::size_t i = 0; i < step; ++i) {
                m_samples[2 * i] = stretch.left[i];
                m_samples[2 * i + 1] = stretch.right[i];
            }
            interleaved = m_samples;
        }
        const base::Result<void> written = m_file.write(interleaved);
        if (!written) {
            return written;
        }
        count -= step;
    }
    return m_file.updateHeader();
}

} // namespace hs::media
