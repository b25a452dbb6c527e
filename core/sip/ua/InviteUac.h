// InviteUac: an INVITE of ours up to its final response (RFC 3261 sections 13.2 and 9.1): early
// dialogs, forks, challenges, and CANCEL in every race. The first 2xx wins; each other one is
// acknowledged and ended. Owned by the user agent until no late response can come.
// Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/EarlyDialogs.h"
#include "sip/ua/InviteSession.h"

namespace hs::sip {

struct OutgoingInvite {
    Uri target;
    NameAddr from; // without a tag
    NameAddr to;
    QByteArray callId; // one that nobody used before, or not with this From tag
    Hop hop; // resolved
    QByteArray sdp; // our offer
    QList<NameAddr> routes; // the outbound proxy, or what the registrar prescribed (RFC 3608)
    QByteArray contactUser; // empty: that of From
    std::shared_ptr<DigestClient> credentials; // null: a challenge is a refusal
    QList<ExtraHeader> extra;
};

class InviteUac : public std::enable_shared_from_this<InviteUac> {
public:
    class User {
    public:
        virtual ~User() = default;
        virtual void onProgress(const Response& response, const QByteArray& sdp) = 0;
        // The ACK is on its way. `sdp` is the answer; empty if none ever came.
        virtual void onAnswered(std::shared_ptr<InviteSession> session, const QByteArray& sdp) = 0;
        // 3xx to 6xx; 408 where nobody answered at all. Not after cancel().
        // `byFarEnd`: it said so; else nobody answered (408), or there is no way to it (503).
        // `response` is null then.
        virtual void onFailed(const InviteSession::Ending& ending, const Response* response) = 0;
        // UPDATE in the early dialog of that To tag, whose answer so far is `answer` (RFC 3311).
        virtual InviteSession::OfferReply
        onEarlyOffer(const QByteArray& tag, const QByteArray& answer, const QByteArray& offer) = 0;
    };
    // What the user agent does for it.
    struct Owner {
        std::function<std::shared_ptr<InviteSession>(Dialog, const Hop&)> makeSession;
        std::function<void()> finished;
    };

    InviteUac(UaCore& core, const OutgoingInvite& invite, Owner owner, User* user);

    void start();
    // The user hears nothing any more. The CANCEL goes out once a provisional response allows it; a
    // 2xx that crosses it is acknowledged and ended. `reason`: a Reason header's value.
    void cancel(const QByteArray& reason = {});
    // No final response yet, though something came at all: it can still be told of a CANCEL.
    bool isOpen() const { return m_provisionalSeen && !m_final; }
    bool hasHeardAnything() const { return m_provisionalSeen || m_final; }

    // A request in one of its early dialogs.
    bool owns(const DialogId& dialog) const;
    void onRequest(const ServerTransactionId& id, const Request& request);

private:
    void send();
    void onResponse(const Response& response);
    void onProvisional(const Response& response);
    void on2xx(const Response& response);
    bool tryAgain(const Response& response, QString& problem);
    void onRefused(const Response& response);
    void onFailure(const ClientFailure& failure);
    void sendCancel();
    void finishLater();

    UaCore& m_core;
    Request m_request;
    Hop m_hop;
    Owner m_owner;
    User* m_user;
    ChallengedRequest m_challenged;
    SessionTimerWish m_timer;
    std::uint32_t m_sequence = 1;
    ClientTransactionHandle m_transaction;
    EarlyDialogs m_early;
    QHash<QByteArray, std::weak_ptr<InviteSession>> m_sessions; // by To tag
    bool m_provisionalSeen = false;
    bool m_cancelWanted = false;
    bool m_cancelSent = false;
    bool m_answered = false;
    bool m_final = false;
    QByteArray m_cancelReason;
    base::Timer m_end;
};

} // namespace hs::sip
