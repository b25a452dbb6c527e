// Codec: an RTP encoding in the words of SDP: name, clock rate, channels, and the payload type that
// stands for it on the wire of one session (0..127, -1 for none yet). RFC 8866 6.6, RFC 3551 6.
// Thread: a value.
#pragma once

#include "sdp/OpusParameters.h"

#include <QByteArray>

#include <optional>

namespace hs::sdp {

struct Codec {
    QByteArray name;
    int clockRate = 8000;
    int channels = 1;
    int payloadType = -1;
    OpusParameters opus{}; // of opus; what the end that lists it would like to receive

    // As our offers list it: "PCMA", "PCMU", "G722" or "opus", in any case.
    static std::optional<Codec> named(QByteArrayView name);

    // What a payload type means without an a=rtpmap line. Only those of RFC 3551 table 4 that this
    // program can speak or understand: 0 (PCMU), 8 (PCMA), 9 (G722) and 13 (CN).
    static std::optional<Codec> ofStaticType(int payloadType);

    // What it is called there, of all that RFC 3551 names for audio; null for other numbers.
    static QByteArray nameOfStaticType(int payloadType);

    bool isOpus() const;
    bool isComfortNoise() const; // RFC 3389: it is never the stream's codec

    // The same encoding whatever number it has: the name in any case, clock rate and channels.
    bool isSameEncoding(const Codec& other) const;

    friend bool operator==(const Codec&, const Codec&) = default;
};

} // namespace hs::sdp
