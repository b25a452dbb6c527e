#include "sdp/RemoteAudio.h"

#include "base/Text.h"
#include "sdp/Attributes.h"

#include <algorithm>
#include <array>

namespace hs::sdp {

namespace {
Refusal refuse(int sipCode, const QString& text)
{
    return Refusal{sipCode, text};
}

QList<Codec> codecsOf(const MediaDescription& media)
{
    std::array<std::optional<Codec>, 128> mapped;
    for (const Attribute& attribute : media.attributes) {
        if (!base::equalsIgnoreCase(attribute.name, "rtpmap")) {
            continue;
        }
        const std::optional<Codec> codec = parseRtpmap(attribute.value);
        if (codec && !mapped[static_cast<std::size_t>(codec->payloadType)]) {
            mapped[static_cast<std::size_t>(codec->payloadType)] = codec;
        }
    }
    QList<Codec> result;
    for (const QByteArray& format : media.formats) {
        const std::optional<int> payloadType = parsePayloadType(format);
        if (!payloadType) {
            continue;
        }
        const std::optional<Codec>& explicitly = mapped[static_cast<std::size_t>(*payloadType)];
        const std::optional<Codec> codec =
            explicitly ? explicitly : Codec::ofStaticType(*payloadType);
        const bool isKnown = std::any_of(result.begin(), result.end(), [&](const Codec& earlier) {
            return earlier.payloadType == *payloadType;
        });
        if (codec && !isKnown) {
            result.append(*codec);
        }
    }
    return result;
}

QList<Fmtp> parametersOf(const MediaDescription& media)
{
    QList<Fmtp> result;
    for (const Attribute& attribute : media.attributes) {
        if (base::equalsIgnoreCase(attribute.name, "fmtp")) {
            if (std::optional<Fmtp> one = Fmtp::parse(attribute.value)) {
                result.append(std::move(*one));
            }
        }
    }
    return result;
}

// The first one's; empty for none.
QByteArrayView textFor(const QList<Fmtp>& parameters, int payloadType)
{
    const QByteArray format = QByteArray::number(payloadType);
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&format](const Fmtp& fmtp) { return fmtp.format == format; });
    return found == parameters.end() ? QByteArrayView() : QByteArrayView(found->parameters);
}

QList<QByteArray> namesOf(const MediaDescription& media, const QList<Codec>& codecs)
{
    QList<QByteArray> result;
    for (const QByteArray& format : media.formats) {
        const std::optional<int> payloadType = parsePayloadType(format);
        const auto codec = std::find_if(codecs.begin(), codecs.end(), [&](const Codec& one) {
            return one.payloadType == payloadType;
        });
        QByteArray name = codec != codecs.end() ? codec->name
            : payloadType                       ? Codec::nameOfStaticType(*payloadType)
                                                : QByteArray();
        if (name.isNull()) {
            name = "type " + format;
        }
        const bool isSpeech =
            !base::equalsIgnoreCase(name, "telephone-event") && !base::equalsIgnoreCase(name, "CN");
        if (isSpeech && !result.contains(name)) {
            result.append(name);
        }
    }
    return result;
}

// RFC 3605: a port, perhaps an address, of its own; otherwise RFC 3550 11: the next higher port.
base::Endpoint rtcpOf(const MediaDescription& media, const base::Endpoint& rtp)
{
    const Attribute* attribute = media.findAttribute("rtcp");
    const std::optional<RtcpAttribute> rtcp =
        attribute ? RtcpAttribute::parse(attribute->value) : std::nullopt;
    if (!rtcp) {
        return rtp.port() == 65535
            ? base::Endpoint()
            : base::Endpoint(rtp.address(), static_cast<quint16>(rtp.port() + 1));
    }
    base::IpAddress address = rtp.address();
    if (rtcp->address && !rtcp->address->isNull()) {
        address = *rtcp->address;
    }
    if (rtcp->port == 0 || address.isAny() || address.isMulticastOrBroadcast()) {
        return {};
    }
    return {address, rtcp->port};
}
} // namespace

base::Result<RemoteAudio, Refusal> RemoteAudio::read(const SessionDescription& session,
                                                     qsizetype index)
{
    const MediaDescription& media = session.media.at(index);
    if (!base::equalsIgnoreCase(media.type, "audio")) {
        return refuse(488,
                      QStringLiteral("the stream is %1, not audio")
                          .arg(base::printable(QByteArrayView(media.type), 30)));
    }
    if (media.port == 0) {
        return refuse(488, QStringLiteral("the audio stream is switched off (port 0)"));
    }
    if (!base::equalsIgnoreCase(media.protocol, "RTP/AVP")) {
        return refuse(488,
                      QStringLiteral("the audio stream is %1; only RTP/AVP is spoken")
                          .arg(base::printable(QByteArrayView(media.protocol), 30)));
    }
    const Connection* connection = session.connectionOf(media);
    if (!connection) {
        return refuse(400, QStringLiteral("SDP: the audio stream has no c= line"));
    }
    if (connection->address.isNull()) {
        return refuse(488,
                      QStringLiteral("c= names the host '%1'; only IP addresses are taken")
                          .arg(base::printable(QByteArrayView(connection->host), 60)));
    }
    // Media to a group that a stranger names would make us its amplifier.
    if (connection->address.isMulticastOrBroadcast()) {
        return refuse(488,
                      QStringLiteral("c= is the multicast or broadcast address %1")
                          .arg(base::printable(QByteArrayView(connection->host), 60)));
    }
    RemoteAudio result;
    result.codecs = codecsOf(media);
    result.parameters = parametersOf(media);
    for (Codec& codec : result.codecs) {
        if (codec.isOpus()) {
            codec.opus = OpusParameters::parse(textFor(result.parameters, codec.payloadType));
        }
    }
    result.offered = namesOf(media, result.codecs);
    result.ptimeMs = packetTime(session, media);
    result.maxPtimeMs = maxPacketTime(session, media);
    result.direction = sdp::direction(session, media);
    if (connection->address.isAny()) {
        // RFC 3264 8.4: the old hold. The peer may send, but neither RTP nor RTCP goes there.
        result.direction = directionOf(sends(result.direction), false);
    } else {
        result.rtp = base::Endpoint(connection->address, media.port);
        result.rtcp = rtcpOf(media, result.rtp);
    }
    return result;
}

std::optional<int> RemoteAudio::eventType(int clockRate) const
{
    const auto own = std::find_if(codecs.begin(), codecs.end(), [clockRate](const Codec& codec) {
        return TelephoneEvents::isOne(codec) && codec.clockRate == clockRate && codec.channels == 1;
    });
    return own == codecs.end() ? std::nullopt : std::optional(own->payloadType);
}

std::optional<TelephoneEvents> RemoteAudio::events(int clockRate) const
{
    for (const int clock : {clockRate, TelephoneEvents::usualClock}) {
        if (const std::optional<int> type = eventType(clock)) {
            TelephoneEvents result;
            result.sendPayloadType = *type;
            result.clockRate = clock;
            // What can't be read is what some devices write for "all of them".
            result.accepted = TelephoneEvents::parseEvents(textFor(parameters, *type))
                                  .value_or(TelephoneEvents::digits);
            return result;
        }
    }
    return std::nullopt;
}

int RemoteAudio::packetMs(const Codec& codec) const
{
    constexpr int usual = 20; // RFC 3551 4.2
    constexpr int most = 60;
    const OpusParameters byDefault;
    const OpusParameters& own = codec.isOpus() ? codec.opus : byDefault;
    const int wanted = ptimeMs.value_or(own.packetMs.value_or(usual));
    const int sane = wanted >= 1 && wanted <= most ? wanted : usual;
    const int longest = std::min(maxPtimeMs.value_or(most), own.maxPacketMs.value_or(most));
    return longest >= 1 ? std::min(sane, longest) : sane;
}

std::optional<int> RemoteAudio::noiseType(int clockRate) const
{
    const auto own = std::find_if(codecs.begin(), codecs.end(), [clockRate](const Codec& codec) {
        return codec.isComfortNoise() && codec.clockRate == clockRate && codec.channels == 1;
    });
    return own == codecs.end() ? std::nullopt : std::optional(own->payloadType);
}

QString RemoteAudio::words() const
{
    constexpr qsizetype most = 8;
    QStringList names;
    for (const QByteArray& name : offered.first(std::min(most, offered.size()))) {
        names.append(base::printable(QByteArrayView(name), 24));
    }
    if (offered.size() > most) {
        names.append(QStringLiteral("%1 more").arg(offered.size() - most));
    }
    return names.isEmpty() ? QStringLiteral("no codec") : names.join(QStringLiteral(", "));
}

QList<Codec> RemoteAudio::commonWith(const QList<Codec>& ours) const
{
    QList<Codec> result;
    std::copy_if(
        codecs.begin(), codecs.end(), std::back_inserter(result), [&ours](const Codec& codec) {
            return std::any_of(ours.begin(), ours.end(),
                               [&codec](const Codec& own) { return own.isSameEncoding(codec); });
        });
    return result;
}

} // namespace hs::sdp
