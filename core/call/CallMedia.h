// CallMedia: one call's session description and its audio joined: what offer and answer agree on
// (hs_sdp) is what the media session does (hs_media). Thread: core.
#pragma once

#include "base/Random.h"
#include "media/MediaEngine.h"
#include "sdp/OfferAnswer.h"

#include <memory>

namespace hs::call {

// Why media can't be had, in a form that can be answered to an INVITE.
struct MediaRefusal {
    int sipCode = 488;
    QString text;
};

class CallMedia {
public:
    CallMedia(media::MediaEngine& engine, base::Random& random);

    // Takes a pair of ports. 503 when there is none.
    // `advertised`: what the far end is told of `local`, which may be behind a NAT.
    base::Result<void, MediaRefusal> open(model::CallId call, const base::IpAddress& local,
                                          const base::IpAddress& advertised,
                                          const base::IpAddress& signallingSource);
    void close(); // frees the ports
    bool isOpen() const { return m_session != nullptr; }
    media::MediaSession& session() { return *m_session; }

    // Ours, for an INVITE or for a 2xx to one without an offer.
    // From then on what it says may come in, beside what is agreed.
    QByteArray makeOffer(bool held);
    // What was last agreed, once more.
    QByteArray repeatOffer();
    // The answer to theirs. What was agreed takes effect with apply().
    base::Result<QByteArray, MediaRefusal> answer(const QByteArray& offer, bool held);
    base::Result<void, MediaRefusal> acceptAnswer(const QByteArray& answer);
    // An answer in a provisional response: takes effect, but the final one is still to come.
    bool acceptEarlyAnswer(const QByteArray& answer);
    // `comesAgain`: for now only; what it was to change is still due.
    void offerRejected(bool comesAgain = false);
    // It was accepted without an answer that can be used: nothing flows until the next one.
    void offerTaken();
    // To our last offer as it was sent, whatever one of the forks has made of it since: another one
    // answers it.
    void returnToOffer();
    void apply();
    void start(); // sending and hearing; once for each open()

    // What it may be spoken in, of model::allCodecs(), in order of choice; empty: all. From the
    // next offer or answer on.
    void setCodecs(const QStringList& order) { m_codecs = order; }
    // The same in mid-call: an offer of it is due, and in answers our choice comes before theirs.
    void changeCodecs(const QStringList& order);
    bool codecsDue() const { return m_codecsDue; }
    bool codecsOffered() const { return m_codecsOffered; }
    QStringList codecs() const;

    QString codecName() const;
    // What we send has more than G.711 can carry, or may have, while nothing is agreed.
    bool isWide() const;
    int packetMs() const { return m_negotiated ? m_negotiated->packetMs : 0; }
    bool takesEvents() const { return m_negotiated && m_negotiated->events; } // RFC 4733
    bool heldByFarEnd() const { return m_negotiated && m_negotiated->remoteOnHold; }

private:
    sdp::LocalMedia localMedia() const;
    void expectOffered();
    void takeCodecsBack(bool comesAgain);

    media::MediaEngine& m_engine;
    sdp::OfferAnswer m_offerAnswer;
    sdp::OfferAnswer m_offered; // when our last offer went out
    std::optional<sdp::Negotiated> m_negotiated;
    QStringList m_codecs;
    QStringList m_codecsBefore; // the change that is due or offered
    QStringList m_codecsInOffer;
    bool m_codecsDue = false;
    bool m_codecsOffered = false; // and not answered yet
    bool m_isChosen = false; // by the operator, for this call
    bool m_wasChosen = false; // before the change
    bool m_started = false;
    base::IpAddress m_advertised;
    base::IpAddress m_signallingSource;
    std::unique_ptr<media::MediaSession> m_session;
};

} // namespace hs::call
