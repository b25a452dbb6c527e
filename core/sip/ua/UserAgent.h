// UserAgent: the user agent core (RFC 3261 section 8): screens what arrives, gives it to the dialog
// or the INVITE that it belongs to, answers OPTIONS, and makes calls. Thread: one, the transaction
// layer's.
#pragma once

#include "sip/ua/InviteUac.h"
#include "sip/ua/InviteUas.h"
#include "sip/ua/PagerMessage.h"
#include "sip/ua/Subscription.h"

#include <QHash>

#include <deque>

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
        // A NOTIFY of message-summary that we never subscribed to, as many servers send it. True if
        // it came from the server of an account and was used; else it gets 481.
        virtual bool onUnsolicitedNotify(const Request&, const Hop&) { return false; }
        // A text, in a call or outside. The code of the response: 200 if somebody will see it.
        virtual int onMessage(const IncomingMessage&, const Hop&) { return 480; }
        virtual void onConnectionClosed(const Hop&) { }
    };

    explicit UserAgent(UaCore& core);
    ~UserAgent() override;

    void setUser(User* user) { m_user = user; }
    std::shared_ptr<InviteUac> invite(const OutgoingInvite& invite, InviteUac::User* user);
    // The user agent gives it its NOTIFYs for as long as both live. It wants start().
    std::shared_ptr<Subscription> subscribe(const Subscription::Config& config,
                                            const std::shared_ptr<DigestClient>& credentials,
                                            Subscription::User* user)
    {
        return std::make_shared<Subscription>(m_core, m_notifyRoutes, config, credentials, user);
    }
    void resolve(const Uri& uri, Resolver::Done done)
    {
        m_core.resolver.resolve(uri, std::move(done));
    }
    // Our address as the peer at that hop reaches it.
    Uri contact(const Hop& hop) const { return m_core.contact(hop); }
    UaCore& core() { return m_core; }
    // What our media is to be called towards that hop: ours, or that of the NAT before it.
    base::IpAddress mediaAddress(const Hop& hop) const
    {
        return m_core.nat.mediaAddress(hop, localAddress(hop));
    }
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
    void onConnectionClosed(const Hop& hop, const QString& why) override;

private:
    std::shared_ptr<InviteSession> makeSession(Dialog dialog, const Hop& seen,
                                               std::shared_ptr<DigestClient> credentials);
    void onNewInvite(const ServerTransactionId& id, const Request& request, const Hop& from);
    void onInDialog(const ServerTransactionId& id, const Request& request, const Hop& from);
    bool refusesTimer(const ServerTransactionId& id, const Request& request);
    void onNotify(const ServerTransactionId& id, const Request& request, const Hop& from);
    void onMessage(const ServerTransactionId& id, const Request& request, const Hop& from);
    void respond(const ServerTransactionId& id, const Request& request, int code,
                 const QByteArray& reason = {}, const QList<ExtraHeader>& headers = {});
    QByteArray statelessTag(const Request& request) const;
    void forgetInvite(const ServerTransactionId& id);
    // Of an INVITE that has its final response.
    QByteArray answeredTag(const Request& cancel, const ServerTransactionId& invite) const;

    UaCore& m_core;
    User* m_user = nullptr;
    QByteArray m_statelessSeed;
    QHash<DialogId, std::shared_ptr<InviteSession>> m_sessions;
    QHash<ServerTransactionId, std::shared_ptr<InviteUas>> m_incoming;
    std::deque<std::pair<ServerTransactionId, QByteArray>> m_lastTags; // ours, of the last INVITEs
    QHash<InviteUac*, std::shared_ptr<InviteUac>> m_outgoing;
    std::shared_ptr<NotifyRoutes> m_notifyRoutes = std::make_shared<NotifyRoutes>();
};

} // namespace hs::sip
