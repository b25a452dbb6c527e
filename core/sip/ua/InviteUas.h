// InviteUas: an INVITE of a far end up to our final response (RFC 3261 sections 13.3 and 9.2).
// Thread: one, the transaction layer's. Owned by the user agent while it lives; the user may let
// go.
#pragma once

#include "sip/ua/InviteSession.h"

namespace hs::sip {

class InviteUas : public std::enable_shared_from_this<InviteUas> {
public:
    class User {
    public:
        virtual ~User() = default;
        // CANCEL, BYE in the early dialog, or the Expires of the INVITE; 487 is sent. `reason` is
        // the Reason header, if there was one (RFC 3326).
        virtual void onCancelled(const QByteArray& reason) = 0;
    };
    struct Owner {
        std::function<std::shared_ptr<InviteSession>(Dialog, const Hop&)> makeSession;
        std::function<void()> finished; // answered, refused or cancelled
    };

    InviteUas(UaCore& core, const ServerTransactionId& id, const Request& invite, const Hop& from,
              QByteArray offer, Owner owner);

    void setUser(User* user) { m_user = user; }
    const Request& request() const { return m_request; }
    const Hop& from() const { return m_from; }
    const QByteArray& offer() const { return m_offer; } // empty: they want ours
    const QByteArray& localTag() const { return m_localTag; }

    // 180, again each minute (section 13.3.1.1); reliable where the caller insists (RFC 3262).
    void ring();
    // 200 with our answer, or with our offer where none came. Null if the INVITE is over.
    std::shared_ptr<InviteSession> accept(const QByteArray& sdp);
    void reject(int code, const QByteArray& reason = {}, const QList<ExtraHeader>& extra = {});

    // From the user agent: CANCEL.
    void cancelled(const QByteArray& reason);
    // A request in the early dialog.
    void onRequest(const ServerTransactionId& id, const Request& request);

private:
    void finish();
    void respond(const ServerTransactionId& id, const Request& request, int code,
                 const QList<ExtraHeader>& extra = {});
    bool admitSequence(const Request& request);

    UaCore& m_core;
    ServerTransactionId m_id;
    Request m_request;
    Hop m_from;
    QByteArray m_offer;
    Owner m_owner;
    QByteArray m_localTag;
    Uri m_contact;
    User* m_user = nullptr;
    bool m_over = false;
    std::uint32_t m_lastSequence = 0; // of their requests
    std::uint32_t m_lastReliable = 0; // RSeq
    std::optional<Request> m_update; // the last in the early dialog
    std::unique_ptr<ReliableProvisional> m_reliable;
    base::Timer m_ringAgain;
    base::Timer m_expires;
};

} // namespace hs::sip
