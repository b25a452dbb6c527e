#include "sdp/OpusParameters.h"

#include "base/Text.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>

namespace hs::sdp {

namespace {
constexpr quint32 leastRate = 8000;
constexpr quint32 leastBitRate = 6000;
constexpr quint32 mostBitRate = 510000;
constexpr quint32 mostPacketMs = 120;

using Apply = void (*)(OpusParameters&, quint32);

template <bool OpusParameters::*Member>
void applySwitch(OpusParameters& parameters, quint32 value)
{
    if (value <= 1) {
        parameters.*Member = value == 1;
    }
}

template <std::optional<int> OpusParameters::*Member>
void applyTime(OpusParameters& parameters, quint32 value)
{
    if (value >= 1 && value <= mostPacketMs) {
        parameters.*Member = static_cast<int>(value);
    }
}

void applyRate(OpusParameters& parameters, quint32 value)
{
    if (value >= leastRate) {
        parameters.maxPlaybackRate =
            static_cast<int>(std::min(value, quint32(OpusParameters::fullBand)));
    }
}

void applyBitRate(OpusParameters& parameters, quint32 value)
{
    if (value >= leastBitRate) {
        parameters.maxAverageBitRate = static_cast<int>(std::min(value, mostBitRate));
    }
}

constexpr std::array<std::pair<const char*, Apply>, 8> known{{
    {"maxplaybackrate", applyRate},
    {"maxaveragebitrate", applyBitRate},
    {"stereo", applySwitch<&OpusParameters::stereo>},
    {"cbr", applySwitch<&OpusParameters::constantBitRate>},
    {"useinbandfec", applySwitch<&OpusParameters::inBandFec>},
    {"usedtx", applySwitch<&OpusParameters::dtx>},
    {"ptime", applyTime<&OpusParameters::packetMs>},
    {"maxptime", applyTime<&OpusParameters::maxPacketMs>},
}};
} // namespace

OpusParameters OpusParameters::parse(QByteArrayView parameters)
{
    OpusParameters result;
    for (QByteArrayView rest = parameters; !rest.isEmpty();) {
        const qsizetype end = rest.indexOf(';');
        const QByteArrayView one = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        const qsizetype equals = one.indexOf('=');
        const auto value =
            equals < 0 ? std::nullopt : base::parseU32(base::trimmed(one.sliced(equals + 1)));
        if (!value) {
            continue;
        }
        const QByteArrayView name = base::trimmed(one.first(equals));
        for (const auto& [knownName, apply] : known) {
            if (base::equalsIgnoreCase(name, knownName)) {
                apply(result, *value);
            }
        }
    }
    return result;
}

QByteArray OpusParameters::toBytes() const
{
    QByteArrayList words;
    const auto add = [&words](bool says, const char* name, int value) {
        if (says) {
            words.append(QByteArray(name) + '=' + QByteArray::number(value));
        }
    };
    add(maxPlaybackRate != fullBand, "maxplaybackrate", maxPlaybackRate);
    add(maxAverageBitRate != 0, "maxaveragebitrate", maxAverageBitRate);
    add(stereo, "stereo", 1);
    add(constantBitRate, "cbr", 1);
    add(inBandFec, "useinbandfec", 1);
    add(dtx, "usedtx", 1);
    return words.join(';');
}

} // namespace hs::sdp
