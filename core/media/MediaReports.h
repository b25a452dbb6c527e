// MediaReports: the ring through which the media loop tells the core thread what calls hear and how
// they do. Thread: see RecordRing; put() media, next() core.
#pragma once

#include "media/MediaParameters.h"
#include "media/RecordRing.h"
#include "model/MediaStats.h"

namespace hs::media {

struct MediaReport {
    enum class Kind : std::uint8_t {
        Packet, // payload: G.711 as it came
        Pcm, // payload: 160 samples
        FirstPacket,
        RemoteBye,
        Snapshot, // payload: a MediaSnapshot
        Digit, // payload: a DigitReport
    };
    std::uint32_t session = 0; // its number
    Kind kind = Kind::Packet;
    std::uint8_t payloadType = 0; // of Packet: 0 PCMU, 8 PCMA
};

struct DigitReport {
    char digit = 0; // '0'-'9', '*', '#', 'A'-'D', '!' for the hook flash
    bool isReceived = false; // else its sending begins
    DigitMethod method = DigitMethod::Rfc4733;
    std::int32_t durationMs = 0;
};

struct MediaSnapshot {
    model::MediaStats stats;
    base::Endpoint remoteMedia; // the source that is locked; null: none yet
    base::Endpoint foreignMedia; // another one that sends audio, which is not taken; null: none
};

using MediaReports = RecordRing<MediaReport>;

} // namespace hs::media
