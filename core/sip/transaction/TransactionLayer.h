// TransactionLayer: the table of living transactions (RFC 3261 section 17): gives what arrives to
// the one it belongs to, and what belongs to none to the user agent core. Everything that is sent
// through it gets its Via here. Thread: one, the transport's. Ids of transactions that have ended
// may still be used; nothing happens.
#pragma once

#include "base/Random.h"
#include "base/Scheduler.h"
#include "sip/transaction/ClientTransaction.h"
#include "sip/transaction/InviteServerTransaction.h"
#include "sip/transport/Transport.h"

#include <QHash>

#include <unordered_map>

namespace hs::sip {

using ServerTransactionId = QByteArray;

// The user's hold on a client transaction: when it goes, nothing more is told; the transaction
// itself goes on to its end.
class ClientTransactionHandle {
public:
    ClientTransactionHandle() = default;
    explicit ClientTransactionHandle(std::weak_ptr<ClientTransaction> transaction)
        : m_transaction(std::move(transaction))
    {
    }
    ClientTransactionHandle(ClientTransactionHandle&&) noexcept = default;
    ClientTransactionHandle& operator=(ClientTransactionHandle&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_transaction = std::exchange(other.m_transaction, {});
        }
        return *this;
    }
    ~ClientTransactionHandle() { reset(); }

    void reset()
    {
        if (const auto transaction = m_transaction.lock()) {
            transaction->detach();
        }
        m_transaction.reset();
    }

private:
    friend class TransactionLayer;
    std::weak_ptr<ClientTransaction> m_transaction;
};

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
};

class TransactionLayer final : public TransportReceiver {
public:
    TransactionLayer(Transport& transport, base::Scheduler& scheduler, base::Random& random,
                     const TimerConfig& timers = {});
    ~TransactionLayer() override;

    void setUser(TransactionUser* user) { m_user = user; }

    [[nodiscard]] ClientTransactionHandle send(Request request, const Hop& to,
                                               ClientCallbacks callbacks);
    // CANCEL for an INVITE of ours (section 9.1), by a transaction of its own that nobody waits
    // for.
    // `reason`: a Reason header's value (RFC 3326); may be empty.
    void cancel(const ClientTransactionHandle& invite, const QByteArray& reason = {});
    // An ACK of a 2xx: outside any transaction. Returns what was sent, for the copies of the 2xx.
    QByteArray sendAck(Request ack, const Hop& to);
    void sendRaw(const QByteArray& bytes, const Hop& to) { m_transport.send(bytes, to, {}); }

    void respond(const ServerTransactionId& id, const Response& response);
    // Without a transaction (section 8.2.7).
    void respondStateless(const Request& request, const Response& response, const Hop& from);
    // Whether this INVITE is one that came before by another way and still lives (section 8.2.2.2).
    bool isMerged(const ServerTransactionId& id, const Request& request) const;

    base::Endpoint sentBy(const Hop& hop) const { return m_transport.sentBy(hop); }
    const TimerConfig& timers() const { return m_timers; }
    std::size_t size() const { return m_servers.size() + m_clients.size(); }

    void onRequest(ParsedRequest&& request, const Hop& from) override;
    void onResponse(Response&& response, const Hop& from) override;

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
    };

    Via makeVia(const Hop& hop);
    Transaction::Environment environment(const Hop& hop, std::function<void()> terminated);
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
};

} // namespace hs::sip
