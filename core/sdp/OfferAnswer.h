// OfferAnswer: the offer/answer model of RFC 3264 for one audio stream of one dialog. It remembers
// what was last agreed, so that a later offer or answer keeps its session id, its origin and its
// number of m= lines, and raises the version by one exactly when something changed.
//
// A value: copy it before an answer that may yet be withdrawn, or for each dialog of a forked
// INVITE. SIP's own rules on glare are the user agent's; answering while our offer is open gives a
// 491.
#pragma once

#include "base/Result.h"
#include "sdp/OfferAnswerTypes.h"
#include "sdp/PayloadTypes.h"
#include "sdp/SessionDescription.h"

namespace hs::sdp {

class OfferAnswer {
public:
    enum class State : std::uint8_t {
        Idle, // nothing agreed
        LocalOfferSent, // an offer of ours waits for its answer
        Stable,
    };

    struct Answer {
        QByteArray sdp;
        Negotiated media;
    };

    // The session id is one that we never used before (RFC 8866 5.2); below 2^62.
    OfferAnswer(QByteArray username, quint64 sessionId);

    State state() const { return m_state; }
    const std::optional<Negotiated>& agreed() const { return m_agreed; }

    // The first offer, or one that changes or refreshes what is agreed. Takes the place of an offer
    // of ours that is still open. `local` lists at least one codec.
    QByteArray createOffer(const LocalMedia& local, Direction wanted);

    // What was last agreed, byte for byte, offered once more (RFC 3264 8, RFC 4028 7.4). Something
    // is agreed.
    QByteArray repeatOffer();

    // What may come, and what we send, now: while an offer of ours is open, what it would receive
    // as well as what is agreed (RFC 3264 5.1). Nothing, while nothing is agreed.
    std::optional<Negotiated> expected() const;

    // The far end's answer to our last offer. It may come again for the same offer, and differ
    // (183, then 200): the last one stands. After a refusal the offer is still open.
    base::Result<Negotiated, Refusal> acceptAnswer(QByteArrayView answer);

    // Our offer was not accepted: back to what was agreed before it.
    void offerRejected();
    // It was accepted, but by no answer that can be read: it stands, and nothing flows by it.
    void offerTaken();

    // The far end's offer. One audio stream is taken, with the first of the offerer's codecs that
    // we have, or the first of ours; all others are refused in it (port 0). A refusal changes
    // nothing.
    base::Result<Answer, Refusal> answer(QByteArrayView offer, const LocalMedia& local,
                                         Direction wanted);

private:
    // A description of ours and which of its m= lines is the audio.
    struct LocalDescription {
        SessionDescription sdp;
        qsizetype audio = 0;
        QList<Codec> codecs; // listed in it
        Direction direction = Direction::SendRecv;
    };

    SessionDescription frame(const LocalMedia& local) const;
    QList<Codec> numbered(const QList<Codec>& codecs) const;
    void keepWhatWasAgreed(Negotiated& media) const;
    void setVersion(SessionDescription& sdp) const;

    QByteArray m_username;
    quint64 m_sessionId;
    State m_state = State::Idle;
    std::optional<LocalDescription> m_current; // agreed
    std::optional<LocalDescription> m_offer; // our last offer, until another description follows it
    quint64 m_versionTaken = 0; // of an offer that got an answer, whether that could be used or not
    bool m_repeats = false; // that offer is what was agreed before it
    std::optional<Negotiated> m_agreed;
    PayloadTypes m_payloadTypes;
};

} // namespace hs::sdp
