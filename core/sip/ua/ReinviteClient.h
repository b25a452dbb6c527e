// ReinviteClient: a new offer of ours within a dialog (RFC 3261 section 14.1), one at a time. After
// a 491 there is none for the time that the section prescribes. One that gets provisional responses
// and no final one is withdrawn (CANCEL): both ends may offer again once that is answered. Where a
// server is silent the same offer goes to the next one; whichever 2xx comes first answers it.
// Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/ClientRequest.h"
#include "sip/ua/Dialog.h"
#include "sip/ua/DialogRoute.h"

#include <deque>

namespace hs::sip {

class ReinviteClient {
public:
    struct Refusal {
        int code = 0;
        QByteArray reason;
        std::optional<quint32> retryAfter{}; // seconds, as the far end says
        bool byFarEnd = true; // else it could not be sent (503), or was withdrawn (408)
    };
    struct Callbacks {
        // `sdp` is the 2xx's; the ACK has been asked for already.
        std::function<void(const Response& ok, const QByteArray& sdp, const Hop& by)> answered;
        // The session stays as it was. After 491, or where it was withdrawn, a new offer may be
        // made when mayTryAgain says so.
        std::function<void(const Refusal&)> refused;
        // 408 or 481: the far end has no such dialog any more (section 12.2.1.2).
        std::function<void(int code, const QByteArray& reason)> dialogLost;
        std::function<void()> mayTryAgain;
        // Acknowledge the 2xx of the INVITE with that number.
        std::function<void(std::uint32_t sequence, const Request& invite)> acknowledge;
    };

    ReinviteClient(UaCore& core, Dialog& dialog, DialogRoute& route,
                   std::shared_ptr<DigestClient> credentials, Callbacks callbacks);

    // `timer`: the terms in force (RFC 4028).
    void start(const QByteArray& offer, const SessionTimerTerms& timer);
    // The call ends: nothing is sent any more but ACKs, and nothing told.
    void stop();
    // An offer of ours is out, or was refused with 491 a moment ago.
    bool isPending() const { return m_state != State::Idle; }
    // Withdrawn it still may be answered (section 14.2).
    bool isOut() const { return m_state == State::Sent || m_state == State::Withdrawn; }

private:
    enum class State { Idle, Sent, Withdrawn, WaitsAfter491 };
    struct Try {
        std::uint32_t sequence;
        Hop hop;
        ClientTransactionHandle transaction;
    };

    void send();
    void sendToNext();
    bool tryNextHop();
    void renumber();
    bool tryAgain(const Response& response);
    void receive(const Response& response, std::uint32_t sequence);
    void receive2xx(const Response& ok, std::uint32_t sequence);
    void receiveOfEarlier(const Response& response, std::uint32_t sequence);
    void receiveRefusal(const Response& response);
    void withdraw();
    void fail(const ClientFailure& failure, std::uint32_t sequence);
    void giveUpOnSilence();
    void earlierIsOver(std::uint32_t sequence);
    bool isOfThisOffer(std::uint32_t sequence) const;
    void conclude(State state = State::Idle);
    void refuseUnlessEarlier(const Refusal& refusal);
    void withdrawalIsOver();
    void lose(int code, const QByteArray& reason);
    base::Duration glareWait() const;

    UaCore& m_core;
    Dialog& m_dialog;
    DialogRoute& m_route;
    std::shared_ptr<DigestClient> m_credentials;
    Callbacks m_callbacks;
    std::optional<ChallengedRequest> m_challenged;
    Request m_request;
    std::optional<Hop> m_hop; // by which it was sent last
    Resolver::Hops m_others; // that are left to be tried
    base::Timer m_patience; // with one that says nothing, while there are others
    SessionTimerWish m_wish;
    SessionTimerTerms m_timer;
    int m_intervalsTooBrief = 0;
    State m_state = State::Idle;
    std::uint32_t m_sentSequence = 0; // of the offer's last try; 0: none is out
    // Its earlier tries, which nobody answered in time and somebody may yet, at most until they
    // time out; and the last one's refusal, where it may only be because of those.
    QList<std::uint32_t> m_givenUp;
    std::optional<Refusal> m_held;
    bool m_isStopped = false;
    std::uint32_t m_answeredSequence = 0;
    // The last ones: copies of a 2xx whose ACK was lost may come after the next offer was made.
    std::deque<Try> m_tries;
    base::Timer m_retry;
    base::Timer m_limit; // until the final response
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::sip
