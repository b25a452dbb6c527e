// Codec: an RTP encoding in the words of SDP: name, clock rate, channels, and the payload type that
// stands for it on the wire of one session (0..127, -1 for none yet). RFC 8866 6.6, RFC 3551 6.
// Thread: a value.
#pragma once

#include <QByteArray>

#include <optional>

namespace hs::sdp {

struct Codec {
    QByteArray name;
    int clockRate = 8000;
    int channels = 1;
    int payloadType = -1;

    // What a payload type means without an a=rtpmap line. Only those of RFC 3551 table 4 that this
    // program can speak: 0 (PCMU) and 8 (PCMA).
    static std::optional<Codec> ofStaticType(int payloadType);

    // What it is called there, of all that RFC 3551 names for audio; null for other numbers.
    static QByteArray nameOfStaticType(int payloadType);

    // The same encoding whatever number it has: the name in any case, clock rate and channels.
    bool isSameEncoding(const Codec& other) const;

    friend bool operator==(const Codec&, const Codec&) = default;
};

} // namespace hs::sdp
