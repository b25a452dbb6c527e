// UserAgent: the user agent core (RFC 3261 section 8): screens what arrives, gives it to the dialog
// or the INVITE that it belongs to, answers OPTIONS, and makes calls. Thread: one, the transaction
// layer's.
#pragma once

#include "sip/ua/InviteUac.h"
#include "sip/ua/InviteUas.h"

#include <QHash>

namespace hs::sip {

class UserAgent final : public TransactionUser {
public:
    class User {
    public:
        virtual ~User() = default;
        // A new call. It has 100 and wants ring(), accept() or reject(), at once or later.
        virtual void onInvite(const std::shared_ptr<InviteUas>& invite) = 0;
        // With what to answer challenges in the dialog that this INVITE makes; null: with nothing.
        virtual std::shared_ptr<DigestClient> credentialsFor(const Request&, const Hop&)
        {
            return nullptr;
        }
    };

    explicit UserAgent(UaCore& core);
    ~UserAgent() override;

    void setUser(User* user) { m_user = user; }
    std::shared_ptr<InviteUac> invite(const OutgoingInvite& invite, InviteUac::User* user);
    void resolve(const Uri& uri, Resolver::Done done)
    {
        m_core.resolver.resolve(uri, std::move(done));
    }
    // Our address as the peer at that hop reaches it.
    Uri contact(const Hop& hop) const { return m_core.contact(hop); }
    UaCore& core() { return m_core; }
    // Which address of ours the far end at that hop reaches.
    base::IpAddress localAddress(const Hop& hop) const
    {
        return m_core.transactions.sentBy(hop).address();
    }

    // Dialogs and INVITEs that are not quite over.
    std::size_t unfinished() const;
    // Those of them whose far end has not yet taken note of the end: a stop waits for it a little.
    bool awaitsFarEnds() const;

    void onRequest(const ServerTransactionId& id, const Request& request, const Hop& from) override;
    void onAck(const Request& ack, const Hop& from) override;
    void onCancel(const ServerTransactionId& id, const Request& cancel,
                  const ServerTransactionId& invite) override;
    void onStray2xx(const Response& response, const Hop& from) override;
    void onDefectiveRequest(const ParsedRequest& request, const Hop& from) override;

private:
    std::shared_ptr<InviteSession> makeSession(Dialog dialog, const Hop& seen,
                                               std::shared_ptr<DigestClient> credentials);
    void onNewInvite(const ServerTransactionId& id, const Request& request, const Hop& from);
    void onInDialog(const ServerTransactionId& id, const Request& request, const Hop& from);
    bool refusesTimer(const ServerTransactionId& id, const Request& request);
    void respond(const ServerTransactionId& id, const Request& request, int code,
                 const QByteArray& reason = {}, const QList<ExtraHeader>& headers = {});
    QByteArray statelessTag(const Request& request) const;

    UaCore& m_core;
    User* m_user = nullptr;
    QByteArray m_statelessSeed;
    QHash<DialogId, std::shared_ptr<InviteSession>> m_sessions;
    QHash<ServerTransactionId, std::shared_ptr<InviteUas>> m_incoming;
    QHash<InviteUac*, std::shared_ptr<InviteUac>> m_outgoing;
};

} // namespace hs::sip
