// RecordingFeed: the ring through which the media loop hands the disk thread what calls heard and
// said. Audio that finds it full is lost for the recording, which has silence there; Begin and End
// must be tried again. Thread: see RecordRing; put() media, next() disk.
#pragma once

#include "base/Clock.h"
#include "media/MediaParameters.h"
#include "media/RecordRing.h"

namespace hs::media {

struct FeedRecord {
    // Other: a packet of the stream that is no audio and whose number is not lost (RFC 4733).
    enum class Kind : std::uint8_t { Begin, Received, Other, Sent, End };
    std::uint32_t recording = 0;
    Kind kind = Kind::Begin;
    audio::CodecKind codec = audio::CodecKind::Pcma; // of Received and Sent
    std::uint16_t sequence = 0; // of Received and Other, as are the next two
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    // Begin: the recording's position 0; Received and Other: arrival; End: when it ended.
    base::TimePoint at{};
    std::int64_t position = 0; // of Sent, since Begin, in RtpSender's positions
};

using RecordingFeed = RecordRing<FeedRecord>;

} // namespace hs::media
