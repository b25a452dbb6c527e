#include "media/RecordingWriter.h"

#include "media/RtpSender.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::int64_t batchesPerSecond = 5;
constexpr std::size_t mostSources = 2;
} // namespace

base::Result<RecordingWriter> RecordingWriter::open(const RecordingConfig& config)
{
    auto file = audio::RecordingFile::open(config.path, config.stereo ? 2 : 1, config.rate);
    if (!file) {
        return file.error();
    }
    return RecordingWriter(std::move(file).value(), config.rate);
}

RecordingWriter::RecordingWriter(audio::RecordingFile file, int rate)
    : m_file(std::move(file))
    , m_rate(rate)
    , m_timeline(rate)
    , m_sent(rate)
{
}

RecordingDecoder& RecordingWriter::decoderOf(std::uint32_t ssrc)
{
    auto source = std::ranges::find(m_sources, ssrc, &Source::ssrc);
    if (source == m_sources.end()) {
        if (m_sources.size() == mostSources) {
            m_sources.erase(std::ranges::min_element(m_sources, {}, &Source::usedAt));
        }
        source = m_sources.insert(m_sources.end(),
                                  Source{ssrc, 0, RecordingDecoder(static_cast<int>(m_rate))});
    }
    source->usedAt = ++m_uses;
    return source->decoder;
}

std::int64_t RecordingWriter::positionOf(base::TimePoint time) const
{
    using Units = std::chrono::duration<std::int64_t, std::ratio<1, 48000>>;
    const std::int64_t units = std::chrono::floor<Units>(time - *m_zero).count();
    const std::int64_t each = 48000 / m_rate;
    return (units < 0 ? units - each + 1 : units) / each; // rounded down
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
    if (isSent) {
        constexpr std::int64_t positionsPerSecond = RtpSender::positionsPerMs * 1000;
        m_timeline.sent(record.position * m_rate / positionsPerSecond,
                        m_sent.decode(record.codec, payload));
        return;
    }
    RecordingTimeline::Received packet{record.ssrc, record.sequence, record.timestamp,
                                       positionOf(record.at),
                                       decoderOf(record.ssrc).decode(record.codec, payload)};
    packet.clockRate = audio::formatOf(record.codec).clockRate;
    m_timeline.received(packet);
}

base::Result<void> RecordingWriter::write(base::TimePoint now)
{
    const std::size_t ready = m_zero ? m_timeline.ready(positionOf(now)) : 0;
    const auto batch = static_cast<std::size_t>(m_rate / batchesPerSecond);
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
    while (count > 0) { // a stalled disk leaves much to write: a second at a time
        const std::size_t step = std::min(count, static_cast<std::size_t>(m_rate));
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
