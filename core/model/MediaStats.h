// MediaStats: what a call's media did so far, as numbers with their units in the name; turned into
// words where they are shown. Thread: a value.
#pragma once

#include <QtGlobal>

namespace hs::model {

struct MediaStats {
    quint64 packetsSent = 0;
    quint64 packetsReceived = 0; // accepted from the far end
    quint64 packetsLost = 0; // RFC 3550 A.3, never below 0
    quint64 packetsDiscarded = 0; // came too late to be played, or twice
    quint64 packetsForeign = 0; // from a source that is not the far end's
    quint32 jitterUs = 0; // RFC 3550 6.4.1, interarrival
    // Of the far end's packets: since the last RTCP report of ours; once the call has ended, of all.
    quint32 lossPermille = 0;
    // What the far end reports of ours (RTCP RR); -1 where it never did.
    qint64 remoteLost = -1;
    qint32 remoteLossPermille = -1;
    qint32 remoteJitterUs = -1;
    qint32 roundTripUs = -1;
    // Peak of the last second or so, 0..32767.
    quint16 peakReceived = 0;
    quint16 peakSent = 0;

    friend bool operator==(const MediaStats&, const MediaStats&) = default;
};

} // namespace hs::model
