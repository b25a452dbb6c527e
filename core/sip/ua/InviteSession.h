// InviteSession: an established call's signalling: the INVITE usage of a confirmed dialog (RFC 3261
// sections 12 to 15). Offers and answers pass through as bytes; what they mean is the user's
// affair. Owned by the user agent until the dialog is over; its user may let go before. Thread:
// one, the transaction layer's.
#pragma once

#include "sip/ua/AcceptedInvite.h"
#include "sip/ua/ReferUsage.h"
#include "sip/ua/ReinviteClient.h"
#include "sip/ua/ReliableProvisional.h"

#include <map>

namespace hs::sip {

class InviteSession : public std::enable_shared_from_this<InviteSession> {
public:
    struct OfferReply {
        int code = 200; // or the refusal
        QByteArray sdp{}; // the answer, or our offer where none came
        QByteArray warning{}; // why it is refused, in words
    };
    struct Ending {
        bool byFarEnd = false;
        int code = 0; // of the response that ended it, if one did
        QByteArray reason; // words; of a BYE of theirs its Reason headers (RFC 3326)
    };
    class User {
    public:
        virtual ~User() = default;
        // The ACK of our first 2xx; `sdp` answers the offer that the 2xx made, if it made one.
        virtual void onAcknowledged(const QByteArray& sdp) = 0;
        // A re-INVITE. An empty offer asks for ours.
        virtual OfferReply onOffer(const QByteArray& offer) = 0;
        // The answer in the ACK of a re-INVITE that had asked for our offer.
        virtual void onLateAnswer(const QByteArray& sdp) = 0;
        virtual void onReinviteAnswered(const QByteArray& sdp) = 0;
        // The session stays as it was. 491: they are changing something as well; try again at
        // onMayReinvite().
        virtual void onReinviteRefused(const ReinviteClient::Refusal& refusal) = 0;
        virtual void onMayReinvite() = 0;
        // The session as it was last agreed is to be offered again, unchanged (RFC 4028).
        virtual void onRefreshDue() = 0;
        // What may say who is at the far end by now: an INVITE or UPDATE of theirs, or a 2xx to an
        // INVITE of ours.
        virtual void onIdentified(const Message&, const Hop& /*from*/) { }
        // They ask us to call somebody else (RFC 3515). 202, or the code of the refusal; what came
        // of it is told by reportTransfer().
        virtual int onRefer(const ReferRequest&) { return 603; }
        // They asked for that, but named nobody who can be called; it was refused.
        virtual void onReferRefused(const QByteArray& /*target*/) { }
        // INFO: digits, mostly (application/dtmf-relay). The code to answer with.
        virtual int onInfo(const Request&) { return 415; }
        // Not by hangUp(). Nothing comes after it.
        virtual void onEnded(const Ending& ending) = 0;
    };

    InviteSession(UaCore& core, Dialog dialog, const Hop& seen,
                  std::shared_ptr<DigestClient> credentials, std::function<void()> finished);

    void setUser(User* user) { m_user = user; }
    const Dialog& dialog() const { return m_dialog; }
    // Both ends know of the end, or the far end was given up.
    bool isOver() const { return m_over; }

    // As callee: repeats the 2xx until it is acknowledged.
    void acceptFirst(const ServerTransactionId& id, const Request& invite, const Response& ok,
                     const SessionTimerTerms& timer);
    // A provisional response of ours whose PRACK the 2xx has overtaken (RFC 3262 section 3).
    void expectPrack(std::unique_ptr<ReliableProvisional> provisional);
    // What a 2xx to an INVITE of ours says beside the media.
    void confirm(const Response& ok);
    void identify(const Message& message, const Hop& from);
    // The ACK of the 2xx to that INVITE, once more for each copy of it.
    void acknowledge(std::uint32_t sequence, const Request& invite);
    void acknowledgeCopy(std::uint32_t sequence);

    // False while one is under way in either direction.
    bool canReinvite() const;
    void reinvite(const QByteArray& offer);
    // BYE; as callee not before the ACK has come (section 15). The user hears nothing any more.
    void hangUp() { hangUp({}); }
    void hangUp(const QByteArray& reason); // a Reason header's value (RFC 3326)
    // False while one is under way, or the far end does not know REFER.
    bool refer(const NameAddr& target, ReferUsage::Progress progress);
    void reportTransfer(int code, const QByteArray& reason) { m_refer.report(code, reason); }
    // INFO with a body; `done` hears the final code.
    void sendInfo(const QByteArray& contentType, const QByteArray& body,
                  std::function<void(int code)> done);
    bool farEndAllows(Method method) const; // it names it, or names none
    bool farEndNames(Method method) const;

    void onRequest(const ServerTransactionId& id, const Request& request, const Hop& from);
    void onAck(const Request& ack);

private:
    void onOfferRequest(const ServerTransactionId& id, const Request& request);
    bool agreeTimer(const ServerTransactionId& id, const Request& request,
                    SessionTimerTerms& terms);
    void answerOffer(const ServerTransactionId& id, const Request& request, const OfferReply& reply,
                     bool wasEmpty, const SessionTimerTerms& terms);
    void onRefer(const ServerTransactionId& id, const Request& request);
    void rememberFarEnd(const Message& message);
    void refresh();
    void refreshByUpdate();
    void onUpdateAnswered(const Response& response);
    ReinviteClient::Callbacks reinviteCallbacks();
    SessionTimerTerms termsWanted() const; // of our next INVITE or UPDATE
    void onBye(const ServerTransactionId& id, const Request& request);
    void respond(const ServerTransactionId& id, const Request& request, int code,
                 const QByteArray& reason = {}, const QByteArray& warning = {});
    bool awaitsAck() const { return m_accepted && m_accepted->awaitsAck(); }
    void ackNeverCame();
    void lose(int code, const QByteArray& reason);
    void sendAck(std::uint32_t sequence, Request ack, const Hop& hop);
    void sendBye();
    void end(const Ending& ending);
    void finish();

    UaCore& m_core;
    Dialog m_dialog;
    DialogRoute m_route;
    DialogRequests m_requests;
    ReferUsage m_refer;
    SessionTimer m_timer;
    bool m_refreshing = false; // the INVITE that is out refreshes the session
    bool m_updateRefused = false; // whatever its Allow says
    std::chrono::seconds m_leastInterval{0}; // of a 422
    bool m_intervalWasTooBrief = false; // says one since the last refresh by UPDATE
    std::function<void()> m_finished;
    User* m_user = nullptr;
    ReinviteClient m_reinvite;
    std::unique_ptr<AcceptedInvite> m_accepted;
    std::unique_ptr<ReliableProvisional> m_provisional;
    bool m_firstAcknowledged = true;
    bool m_lateAnswerDue = false;
    std::map<std::uint32_t, QByteArray> m_acks; // by INVITE number, for copies of the 2xx
    std::optional<Hop> m_ackHop;
    bool m_byeWanted = false;
    bool m_byeSent = false;
    bool m_over = false;
    QByteArray m_byeReason;
    QList<QByteArray> m_farEndAllows; // empty: it did not say
    base::Timer m_linger;
};

} // namespace hs::sip
