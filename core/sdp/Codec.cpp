#include "sdp/Codec.h"

#include "base/Text.h"

#include <array>

namespace hs::sdp {

std::optional<Codec> Codec::ofStaticType(int payloadType)
{
    switch (payloadType) {
    case 0:
        return Codec{QByteArrayLiteral("PCMU"), 8000, 1, 0};
    case 8:
        return Codec{QByteArrayLiteral("PCMA"), 8000, 1, 8};
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

bool Codec::isSameEncoding(const Codec& other) const
{
    return clockRate == other.clockRate && channels == other.channels
        && base::equalsIgnoreCase(name, other.name);
}

} // namespace hs::sdp
