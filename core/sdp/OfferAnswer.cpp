#include "sdp/OfferAnswer.h"

#include "base/Text.h"
#include "sdp/Attributes.h"
#include "sdp/RemoteAudio.h"

#include <algorithm>

namespace hs::sdp {

namespace {
MediaDescription audioLine(const LocalMedia& local, const QList<Codec>& codecs, Direction direction)
{
    MediaDescription media;
    media.type = QByteArrayLiteral("audio");
    media.port = local.port;
    media.protocol = QByteArrayLiteral("RTP/AVP");
    for (const Codec& codec : codecs) {
        const QByteArray format = QByteArray::number(codec.payloadType);
        media.formats.append(format);
        media.attributes.append(rtpmapOf(codec));
        if (TelephoneEvents::isOne(codec)) {
            media.attributes.append({QByteArrayLiteral("fmtp"), format + " 0-16"});
        }
    }
    media.attributes.append({QByteArrayLiteral("ptime"), QByteArray::number(local.ptimeMs)});
    media.attributes.append(attributeOf(direction));
    return media;
}

// RFC 3264 6: a refused stream keeps its place, with port 0; a format must stand there all the
// same.
MediaDescription refusedLine(const MediaDescription& offered)
{
    MediaDescription media;
    media.type = offered.type;
    media.protocol = offered.protocol;
    media.formats = offered.formats.isEmpty() ? QList<QByteArray>{QByteArrayLiteral("0")}
                                              : offered.formats.first(1);
    return media;
}

base::Result<SessionDescription, Refusal> parse(QByteArrayView text)
{
    auto parsed = SessionDescription::parse(text);
    if (!parsed) {
        return Refusal{400, parsed.error().toString()};
    }
    return std::move(parsed).value();
}

QString wordsOf(const QList<Codec>& codecs)
{
    QStringList names;
    for (const Codec& codec : codecs) {
        names.append(QString::fromLatin1(codec.name));
    }
    return names.join(QStringLiteral(", "));
}

// What our description lists: the codecs, and the number for digits behind them.
QList<Codec> listed(const LocalMedia& local)
{
    QList<Codec> result = local.codecs;
    if (local.eventType) {
        result.append(TelephoneEvents::encoding(*local.eventType));
    }
    return result;
}

struct Choice {
    qsizetype index = 0;
    RemoteAudio audio;
    QList<Codec> common;
};

// A socket of one family reaches no address of the other.
bool isReachable(const RemoteAudio& remote, base::IpAddress::Family ours)
{
    const base::IpAddress& address = remote.rtp.address();
    return address.isNull() || address.isAny() || address.family() == ours;
}

Refusal otherFamily(const RemoteAudio& remote)
{
    return Refusal{488,
                   QStringLiteral("the address of the audio, %1, is not of this call's family "
                                  "(IPv4 or IPv6)")
                       .arg(QString::fromLatin1(remote.rtp.address().toString()))};
}

// The first audio stream that can be taken, or why the last one looked at can't.
base::Result<Choice, Refusal> choose(const SessionDescription& offer, const LocalMedia& local)
{
    const QList<Codec>& ours = local.codecs;
    Refusal refusal{488, QStringLiteral("the offer has no audio stream")};
    for (qsizetype i = 0; i < offer.media.size(); ++i) {
        if (!base::equalsIgnoreCase(offer.media.at(i).type, "audio")) {
            continue;
        }
        const base::Result<RemoteAudio, Refusal> audio = RemoteAudio::read(offer, i);
        if (!audio) {
            refusal = audio.error();
            continue;
        }
        if (!isReachable(*audio, local.address.family())) {
            refusal = otherFamily(*audio);
            continue;
        }
        QList<Codec> common = audio->commonWith(ours);
        if (!common.isEmpty()) {
            return Choice{i, *audio, std::move(common)};
        }
        refusal = Refusal{488,
                          QStringLiteral("the offer has no codec of ours: they offer %1; we have "
                                         "%2")
                              .arg(audio->words(), wordsOf(ours))};
    }
    return refusal;
}

Negotiated negotiate(const RemoteAudio& remote, const QList<Codec>& common, Direction wanted)
{
    Negotiated result;
    result.codec = common.first();
    result.sendPayloadType = result.codec.payloadType;
    result.receivable = common;
    result.events = remote.events(result.codec.clockRate);
    result.remoteRtp = remote.rtp;
    result.remoteRtcp = remote.rtcp;
    result.packetMs = remote.packetMs;
    // RFC 3264 6.1: we send only where the far end receives, and the other way round.
    result.direction = directionOf(sends(wanted) && receives(remote.direction),
                                   receives(wanted) && sends(remote.direction));
    result.remoteOnHold = !receives(remote.direction);
    return result;
}

std::optional<int> eventTypeIn(const QList<Codec>& codecs)
{
    const auto found = std::find_if(codecs.begin(), codecs.end(), TelephoneEvents::isOne);
    return found == codecs.end() ? std::nullopt : std::optional(found->payloadType);
}

bool hasPayloadType(const QList<Codec>& codecs, int payloadType)
{
    return std::any_of(codecs.begin(), codecs.end(), [payloadType](const Codec& codec) {
        return codec.payloadType == payloadType;
    });
}

// The far end sends under our numbers (RFC 3264 6.1); where its own differ, some send under those.
QList<Codec> receivableOf(const QList<Codec>& offered, const QList<Codec>& common)
{
    QList<Codec> receivable;
    for (const Codec& own : offered) {
        const bool isCommon = std::any_of(common.begin(), common.end(), [&own](const Codec& codec) {
            return codec.isSameEncoding(own);
        });
        if (isCommon) {
            receivable.append(own);
        }
    }
    for (const Codec& codec : common) {
        if (!hasPayloadType(receivable, codec.payloadType)) {
            receivable.append(codec);
        }
    }
    return receivable;
}

// Under our number, and, as with codecs, under theirs where it differs and means nothing else.
void receiveEvents(Negotiated& media, std::optional<int> ours)
{
    if (!ours) {
        media.events.reset();
    }
    if (!media.events) {
        return;
    }
    media.events->receivePayloadTypes = {*ours};
    const int theirs = media.events->sendPayloadType;
    if (theirs != *ours && !hasPayloadType(media.receivable, theirs)) {
        media.events->receivePayloadTypes.append(theirs);
    }
}
} // namespace

OfferAnswer::OfferAnswer(QByteArray username, quint64 sessionId)
    : m_username(std::move(username))
    , m_sessionId(sessionId)
{
}

SessionDescription OfferAnswer::frame(const LocalMedia& local) const
{
    SessionDescription sdp;
    const Connection connection = Connection::of(local.address);
    sdp.origin = Origin{m_username, m_sessionId, 1, connection.host};
    if (m_current) {
        // RFC 3264 8: but for the version, o= stays as it was, even when our address has changed.
        sdp.origin = m_current->sdp.origin;
    }
    sdp.connection = connection;
    sdp.times = {Timing{}};
    return sdp;
}

void OfferAnswer::setVersion(SessionDescription& sdp) const
{
    if (m_current && !(sdp == m_current->sdp)) {
        // Counted from what was agreed: an offer that was rejected leaves no gap (RFC 3264 8).
        sdp.origin.version = m_current->sdp.origin.version + 1;
    }
}

// RFC 3264 8.3.2: a payload type that stands for an encoding does so for the whole session. An
// encoding of which we already speak keeps its number; another one must not take it away.
QList<Codec> OfferAnswer::numbered(const QList<Codec>& codecs) const
{
    QList<Codec> used = m_agreed ? m_agreed->receivable : QList<Codec>();
    if (m_agreed && m_agreed->events) {
        for (const int number : m_agreed->events->receivePayloadTypes) {
            used.append(TelephoneEvents::encoding(number, m_agreed->events->clockRate));
        }
    }
    QList<Codec> result = codecs;
    for (Codec& codec : result) {
        const auto known = std::find_if(used.begin(), used.end(), [&codec](const Codec& earlier) {
            return earlier.isSameEncoding(codec);
        });
        if (known != used.end()) {
            codec.payloadType = known->payloadType;
            continue;
        }
        for (int number = 127; number >= 96 && hasPayloadType(used, codec.payloadType); --number) {
            if (!hasPayloadType(used, number) && !hasPayloadType(result, number)) {
                codec.payloadType = number;
            }
        }
    }
    return result;
}

QByteArray OfferAnswer::createOffer(const LocalMedia& local, Direction wanted)
{
    LocalDescription offer{frame(local), 0, numbered(listed(local)), wanted};
    const MediaDescription audio = audioLine(local, offer.codecs, wanted);
    if (m_current) {
        // RFC 3264 8: never fewer m= lines than before, each in its place.
        offer.audio = m_current->audio;
        for (const MediaDescription& line : m_current->sdp.media) {
            offer.sdp.media.append(refusedLine(line));
        }
        offer.sdp.media[offer.audio] = audio;
    } else {
        offer.sdp.media.append(audio);
    }
    setVersion(offer.sdp);
    m_offer = std::move(offer);
    m_repeats = false;
    m_state = State::LocalOfferSent;
    return m_offer->sdp.toBytes();
}

QByteArray OfferAnswer::repeatOffer()
{
    m_offer = m_current;
    m_repeats = true;
    m_state = State::LocalOfferSent;
    return m_offer->sdp.toBytes();
}

// To an offer that changes nothing: what an answer of ours said less of than we do stays.
void OfferAnswer::keepWhatWasAgreed(Negotiated& media) const
{
    for (const Codec& codec : m_agreed->receivable) {
        if (!hasPayloadType(media.receivable, codec.payloadType)) {
            media.receivable.append(codec);
        }
    }
    if (!sends(m_offer->direction)) { // else the answer says it
        media.remoteOnHold = m_agreed->remoteOnHold;
    }
}

base::Result<Negotiated, Refusal> OfferAnswer::acceptAnswer(QByteArrayView text)
{
    if (!m_offer) {
        return Refusal{400, QStringLiteral("an SDP answer came, but no offer of ours is open")};
    }
    const base::Result<SessionDescription, Refusal> answer = parse(text);
    if (!answer) {
        return answer.error();
    }
    if (answer->media.size() <= m_offer->audio) {
        return Refusal{488,
                       QStringLiteral("the answer has %1 m= lines; the offer had %2")
                           .arg(answer->media.size())
                           .arg(m_offer->sdp.media.size())};
    }
    const base::Result<RemoteAudio, Refusal> remote = RemoteAudio::read(*answer, m_offer->audio);
    if (!remote) {
        return remote.error();
    }
    if (!isReachable(*remote, m_offer->sdp.connection->address.family())) {
        return otherFamily(*remote);
    }
    QList<Codec> offered;
    std::copy_if(m_offer->codecs.begin(), m_offer->codecs.end(), std::back_inserter(offered),
                 [](const Codec& codec) { return !TelephoneEvents::isOne(codec); });
    const QList<Codec> common = remote->commonWith(offered);
    if (common.isEmpty()) {
        return Refusal{488,
                       QStringLiteral("the answer has no codec that was offered: they answer %1; "
                                      "we offered %2")
                           .arg(remote->words(), wordsOf(offered))};
    }
    Negotiated result = negotiate(*remote, common, m_offer->direction);
    result.receivable = receivableOf(offered, common);
    receiveEvents(result, eventTypeIn(m_offer->codecs));
    // A far end that can't receive because we don't send has not put us on hold.
    result.remoteOnHold = result.remoteOnHold && sends(m_offer->direction);
    if (m_repeats) {
        keepWhatWasAgreed(result);
    }
    m_current = m_offer;
    m_agreed = result;
    m_state = State::Stable;
    return result;
}

void OfferAnswer::offerTaken()
{
    if (m_offer && m_agreed) {
        m_current = m_offer; // whose version the far end has seen and counts from
        m_agreed->direction = Direction::Inactive;
        m_state = State::Stable;
    }
}

void OfferAnswer::offerRejected()
{
    m_offer.reset();
    m_state = m_current ? State::Stable : State::Idle;
}

base::Result<OfferAnswer::Answer, Refusal>
OfferAnswer::answer(QByteArrayView text, const LocalMedia& local, Direction wanted)
{
    if (m_state == State::LocalOfferSent) {
        return Refusal{491, QStringLiteral("an offer came while one of ours is open")};
    }
    const base::Result<SessionDescription, Refusal> offer = parse(text);
    if (!offer) {
        return offer.error();
    }
    const base::Result<Choice, Refusal> choice = choose(*offer, local);
    if (!choice) {
        return choice.error();
    }
    Negotiated media = negotiate(choice->audio, choice->common, wanted);
    if (!local.eventType) {
        media.events.reset();
    }
    QList<Codec> answered{media.codec};
    if (media.events) {
        // RFC 3264 6.1: under the offerer's number both ways.
        receiveEvents(media, media.events->sendPayloadType);
        answered.append(
            TelephoneEvents::encoding(media.events->sendPayloadType, media.events->clockRate));
    }
    // One codec alone, so that the far end does not change it in mid-stream; what both have listed
    // is received all the same.
    LocalDescription answer{frame(local), choice->index, answered, media.direction};
    answer.sdp.times = offer->times; // RFC 3264 6: as in the offer
    for (const MediaDescription& line : offer->media) {
        answer.sdp.media.append(refusedLine(line));
    }
    answer.sdp.media[choice->index] = audioLine(local, answered, media.direction);
    setVersion(answer.sdp);
    const QByteArray bytes = answer.sdp.toBytes();
    m_current = std::move(answer);
    m_offer.reset();
    m_agreed = media;
    m_state = State::Stable;
    return Answer{bytes, media};
}

} // namespace hs::sdp
