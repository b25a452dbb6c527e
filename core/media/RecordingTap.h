// RecordingTap: what one call gives to its recording: a zero, then each packet heard and sent, then
// an end. Thread: media, without allocation.
#pragma once

#include "media/RecordingFeed.h"
#include "rtp/RtpPacket.h"

namespace hs::media {

class RecordingTap {
public:
    explicit RecordingTap(RecordingFeed& feed)
        : m_feed(feed)
    {
    }

    // The slot that comes next becomes its zero.
    void start(std::uint32_t recording);
    // A slot of what we send begins; `position` is RtpSender's.
    void slot(std::int64_t position, base::TimePoint at);
    void sent(audio::CodecKind codec, std::int64_t position, std::span<const std::byte> payload);
    void received(audio::CodecKind codec, const rtp::RtpHeader& header, base::TimePoint at,
                  std::span<const std::byte> payload);
    // A packet of the same stream that is no audio.
    void other(const rtp::RtpHeader& header, base::TimePoint at);
    // No more packets. Returns what must be put into the feed as its end; 0: there is no recording.
    std::uint32_t stop();
    std::uint32_t recording() const { return m_recording; }

private:
    RecordingFeed& m_feed;
    std::uint32_t m_recording = 0; // 0: none
    bool m_begun = false;
    std::int64_t m_zero = 0;
};

} // namespace hs::media
