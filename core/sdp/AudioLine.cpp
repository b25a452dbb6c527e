#include "sdp/AudioLine.h"

#include "sdp/Attributes.h"
#include "sdp/PayloadTypes.h"

#include <algorithm>

namespace hs::sdp {

namespace {
constexpr int usualClock = TelephoneEvents::usualClock;

QByteArray parametersOf(const Codec& codec)
{
    return TelephoneEvents::isOne(codec) ? QByteArrayLiteral("0-16")
        : codec.isOpus()                 ? codec.opus.toBytes()
                                         : QByteArray();
}
} // namespace

bool isSpeech(const Codec& codec)
{
    return !TelephoneEvents::isOne(codec) && !codec.isComfortNoise();
}

QList<Codec> listed(const LocalMedia& local)
{
    QList<Codec> result = local.codecs;
    QList<int> clocks;
    for (const Codec& codec : local.codecs) {
        if (!clocks.contains(codec.clockRate)) {
            clocks.append(codec.clockRate);
        }
    }
    if (local.noiseType && clocks.contains(usualClock)) {
        result.append(Codec{QByteArrayLiteral("CN"), usualClock, 1, *local.noiseType});
    }
    if (!local.eventType) {
        return result;
    }
    if (!clocks.contains(usualClock)) {
        clocks.append(usualClock); // many know no other digits, whatever the codec
    }
    int next = *local.eventType;
    for (const int clock : clocks) {
        int number = *local.eventType;
        if (clock != usualClock) {
            do {
                next = next < 127 ? next + 1 : 96;
            } while (hasPayloadType(result, next));
            number = next;
        }
        result.append(TelephoneEvents::encoding(number, clock));
    }
    return result;
}

MediaDescription audioLine(const LocalMedia& local, const QList<Codec>& codecs, Direction direction)
{
    MediaDescription media;
    media.type = QByteArrayLiteral("audio");
    media.port = local.port;
    media.protocol = QByteArrayLiteral("RTP/AVP");
    for (const Codec& codec : codecs) {
        const QByteArray format = QByteArray::number(codec.payloadType);
        const QByteArray parameters = parametersOf(codec);
        media.formats.append(format);
        media.attributes.append(rtpmapOf(codec));
        if (!parameters.isEmpty()) {
            media.attributes.append({QByteArrayLiteral("fmtp"), format + ' ' + parameters});
        }
    }
    media.attributes.append({QByteArrayLiteral("ptime"), QByteArray::number(local.ptimeMs)});
    media.attributes.append(attributeOf(direction));
    return media;
}

MediaDescription refusedLine(const MediaDescription& offered)
{
    MediaDescription media;
    media.type = offered.type;
    media.protocol = offered.protocol;
    // A format must stand there all the same.
    media.formats = offered.formats.isEmpty() ? QList<QByteArray>{QByteArrayLiteral("0")}
                                              : offered.formats.first(1);
    return media;
}

} // namespace hs::sdp
