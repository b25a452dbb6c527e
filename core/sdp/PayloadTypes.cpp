#include "sdp/PayloadTypes.h"

#include <algorithm>

namespace hs::sdp {

namespace {
constexpr int firstDynamic = 96; // RFC 3551 6
constexpr int lastDynamic = 127;
} // namespace

bool hasPayloadType(const QList<Codec>& codecs, int payloadType)
{
    return std::any_of(codecs.begin(), codecs.end(), [payloadType](const Codec& codec) {
        return codec.payloadType == payloadType;
    });
}

void PayloadTypes::remember(const QList<Codec>& codecs)
{
    for (const Codec& codec : codecs) {
        m_known.removeIf(
            [&codec](const Codec& earlier) { return earlier.payloadType == codec.payloadType; });
        m_known.append(codec);
    }
}

QList<Codec> PayloadTypes::numbered(const QList<Codec>& codecs, const QList<Codec>& agreed) const
{
    QList<Codec> used = agreed;
    std::copy_if(
        m_known.begin(), m_known.end(), std::back_inserter(used),
        [&agreed](const Codec& codec) { return !hasPayloadType(agreed, codec.payloadType); });
    QList<Codec> result = codecs;
    for (Codec& codec : result) {
        const auto known = std::find_if(used.begin(), used.end(), [&codec](const Codec& earlier) {
            return earlier.isSameEncoding(codec);
        });
        if (known != used.end()) {
            codec.payloadType = known->payloadType;
            continue;
        }
        for (int number = lastDynamic;
             number >= firstDynamic && hasPayloadType(used, codec.payloadType); --number) {
            if (!hasPayloadType(used, number) && !hasPayloadType(result, number)) {
                codec.payloadType = number;
            }
        }
    }
    return result;
}

} // namespace hs::sdp
