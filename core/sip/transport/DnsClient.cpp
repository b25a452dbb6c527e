#include "sip/transport/DnsClient.h"

#include "base/LogCategories.h"

#include <QPointer>

#include <algorithm>

namespace hs::sip {

namespace {
constexpr qsizetype mostAliases = 8;

bool isAddressType(DnsType type)
{
    return type == DnsType::A || type == DnsType::Aaaa;
}

QString text(const QByteArray& name)
{
    return QString::fromLatin1(name);
}
} // namespace

DnsClient::DnsClient(const base::Clock& clock, const DnsSettings& settings)
    : m_settings(settings)
    , m_hosts(settings.hostsFile)
    , m_cache(clock, settings.mostCached)
{
}

DnsClient::~DnsClient() = default;

void DnsClient::query(const DnsQuestion& question, Done done)
{
    query(question, QDeadlineTimer(m_settings.patience), std::move(done));
}

void DnsClient::query(const DnsQuestion& question, QDeadlineTimer until, Done done)
{
    const std::uint64_t id = ++m_nextWaiter;
    std::vector<Waiter> waiters;
    waiters.push_back({id, std::move(done)});
    if (const auto answer = known(question)) {
        answerLater(std::move(waiters), *answer);
        return;
    }
    QTimer::singleShot(std::chrono::milliseconds(std::max<qint64>(until.remainingTime(), 0)), this,
                       [this, question, id] { expire(question, id); });
    if (const auto open = m_pending.find(question); open != m_pending.end()) {
        open->second.waiters.push_back(std::move(waiters.front()));
        return;
    }
    m_pending[question] = {std::move(waiters), {question.name}, 0x7fffffff};
    ask(question);
}

std::optional<DnsAnswer> DnsClient::known(const DnsQuestion& question)
{
    if (isAddressType(question.type)) {
        const auto family =
            question.type == DnsType::A ? base::IpAddress::Family::V4 : base::IpAddress::Family::V6;
        const QList<base::IpAddress> hosts = m_hosts.addressesOf(question.name);
        DnsAnswer answer{DnsAnswer::Status::Found};
        for (const base::IpAddress& address : hosts) {
            if (address.family() == family) {
                answer.records.append({question.name, question.type, 0, address});
            }
        }
        if (!hosts.isEmpty()) { // a name of the hosts file has what stands there, and no more
            return answer.records.isEmpty() ? nothing(question, DnsAnswer::Status::NoData) : answer;
        }
    }
    if (m_channel && m_channel->isStale() && m_pending.empty()) {
        m_channel.reset(); // another network, other servers, other answers
        m_cache.clear();
    }
    const DnsAnswer* const cached = m_cache.find(question);
    return cached ? std::optional(*cached) : std::nullopt;
}

void DnsClient::answerLater(std::vector<Waiter> waiters, const DnsAnswer& answer)
{
    const auto deliver = [self = QPointer(this), waiters = std::move(waiters), answer] {
        for (const Waiter& waiter : waiters) {
            if (!self) {
                return;
            }
            waiter.done(answer);
        }
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

void DnsClient::ask(const DnsQuestion& question)
{
    if (!m_channel) {
        m_channel = std::make_unique<DnsChannel>(m_settings);
    }
    const QByteArray name = m_pending[question].aliases.last();
    // Only addresses of names without a dot: a service belongs to a domain, whole as it is.
    const bool search = isAddressType(question.type) && !name.contains('.');
    m_channel->ask({name, question.type}, search,
                   [this, question](const DnsChannel::Reply& reply) { onReply(question, reply); });
}

void DnsClient::onReply(const DnsQuestion& question, const DnsChannel::Reply& reply)
{
    switch (reply.outcome) {
    case DnsChannel::Outcome::Answer: {
        const auto view = std::as_bytes(
            std::span(reply.bytes.constData(), static_cast<std::size_t>(reply.bytes.size())));
        if (const auto message = DnsMessage::parse(view)) {
            onMessage(question, *message);
            return;
        }
        finish(question, failed(question, QStringLiteral("the answer makes no sense")), {});
        return;
    }
    case DnsChannel::Outcome::NoSuchName:
        finish(question, nothing(question, DnsAnswer::Status::NoSuchName), {});
        return;
    case DnsChannel::Outcome::NoData:
        finish(question, nothing(question, DnsAnswer::Status::NoData), {});
        return;
    case DnsChannel::Outcome::Refused:
        finish(question, failed(question, QStringLiteral("it could not or would not say")), {});
        return;
    case DnsChannel::Outcome::Unreachable:
        finish(question, unreachable(question), {});
        return;
    case DnsChannel::Outcome::Silence:
        finish(question, silent(question), {});
        return;
    case DnsChannel::Outcome::Broken:
        finish(question, failed(question, QStringLiteral("the question could not be sent")), {});
        return;
    }
}

void DnsClient::onMessage(const DnsQuestion& question, const DnsMessage& message)
{
    Pending& pending = m_pending[question];
    if (pending.aliases.last() != message.question) {
        pending.aliases.last() = message.question; // completed from the search list
    }
    DnsAnswer answer{DnsAnswer::Status::Found};
    // The chain of aliases in any order (RFC 1034 section 3.6.2), as far as it goes in this answer.
    for (bool onward = true; onward;) {
        onward = false;
        for (const DnsRecord& record : message.answers) {
            if (record.owner != pending.aliases.last()) {
                continue;
            }
            if (record.type == question.type) {
                answer.records.append(record);
                pending.ttl = std::min(pending.ttl, record.ttl);
            } else if (record.type == DnsType::Cname && answer.records.isEmpty()) {
                const auto& alias = std::get<QByteArray>(record.data);
                if (pending.aliases.size() > mostAliases || pending.aliases.contains(alias)) {
                    finish(question, failed(question, QStringLiteral("its aliases come to no end")),
                           {});
                    return;
                }
                pending.aliases.append(alias);
                pending.ttl = std::min(pending.ttl, record.ttl);
                onward = true;
                break;
            }
        }
    }
    if (!answer.records.isEmpty()) {
        finish(question, answer, pending.ttl);
        return;
    }
    if (message.responseCode == 0 && pending.aliases.last() != message.question) {
        ask(question); // the server left it to us to ask for the end of the chain
        return;
    }
    const auto status =
        message.responseCode == 3 ? DnsAnswer::Status::NoSuchName : DnsAnswer::Status::NoData;
    DnsAnswer no = nothing({message.question, question.type}, status);
    if (pending.aliases.size() > 1) {
        no.why =
            QStringLiteral("'%1' stands for another name: %2").arg(text(question.name), no.why);
    }
    finish(question, no, message.negativeTtl);
}

void DnsClient::finish(const DnsQuestion& question, const DnsAnswer& answer,
                       std::optional<std::uint32_t> ttl)
{
    auto node = m_pending.extract(question);
    if (node.empty()) {
        return;
    }
    m_cache.put(question, answer, ttl);
    answerLater(std::move(node.mapped().waiters), answer);
}

void DnsClient::expire(const DnsQuestion& question, std::uint64_t waiter)
{
    const auto open = m_pending.find(question);
    if (open == m_pending.end()) {
        return;
    }
    auto& waiters = open->second.waiters;
    const auto found = std::find_if(waiters.begin(), waiters.end(),
                                    [waiter](const Waiter& one) { return one.id == waiter; });
    if (found == waiters.end()) {
        return;
    }
    const Done done = std::move(found->done);
    waiters.erase(found);
    const DnsAnswer answer = silent(question);
    m_cache.put(question, answer,
                {}); // the next call need not wait for it; a late answer replaces it
    done(answer);
}

DnsAnswer DnsClient::failed(const DnsQuestion& question, const QString& how) const
{
    return {DnsAnswer::Status::Failed,
            {},
            QStringLiteral("the DNS server %1 has no answer about %2 of '%3': %4")
                .arg(m_channel ? m_channel->servers() : QString(),
                     isAddressType(question.type) ? QStringLiteral("the address")
                                                  : QString(dnsTypeName(question.type)),
                     text(question.name), how)};
}

// c-ares does not tell a server that refuses or fails from one that is not there.
DnsAnswer DnsClient::unreachable(const DnsQuestion& question) const
{
    return {
        DnsAnswer::Status::Failed,
        {},
        QStringLiteral("no DNS server has an answer (asked %1) for '%2': refused, failing or out "
                       "of reach")
            .arg(m_channel ? m_channel->servers() : QString(), text(question.name))};
}

DnsAnswer DnsClient::silent(const DnsQuestion& question) const
{
    return {DnsAnswer::Status::Failed,
            {},
            QStringLiteral("no DNS server answered (asked %1) for '%2'")
                .arg(m_channel ? m_channel->servers() : QString(), text(question.name))};
}

DnsAnswer DnsClient::nothing(const DnsQuestion& question, DnsAnswer::Status status)
{
    if (status == DnsAnswer::Status::NoSuchName) {
        return {
            status, {}, QStringLiteral("the name '%1' does not exist").arg(text(question.name))};
    }
    const QString what = question.type == DnsType::A ? QStringLiteral("IPv4 address")
        : question.type == DnsType::Aaaa             ? QStringLiteral("IPv6 address")
                                         : dnsTypeName(question.type) + QStringLiteral(" record");
    return {status, {}, QStringLiteral("'%1' exists but has no %2").arg(text(question.name), what)};
}

} // namespace hs::sip
