// TransactionLayer: the table of living transactions (RFC 3261 section 17): gives what arrives to
// the one it belongs to, and what belongs to none to the user agent core. Everything that is sent
// through it gets its Via here. Thread: one, the transport's. Ids of transactions that have ended
// may still be used; nothing happens.
#pragma once

#include "base/Random.h"
#include "base/Scheduler.h"
#include "sip/transaction/ClientTransactionHandle.h"
#include "sip/transaction/InviteServerTransaction.h"
#include "sip/transport/KeptConnection.h"

#include <QHash>

#include <map>
#include <unordered_map>

namespace hs::sip {

using ServerTransactionId = QByteArray;

class TransactionUser {
public:
    virtual ~TransactionUser() = default;
    // A new request, other than ACK and CANCEL. An INVITE has its 100 already.
    virtual void onRequest(const ServerTransactionId& id, const Request& request,
                           const Hop& from) = 0;
    // An ACK that is not a refusal's.
    virtual void onAck(const Request& ack, const Hop& from) = 0;
    // `invite` is empty if there is no transaction to cancel. CANCEL itself wants a response by id.
    virtual void onCancel(const ServerTransactionId& id, const Request& cancel,
                          const ServerTransactionId& invite) = 0;
    // A 2xx to an INVITE whose transaction is over (a late fork).
    virtual void onStray2xx(const Response& response, const Hop& from) = 0;
    // A request that can't be processed and may be answered without a transaction.
    virtual void onDefectiveRequest(const ParsedRequest& request, const Hop& from) = 0;
    // An open stream connection is no more; who is to be reached by it registers anew (RFC 5626).
    virtual void onConnectionClosed(const Hop&, const QString& /*why*/) { }
};

class TransactionLayer final : public TransportReceiver {
public:
    TransactionLayer(Transport& transport, base::Scheduler& scheduler, base::Random& random,
                     const TimerConfig& timers = {});
    ~TransactionLayer() override;

    void setUser(TransactionUser* user) { m_user = user; }

    // A request too large for UDP goes by TCP where that can be (section 18.1.1); for its user it
    // is the same transaction.
    [[nodiscard]] ClientTransactionHandle send(Request request, const Hop& to,
                                               ClientCallbacks callbacks);
    // CANCEL for an INVITE of ours (section 9.1), by a transaction of its own that nobody waits
    // for.
    // `reason`: a Reason header's value (RFC 3326); may be empty.
    void cancel(const ClientTransactionHandle& invite, const QByteArray& reason = {});
    // An ACK of a 2xx: outside any transaction. Returns what was sent, for the copies of the 2xx.
    QByteArray sendAck(Request ack, const Hop& to);
    void sendRaw(const QByteArray& bytes, const Hop& to);

    void respond(const ServerTransactionId& id, const Response& response);
    // Without a transaction (section 8.2.7).
    void respondStateless(const Request& request, const Response& response, const Hop& from);
    // Whether this INVITE is one that came before by another way and still lives (section 8.2.2.2).
    bool isMerged(const ServerTransactionId& id, const Request& request) const;

    base::Endpoint sentBy(const Hop& hop) const { return m_transport.sentBy(hop); }
    [[nodiscard]] KeptConnection keep(const Hop& hop) { return {m_transport, hop}; }
    bool isOpen(const Hop& hop) const { return m_transport.isOpen(hop); }
    void onNetworkChanged() { m_transport.onNetworkChanged(); }
    const TimerConfig& timers() const { return m_timers; }
    std::size_t size() const { return m_servers.size() + m_clients.size(); }

    void onRequest(ParsedRequest&& request, const Hop& from) override;
    void onResponse(Response&& response, const Hop& from) override;
    void onUnreadable(const base::Endpoint& from, const QByteArray& why) override;
    void onUndelivered(const base::Endpoint& to, base::Undelivered what) override;
    void onConnectionClosed(const Hop& hop, const QString& why) override;

private:
    struct Hash {
        // Seeded: peers choose the keys.
        std::size_t operator()(const QByteArray& key) const
        {
            return qHash(key, QHashSeed::globalSeed());
        }
    };
    struct Client {
        std::shared_ptr<ClientTransaction> transaction;
        Hop hop;
        bool isSent = false;
    };

    Via makeVia(const Hop& hop);
    Transaction::Environment environment(const Hop& hop, std::function<void()> terminated);
    Transaction::Environment clientEnvironment(const QByteArray& key, const Hop& hop);
    std::optional<Hop> streamFor(qsizetype size, const Hop& to) const;
    void prepareStream(const Hop& stream, std::function<void(bool)> ready);
    void startBySize(const QByteArray& key, const std::shared_ptr<ClientTransaction>& transaction);
    void start(const QByteArray& key, const Hop& hop);
    std::shared_ptr<ServerTransaction> createServer(const ServerTransactionId& id,
                                                    const Request& request, const Hop& from);
    ServerTransactionId findCancelled(const Request& cancel) const;
    void indexInvite(const ServerTransactionId& id, const Request& request);
    void forgetServer(const ServerTransactionId& id);
    void onAckReceived(const Request& ack, const Hop& from);

    Transport& m_transport;
    base::Scheduler& m_scheduler;
    base::Random& m_random;
    TimerConfig m_timers;
    TransactionUser* m_user = nullptr;
    std::unordered_map<QByteArray, std::shared_ptr<ServerTransaction>, Hash> m_servers;
    std::size_t m_serverBytes = 0; // of their requests
    // Of server transactions of INVITE.
    std::unordered_map<QByteArray, ServerTransactionId, Hash> m_inviteByBranch;
    std::unordered_map<QByteArray, ServerTransactionId, Hash> m_inviteByMergeKey;
    std::unordered_map<QByteArray, Client, Hash> m_clients;
    std::map<base::Endpoint, base::TimePoint> m_withoutTcp; // where it failed, not tried until then
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); // for answers that come later
};

} // namespace hs::sip
