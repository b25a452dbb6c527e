#include "sdp/Codec.h"

#include "base/Text.h"

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

bool Codec::isSameEncoding(const Codec& other) const
{
    return clockRate == other.clockRate && channels == other.channels
        && base::equalsIgnoreCase(name, other.name);
}

} // namespace hs::sdp
