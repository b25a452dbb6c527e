#include "media/RecordingWriter.h"

#include "media/RtpSender.h"
#include "rtp/SeqNum.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::int64_t batchesPerSecond = 5;
constexpr std::size_t mostSources = 2;
constexpr auto patience = std::chrono::milliseconds(60); // for one that was overtaken
constexpr std::size_t mostWaiting = 8;
constexpr int farthestBack = 100; // RFC 3550 A.1: MAX_MISORDER
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

RecordingWriter::Source& RecordingWriter::sourceOf(std::uint32_t ssrc)
{
    auto source = std::ranges::find(m_sources, ssrc, &Source::ssrc);
    if (source == m_sources.end()) {
        for (Source& before : m_sources) {
            release(before, base::TimePoint::max());
        }
        if (m_sources.size() == mostSources) {
            m_sources.erase(std::ranges::min_element(m_sources, {}, &Source::usedAt));
        }
        m_sources.emplace_back(ssrc, static_cast<int>(m_rate));
        source = std::prev(m_sources.end());
    }
    source->usedAt = ++m_uses;
    return *source;
}

void RecordingWriter::receive(const FeedRecord& record, std::span<const std::byte> payload)
{
    Source& source = sourceOf(record.ssrc);
    const int step = source.known ? rtp::seqDistance(source.newest, record.sequence) : 1;
    if (step < -farthestBack) { // the numbers begin anew
        release(source, base::TimePoint::max());
        decode(source, record, payload);
    } else if (step == 1) {
        decode(source, record, payload);
    } else if (step > 1) {
        source.waiting.push_back({record, {payload.begin(), payload.end()}});
    } else if (!payload.empty()) {
        place(record, payload, source.late);
    }
    release(source, record.at);
}

void RecordingWriter::place(const FeedRecord& record, std::span<const std::byte> payload,
                            RecordingDecoder& decoder)
{
    RecordingTimeline::Received packet{record.ssrc, record.sequence, record.timestamp,
                                       positionOf(record.at),
                                       decoder.decode(record.codec, payload)};
    packet.clockRate = audio::formatOf(record.codec).clockRate;
    m_timeline.received(packet);
}

void RecordingWriter::decode(Source& source, const FeedRecord& record,
                             std::span<const std::byte> payload)
{
    source.known = true;
    source.newest = record.sequence;
    if (payload.empty()) {
        m_timeline.other(record.ssrc, record.sequence);
    } else {
        place(record, payload, source.decoder);
    }
}

// Of those that wait.
void RecordingWriter::decodeFirst(Source& source)
{
    const auto first =
        std::ranges::min_element(source.waiting, [](const Packet& a, const Packet& b) {
            return rtp::seqDistance(a.record.sequence, b.record.sequence) > 0;
        });
    const Packet packet = std::move(*first);
    source.waiting.erase(first);
    if (!source.known || rtp::seqDistance(source.newest, packet.record.sequence) > 0) {
        decode(source, packet.record, packet.payload);
    }
}

// Whose turn it is, and what has waited long enough at `now`.
void RecordingWriter::release(Source& source, base::TimePoint now)
{
    const auto isDue = [&](const Packet& packet) {
        return packet.record.sequence == static_cast<std::uint16_t>(source.newest + 1)
            || now - packet.record.at >= patience;
    };
    while (source.waiting.size() > mostWaiting || std::ranges::any_of(source.waiting, isDue)) {
        decodeFirst(source);
    }
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
        receive(record, {});
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
    receive(record, payload);
}

base::Result<void> RecordingWriter::write(base::TimePoint now)
{
    for (Source& source : m_sources) {
        release(source, now);
    }
    const std::size_t ready = m_zero ? m_timeline.ready(positionOf(now)) : 0;
    const auto batch = static_cast<std::size_t>(m_rate / batchesPerSecond);
    return ready >= batch ? append(ready) : base::Result<void>();
}

base::Result<void> RecordingWriter::finish(base::TimePoint end)
{
    for (Source& source : m_sources) {
        release(source, base::TimePoint::max());
    }
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
