// The part of OfferAnswer that makes offers of ours, and knows what holds while one is open and
// where it comes to nothing.
#include "sdp/AudioLine.h"
#include "sdp/OfferAnswer.h"

#include <algorithm>

namespace hs::sdp {

// RFC 3264 8.3.2: a payload type that stands for an encoding does so for the whole session. An
// encoding of which we already speak keeps its number; another one must not take it away.
QList<Codec> OfferAnswer::numbered(const QList<Codec>& codecs) const
{
    QList<Codec> used = m_agreed ? m_agreed->receivable : QList<Codec>();
    if (m_agreed && m_agreed->events) {
        const TelephoneEvents& events = *m_agreed->events;
        for (const int number : events.receivePayloadTypes) {
            used.append(TelephoneEvents::encoding(number, events.clockRate));
        }
        for (const int number : events.otherPayloadTypes) {
            used.append(TelephoneEvents::encoding(number, events.otherClockRate()));
        }
    }
    for (const int number : m_agreed ? m_agreed->noisePayloadTypes : QList<int>()) {
        used.append(Codec{QByteArrayLiteral("CN"), m_agreed->codec.clockRate, 1, number});
    }
    return m_payloadTypes.numbered(codecs, used);
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
    m_payloadTypes.remember(offer.codecs);
    m_offer = std::move(offer);
    m_repeats = false;
    m_state = State::LocalOfferSent;
    return m_offer->sdp.toBytes();
}

QByteArray OfferAnswer::repeatOffer()
{
    m_offer = m_current;
    setVersion(m_offer->sdp);
    m_repeats = true;
    m_state = State::LocalOfferSent;
    return m_offer->sdp.toBytes();
}

std::optional<Negotiated> OfferAnswer::expected() const
{
    std::optional<Negotiated> media = m_agreed;
    if (!media || !m_offer || m_state != State::LocalOfferSent) {
        return media;
    }
    // To be ready for more costs a gap in what is heard: not for a refresh, nor for a hold, whose
    // first codec is the one that is spoken.
    const bool wantsAnother = !m_repeats && !m_offer->codecs.first().isSameEncoding(media->codec);
    for (const Codec& codec : m_offer->codecs) {
        if (wantsAnother && isSpeech(codec)
            && !hasPayloadType(media->receivable, codec.payloadType)) {
            media->receivable.append(codec);
        }
    }
    media->direction = directionOf(sends(media->direction),
                                   receives(media->direction) || receives(m_offer->direction));
    return media;
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

} // namespace hs::sdp
