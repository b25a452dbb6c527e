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
// Section 18.1.1, where the path's MTU is not known.
constexpr qsizetype mostBytesOverUdp = 1300;
// How long a call may hang on a firewall that swallows what is for TCP. A far end that has TCP
// answers in a round trip.
constexpr base::Duration tcpPatience = std::chrono::seconds(1);
constexpr base::Duration withoutTcpTime = std::chrono::minutes(5);
constexpr std::size_t mostWithoutTcp = 256;

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
    Transaction::Environment ours = clientEnvironment(key, to);
    std::shared_ptr<ClientTransaction> transaction;
    if (isInvite) {
        transaction = std::make_shared<InviteClientTransaction>(std::move(ours), std::move(request),
                                                                std::move(callbacks));
    } else {
        transaction = std::make_shared<NonInviteClientTransaction>(
            std::move(ours), std::move(request), std::move(callbacks));
    }
    m_clients.emplace(key, Client{transaction, to, false});
    startBySize(key, transaction);
    return ClientTransactionHandle(transaction);
}

// The hop for what is too large for UDP, if there may be TCP at the far end.
std::optional<Hop> TransactionLayer::streamFor(qsizetype size, const Hop& to) const
{
    if (to.kind != TransportKind::Udp || to.kindIsFixed || size <= mostBytesOverUdp
        || !m_transport.supports(TransportKind::Tcp, to.remote.address().family())) {
        return std::nullopt;
    }
    const auto failed = m_withoutTcp.find(to.remote);
    if (failed != m_withoutTcp.end() && m_scheduler.clock().now() < failed->second) {
        return std::nullopt;
    }
    Hop stream = to;
    stream.kind = TransportKind::Tcp;
    return stream;
}

void TransactionLayer::prepareStream(const Hop& stream, std::function<void(bool)> ready)
{
    const auto tell = [this, alive = std::weak_ptr(m_alive), remote = stream.remote,
                       ready = std::move(ready)](bool isOpen) {
        if (alive.expired()) {
            return;
        }
        if (!isOpen) {
            if (m_withoutTcp.size() >= mostWithoutTcp) {
                m_withoutTcp.clear();
            }
            m_withoutTcp[remote] = m_scheduler.clock().now() + withoutTcpTime;
            qCInfo(base::lcSip) << "no TCP at" << remote.toString() << "for a request of more than"
                                << mostBytesOverUdp << "bytes: it goes by UDP";
        }
        ready(isOpen);
    };
    m_transport.prepare(stream, tcpPatience, tell);
}

// Nothing is sent before it is known by which transport: no far end sees the request twice.
void TransactionLayer::startBySize(const QByteArray& key,
                                   const std::shared_ptr<ClientTransaction>& transaction)
{
    const Hop to = m_clients.at(key).hop;
    const std::optional<Hop> stream = to.kind == TransportKind::Udp
        ? streamFor(transaction->request().toBytes().size(), to)
        : std::nullopt;
    if (!stream) {
        transaction->start();
    } else if (m_transport.isOpen(*stream)) {
        start(key, *stream);
    } else {
        prepareStream(*stream, [this, key, to, stream = *stream](bool isOpen) {
            start(key, isOpen ? stream : to);
        });
    }
}

void TransactionLayer::start(const QByteArray& key, const Hop& hop)
{
    const auto it = m_clients.find(key);
    if (it == m_clients.end()) {
        return;
    }
    const std::shared_ptr<ClientTransaction> transaction = it->second.transaction;
    it->second.hop = hop;
    Via top = makeVia(hop);
    top.params.set("branch", transaction->request().topVia()->branch());
    transaction->changeWay(top, hop.isReliable());
    transaction->start();
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
        clientEnvironment(key, hop), std::move(request), ClientCallbacks{});
    m_clients.emplace(key, Client{canceller, hop, false});
    canceller->start();
    transaction->cancelled();
}

QByteArray TransactionLayer::sendAck(Request ack, const Hop& to)
{
    ack.setTopVia(makeVia(to));
    QByteArray bytes = ack.toBytes();
    const std::optional<Hop> stream = streamFor(bytes.size(), to);
    if (!stream) {
        m_transport.send(bytes, to, {});
        return bytes;
    }
    Via top = makeVia(*stream);
    top.params.set("branch", ack.topVia()->branch());
    ack.setTopVia(top);
    const QByteArray streamBytes = ack.toBytes();
    if (m_transport.isOpen(*stream)) {
        m_transport.send(streamBytes, *stream, {});
        return streamBytes;
    }
    prepareStream(*stream, [this, to, stream = *stream, bytes, streamBytes](bool isOpen) {
        m_transport.send(isOpen ? streamBytes : bytes, isOpen ? stream : to, {});
    });
    return bytes;
}

void TransactionLayer::sendRaw(const QByteArray& bytes, const Hop& to)
{
    const std::optional<Hop> stream = streamFor(bytes.size(), to);
    m_transport.send(bytes, stream && m_transport.isOpen(*stream) ? *stream : to, {});
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
            [this, hop](const QByteArray& bytes, Transport::Failed failed) {
                return m_transport.send(bytes, hop, std::move(failed));
            },
            std::move(terminated)};
}

// The hop as it is when something is sent: it may be settled late.
Transaction::Environment TransactionLayer::clientEnvironment(const QByteArray& key, const Hop& hop)
{
    Transaction::Environment ours = environment(hop, [this, key] { m_clients.erase(key); });
    ours.transmit = [this, key](const QByteArray& bytes, Transport::Failed failed) {
        const auto it = m_clients.find(key);
        if (it == m_clients.end()) {
            return false;
        }
        it->second.isSent = true;
        const Client client = it->second;
        const bool isOut = m_transport.send(bytes, client.hop, std::move(failed));
        if (!isOut) {
            client.transaction->noteTrouble(
                QStringLiteral("there is no way from here to %1")
                    .arg(QString::fromLatin1(client.hop.remote.toString())));
        }
        return isOut;
    };
    return ours;
}

} // namespace hs::sip
