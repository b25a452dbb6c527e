#include "sdp/Codec.h"

#include "base/Text.h"

#include <array>

namespace hs::sdp {

namespace {
constexpr int opusClock = 48000; // RFC 7587 4.1: whatever it carries
constexpr int opusChannels = 2; // RFC 7587 7: always so in a=rtpmap
constexpr int opusPayloadType = 96;
} // namespace

std::optional<Codec> Codec::named(QByteArrayView name)
{
    for (const int payloadType : {0, 8, 9}) {
        std::optional<Codec> codec = ofStaticType(payloadType);
        if (codec && base::equalsIgnoreCase(codec->name, name)) {
            return codec;
        }
    }
    Codec opus{QByteArrayLiteral("opus"), opusClock, opusChannels, opusPayloadType};
    opus.opus.inBandFec = true;
    return base::equalsIgnoreCase(opus.name, name) ? std::optional(opus) : std::nullopt;
}

std::optional<Codec> Codec::ofStaticType(int payloadType)
{
    switch (payloadType) {
    case 0:
        return Codec{QByteArrayLiteral("PCMU"), 8000, 1, 0};
    case 8:
        return Codec{QByteArrayLiteral("PCMA"), 8000, 1, 8};
    case 9: // RFC 3551 4.5.2: 8000 by mistake, and so for ever; it samples at 16000
        return Codec{QByteArrayLiteral("G722"), 8000, 1, 9};
    case 13:
        return Codec{QByteArrayLiteral("CN"), 8000, 1, 13};
    default:
        return std::nullopt;
    }
}

QByteArray Codec::nameOfStaticType(int payloadType)
{
    // RFC 3551 table 4; null where it has nothing (any more).
    static constexpr std::array<const char*, 19> names{
        "PCMU", nullptr, nullptr, "GSM", "G723", "DVI4", "DVI4", "LPC",  "PCMA", "G722",
        "L16",  "L16",   "QCELP", "CN",  "MPA",  "G728", "DVI4", "DVI4", "G729"};
    const auto index = static_cast<std::size_t>(payloadType);
    return payloadType >= 0 && index < names.size() ? QByteArray(names[index]) : QByteArray();
}

bool Codec::isOpus() const
{
    return clockRate == opusClock && base::equalsIgnoreCase(name, "opus");
}

bool Codec::isComfortNoise() const
{
    return base::equalsIgnoreCase(name, "CN");
}

bool Codec::isSameEncoding(const Codec& other) const
{
    // Opus has two channels in SDP (RFC 7587 7); who forgets them means no other encoding.
    return clockRate == other.clockRate && base::equalsIgnoreCase(name, other.name)
        && (channels == other.channels || isOpus());
}

} // namespace hs::sdp
