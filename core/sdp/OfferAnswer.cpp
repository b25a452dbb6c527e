#include "sdp/OfferAnswer.h"

#include "base/Text.h"
#include "sdp/AudioLine.h"
#include "sdp/RemoteAudio.h"

#include <algorithm>
#include <functional>

namespace hs::sdp {

namespace {
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

// The place of an encoding in a list that has it.
qsizetype placeIn(const QList<Codec>& list, const Codec& codec)
{
    const auto found = std::find_if(
        list.begin(), list.end(), [&codec](const Codec& one) { return one.isSameEncoding(codec); });
    return found - list.begin();
}

QList<Codec> inOrderOf(const QList<Codec>& ours, QList<Codec> common)
{
    std::stable_sort(common.begin(), common.end(), [&ours](const Codec& a, const Codec& b) {
        return placeIn(ours, a) < placeIn(ours, b);
    });
    return common;
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
        if (local.ownOrderFirst) {
            common = inOrderOf(ours, common);
        }
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
    result.packetMs = remote.packetMs(result.codec);
    // RFC 3264 6.1: we send only where the far end receives, and the other way round.
    result.direction = directionOf(sends(wanted) && receives(remote.direction),
                                   receives(wanted) && sends(remote.direction));
    result.remoteOnHold = !receives(remote.direction);
    return result;
}

// Our number for what goes beside a codec of this clock.
template <class Predicate>
std::optional<int> numberIn(const QList<Codec>& codecs, int clockRate, Predicate isOne)
{
    const auto found = std::find_if(codecs.begin(), codecs.end(), [&](const Codec& codec) {
        return codec.clockRate == clockRate && isOne(codec);
    });
    return found == codecs.end() ? std::nullopt : std::optional(found->payloadType);
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
QList<int> bothNumbers(const Negotiated& media, std::optional<int> ours, std::optional<int> theirs)
{
    if (!ours || !theirs) {
        return {};
    }
    const bool isOne = *theirs == *ours || hasPayloadType(media.receivable, *theirs);
    return isOne ? QList<int>{*ours} : QList<int>{*ours, *theirs};
}

// `ours`: our number for those of a clock.
template <class Numbers>
void receiveEvents(Negotiated& media, const RemoteAudio& remote, const Numbers& ours)
{
    if (!media.events) {
        return;
    }
    TelephoneEvents& events = *media.events;
    const int other = events.otherClockRate();
    events.receivePayloadTypes = bothNumbers(media, ours(events.clockRate), events.sendPayloadType);
    events.otherPayloadTypes = bothNumbers(media, ours(other), remote.eventType(other));
    if (events.receivePayloadTypes.isEmpty()) {
        media.events.reset();
    }
}

// What our answer says: their number and name for the codec, and what we would like of it.
Codec inOurWords(const Codec& theirs, const QList<Codec>& ours)
{
    const Codec& own = ours.at(placeIn(ours, theirs));
    return Codec{theirs.name, own.clockRate, own.channels, theirs.payloadType, own.opus};
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
    if (!m_current) {
        return;
    }
    // Counted from what the far end has last taken, which need not be what was agreed: an offer
    // that was rejected leaves no gap (RFC 3264 8).
    const quint64 agreed = m_current->sdp.origin.version;
    if (m_versionTaken > agreed || !(sdp == m_current->sdp)) {
        sdp.origin.version = std::max(m_versionTaken, agreed) + 1;
    }
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
    m_versionTaken = std::max(m_versionTaken, m_offer->sdp.origin.version);
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
                 isSpeech);
    const QList<Codec> common = remote->commonWith(offered);
    if (common.isEmpty()) {
        return Refusal{488,
                       QStringLiteral("the answer has no codec that was offered: they answer %1; "
                                      "we offered %2")
                           .arg(remote->words(), wordsOf(offered))};
    }
    Negotiated result = negotiate(*remote, common, m_offer->direction);
    result.receivable = receivableOf(offered, common);
    const int clockRate = result.codec.clockRate;
    receiveEvents(result, *remote, [this](int clock) {
        return numberIn(m_offer->codecs, clock, TelephoneEvents::isOne);
    });
    result.noisePayloadTypes = bothNumbers(
        result, numberIn(m_offer->codecs, clockRate, std::mem_fn(&Codec::isComfortNoise)),
        remote->noiseType(clockRate));
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
    QList<Codec> answered{inOurWords(media.codec, local.codecs)};
    const std::optional<int> noise =
        local.noiseType ? choice->audio.noiseType(media.codec.clockRate) : std::nullopt;
    if (noise) {
        media.noisePayloadTypes = {*noise};
        answered.append(Codec{QByteArrayLiteral("CN"), media.codec.clockRate, 1, *noise});
    }
    if (media.events) {
        // RFC 3264 6.1: under the offerer's number both ways.
        receiveEvents(media, choice->audio,
                      [&](int clock) { return choice->audio.eventType(clock); });
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
    m_payloadTypes.remember(answered);
    m_current = std::move(answer);
    m_offer.reset();
    m_agreed = media;
    m_state = State::Stable;
    return Answer{bytes, media};
}

} // namespace hs::sdp
