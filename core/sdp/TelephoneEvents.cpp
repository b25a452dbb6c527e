#include "sdp/TelephoneEvents.h"

#include "base/Text.h"

#include <algorithm>

namespace hs::sdp {

Codec TelephoneEvents::encoding(int payloadType, int clockRate)
{
    return Codec{QByteArrayLiteral("telephone-event"), clockRate, 1, payloadType};
}

bool TelephoneEvents::isOne(const Codec& codec)
{
    return base::equalsIgnoreCase(codec.name, "telephone-event");
}

std::optional<quint32> TelephoneEvents::parseEvents(QByteArrayView list)
{
    constexpr quint32 highest = 255;
    constexpr quint32 counted = 31;
    quint32 result = 0;
    if (base::trimmed(list).isEmpty()) {
        return std::nullopt;
    }
    for (QByteArrayView rest = list; !rest.isNull();) {
        const qsizetype comma = rest.indexOf(',');
        const QByteArrayView range = base::trimmed(comma < 0 ? rest : rest.first(comma));
        rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
        const qsizetype dash = range.indexOf('-');
        const auto from = base::parseU32(base::trimmed(dash < 0 ? range : range.first(dash)));
        const auto to = dash < 0 ? from : base::parseU32(base::trimmed(range.sliced(dash + 1)));
        if (!from || !to || *from > *to || *to > highest) {
            return std::nullopt;
        }
        for (quint32 event = *from; event <= std::min(*to, counted); ++event) {
            result |= 1U << event;
        }
    }
    return result;
}

} // namespace hs::sdp
