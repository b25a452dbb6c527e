#include "sip/transaction/TransactionLayer.h"

#include "base/LogCategories.h"
#include "sip/message/MessageFactory.h"
#include "sip/transaction/InviteClientTransaction.h"
#include "sip/transaction/NonInviteClientTransaction.h"
#include "sip/transaction/NonInviteServerTransaction.h"
#include "sip/transaction/TransactionKey.h"

namespace hs::sip {

namespace {
constexpr int branchCharacters = 24;
// Each holds its request, and then a response of about that size, for half a minute. Beyond this
// many, or this much, a flood meets silence.
constexpr std::size_t mostServerTransactions = 50'000;
constexpr std::size_t mostServerBytes = 64 << 20;

std::size_t bytesOf(const Request& request)
{
    constexpr qsizetype ofItself = 1000; // the objects
    qsizetype bytes = ofItself + request.body.size();
    for (const Header& header : request.headers) {
        bytes += header.name.size() + header.value.size() + qsizetype(sizeof header);
    }
    return static_cast<std::size_t>(bytes);
}

QByteArray mergeKey(const Request& request)
{
    const std::optional<NameAddr> from = request.from();
    const std::optional<CSeq> cseq = request.cseq();
    return request.callId() + '\n' + (from ? from->tag() : QByteArray()) + '\n'
        + QByteArray::number(cseq ? cseq->number : 0);
}
} // namespace

TransactionLayer::TransactionLayer(Transport& transport, base::Scheduler& scheduler,
                                   base::Random& random, const TimerConfig& timers)
    : m_transport(transport)
    , m_scheduler(scheduler)
    , m_random(random)
    , m_timers(timers)
{
}

TransactionLayer::~TransactionLayer() = default;

ClientTransactionHandle TransactionLayer::send(Request request, const Hop& to,
                                               ClientCallbacks callbacks)
{
    request.setTopVia(makeVia(to));
    const QByteArray key = clientTransactionKey(request);
    const bool isInvite = request.kind() == Method::Invite;
    Transaction::Environment ours = environment(to, [this, key] { m_clients.erase(key); });
    std::shared_ptr<ClientTransaction> transaction;
    if (isInvite) {
        transaction = std::make_shared<InviteClientTransaction>(std::move(ours), std::move(request),
                                                                std::move(callbacks));
    } else {
        transaction = std::make_shared<NonInviteClientTransaction>(
            std::move(ours), std::move(request), std::move(callbacks));
    }
    m_clients.emplace(key, Client{transaction, to});
    transaction->start();
    return ClientTransactionHandle(transaction);
}

void TransactionLayer::cancel(const ClientTransactionHandle& invite, const QByteArray& reason)
{
    const auto transaction = invite.m_transaction.lock();
    if (!transaction) {
        return;
    }
    const auto it = m_clients.find(clientTransactionKey(transaction->request()));
    if (it == m_clients.end()) {
        return;
    }
    // The CANCEL carries the INVITE's own Via, or nobody could tell what it cancels.
    const Hop hop = it->second.hop;
    Request request = makeCancel(transaction->request());
    if (!reason.isEmpty()) {
        request.headers.add(HeaderId::Reason, reason);
    }
    const QByteArray key = clientTransactionKey(request);
    if (m_clients.contains(key)) {
        return;
    }
    const auto canceller = std::make_shared<NonInviteClientTransaction>(
        environment(hop, [this, key] { m_clients.erase(key); }), std::move(request),
        ClientCallbacks{});
    m_clients.emplace(key, Client{canceller, hop});
    canceller->start();
    transaction->cancelled();
}

QByteArray TransactionLayer::sendAck(Request ack, const Hop& to)
{
    ack.setTopVia(makeVia(to));
    const QByteArray bytes = ack.toBytes();
    m_transport.send(bytes, to, {});
    return bytes;
}

void TransactionLayer::respond(const ServerTransactionId& id, const Response& response)
{
    const auto it = m_servers.find(id);
    if (it != m_servers.end()) {
        const std::shared_ptr<ServerTransaction> transaction = it->second;
        transaction->respond(response);
    }
}

void TransactionLayer::respondStateless(const Request& request, const Response& response,
                                        const Hop& from)
{
    if (const std::optional<Via> top = request.topVia()) {
        m_transport.send(response.toBytes(), m_transport.responseHop(*top, from), {});
    }
}

void TransactionLayer::onRequest(ParsedRequest&& parsed, const Hop& from)
{
    if (!m_user) {
        return;
    }
    if (parsed.defect) {
        m_user->onDefectiveRequest(parsed, from);
        return;
    }
    const Request& request = parsed.request;
    if (request.kind() == Method::Ack) {
        onAckReceived(request, from);
        return;
    }
    const ServerTransactionId id = serverTransactionKey(request);
    if (const auto it = m_servers.find(id); it != m_servers.end()) {
        const std::shared_ptr<ServerTransaction> transaction = it->second;
        transaction->receiveRetransmission();
        return;
    }
    if (id.isEmpty() || m_servers.size() >= mostServerTransactions
        || m_serverBytes >= mostServerBytes) {
        return; // what can't be told apart, or a flood: silence costs least
    }
    const auto transaction = createServer(id, request, from);
    if (request.kind() == Method::Cancel) {
        m_user->onCancel(id, transaction->request(), findCancelled(request));
    } else {
        m_user->onRequest(id, transaction->request(), from);
    }
}

std::shared_ptr<ServerTransaction> TransactionLayer::createServer(const ServerTransactionId& id,
                                                                  const Request& request,
                                                                  const Hop& from)
{
    const Hop back = m_transport.responseHop(*request.topVia(), from);
    Transaction::Environment ours = environment(back, [this, id] { forgetServer(id); });
    std::shared_ptr<ServerTransaction> transaction;
    if (request.kind() == Method::Invite) {
        transaction = std::make_shared<InviteServerTransaction>(std::move(ours), request);
    } else {
        transaction = std::make_shared<NonInviteServerTransaction>(std::move(ours), request);
    }
    m_servers.emplace(id, transaction);
    m_serverBytes += bytesOf(request);
    if (request.kind() == Method::Invite) {
        indexInvite(id, request);
    }
    transaction->start();
    return transaction;
}

ServerTransactionId TransactionLayer::findCancelled(const Request& cancel) const
{
    const ServerTransactionId exact = cancelledTransactionKey(cancel);
    if (m_servers.contains(exact)) {
        return exact;
    }
    // A NAT's new port, or a far end that writes its sent-by anew each time: the branch and the
    // Call-ID are proof enough.
    const auto byBranch = m_inviteByBranch.find(cancel.topVia()->branch());
    if (byBranch == m_inviteByBranch.end()) {
        return {};
    }
    const auto it = m_servers.find(byBranch->second);
    const bool same = it != m_servers.end() && it->second->request().callId() == cancel.callId();
    return same ? it->first : ServerTransactionId();
}

void TransactionLayer::indexInvite(const ServerTransactionId& id, const Request& request)
{
    const QByteArray branch = request.topVia()->branch();
    if (branch.startsWith(magicCookie)) {
        m_inviteByBranch.insert_or_assign(branch, id);
    }
    m_inviteByMergeKey.emplace(mergeKey(request), id);
}

bool TransactionLayer::isMerged(const ServerTransactionId& id, const Request& request) const
{
    const auto it = m_inviteByMergeKey.find(mergeKey(request));
    return it != m_inviteByMergeKey.end() && it->second != id;
}

void TransactionLayer::forgetServer(const ServerTransactionId& id)
{
    const auto it = m_servers.find(id);
    if (it == m_servers.end()) {
        return;
    }
    const Request& request = it->second->request();
    const auto drop = [&id](auto& index, const QByteArray& key) {
        if (const auto entry = index.find(key); entry != index.end() && entry->second == id) {
            index.erase(entry);
        }
    };
    drop(m_inviteByBranch, request.topVia()->branch());
    drop(m_inviteByMergeKey, mergeKey(request));
    m_serverBytes -= bytesOf(request);
    m_servers.erase(it);
}

void TransactionLayer::onAckReceived(const Request& ack, const Hop& from)
{
    const auto it = m_servers.find(serverTransactionKey(ack));
    if (it != m_servers.end()) {
        const auto invite = std::dynamic_pointer_cast<InviteServerTransaction>(it->second);
        if (invite && invite->absorbAck()) {
            return;
        }
    }
    m_user->onAck(ack, from);
}

void TransactionLayer::onResponse(Response&& response, const Hop& from)
{
    const auto it = m_clients.find(clientTransactionKey(response));
    if (it != m_clients.end()) {
        const std::shared_ptr<ClientTransaction> transaction = it->second.transaction;
        transaction->receive(response);
        return;
    }
    const std::optional<CSeq> cseq = response.cseq();
    const bool is2xx = response.statusCode >= 200 && response.statusCode < 300;
    if (m_user && is2xx && cseq && cseq->method == "INVITE") {
        m_user->onStray2xx(response, from);
        return;
    }
    qCDebug(base::lcSip) << "dropped: a response without a transaction," << response.statusCode;
}

Via TransactionLayer::makeVia(const Hop& hop)
{
    const base::Endpoint sentBy = m_transport.sentBy(hop);
    Via via;
    via.transport = m_transport.viaName(hop);
    via.host = sentBy.address().toString();
    via.port = sentBy.port();
    via.params.set("branch",
                   QByteArray(QByteArray(magicCookie) + m_random.token(branchCharacters)));
    via.params.set("rport");
    return via;
}

Transaction::Environment TransactionLayer::environment(const Hop& hop,
                                                       std::function<void()> terminated)
{
    return {m_scheduler, m_timers, hop.isReliable(),
            [this, hop](const QByteArray& bytes) { return m_transport.send(bytes, hop, {}); },
            std::move(terminated)};
}

} // namespace hs::sip
