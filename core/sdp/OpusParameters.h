// OpusParameters: what one end says of the Opus that it would like to receive (a=fmtp, RFC 7587
// 6.1): nothing of it is negotiated, each end tells the other (7.1). Thread: a value.
#pragma once

#include <QByteArray>

#include <optional>

namespace hs::sdp {

struct OpusParameters {
    static constexpr int fullBand = 48000;

    int maxPlaybackRate = fullBand; // Hz, 8000..48000
    int maxAverageBitRate = 0; // bit/s, 6000..510000; 0: any
    bool stereo = false; // is preferred; may come in any case
    bool constantBitRate = false;
    bool inBandFec = false; // is of use
    bool dtx = false; // is preferred
    // Their place is a=ptime and a=maxptime; some write them here, as in other protocols.
    std::optional<int> packetMs;
    std::optional<int> maxPacketMs;

    // The text behind the format in a=fmtp. What is unknown or out of range is left out.
    static OpusParameters parse(QByteArrayView parameters);
    // What is not the default; empty if all is. Without the packet times.
    QByteArray toBytes() const;

    friend bool operator==(const OpusParameters&, const OpusParameters&) = default;
};

} // namespace hs::sdp
