#include "media/RecordingTap.h"

#include <utility>

namespace hs::media {

void RecordingTap::start(std::uint32_t recording)
{
    m_recording = recording;
    m_begun = false;
}

void RecordingTap::slot(std::int64_t position, base::TimePoint at)
{
    if (m_recording != 0 && !m_begun) {
        FeedRecord record;
        record.recording = m_recording;
        record.at = at;
        m_begun = m_feed.put(record);
        m_zero = position;
    }
}

void RecordingTap::sent(audio::CodecKind codec, std::int64_t position,
                        std::span<const std::byte> payload)
{
    if (m_begun) {
        FeedRecord record;
        record.recording = m_recording;
        record.kind = FeedRecord::Kind::Sent;
        record.codec = codec;
        record.position = position - m_zero;
        m_feed.put(record, payload);
    }
}

void RecordingTap::received(audio::CodecKind codec, const rtp::RtpHeader& header,
                            base::TimePoint at, std::span<const std::byte> payload)
{
    if (m_begun && !payload.empty()) {
        FeedRecord record;
        record.recording = m_recording;
        record.kind = FeedRecord::Kind::Received;
        record.codec = codec;
        record.sequence = header.sequence;
        record.timestamp = header.timestamp;
        record.ssrc = header.ssrc;
        record.at = at;
        m_feed.put(record, payload);
    }
}

void RecordingTap::other(const rtp::RtpHeader& header, base::TimePoint at)
{
    if (m_begun) {
        FeedRecord record;
        record.recording = m_recording;
        record.kind = FeedRecord::Kind::Other;
        record.sequence = header.sequence;
        record.timestamp = header.timestamp;
        record.ssrc = header.ssrc;
        record.at = at;
        m_feed.put(record);
    }
}

std::uint32_t RecordingTap::stop()
{
    m_begun = false;
    return std::exchange(m_recording, 0);
}

} // namespace hs::media
