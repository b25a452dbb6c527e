#include "support/DnsServer.h"

#include <QNetworkDatagram>
#include <QTcpSocket>
#include <QtEndian>

#include <algorithm>

namespace hs::test {

namespace {
using Type = DnsServer::Type;

QByteArray number16(int value)
{
    QByteArray result(2, '\0');
    qToBigEndian(static_cast<quint16>(value), result.data());
    return result;
}

QByteArray number32(std::uint32_t value)
{
    QByteArray result(4, '\0');
    qToBigEndian(value, result.data());
    return result;
}

QByteArray text(const QByteArray& value)
{
    return static_cast<char>(value.size()) + value;
}

// "." and nothing are the root.
QByteArray wireName(const QByteArray& name)
{
    QByteArray result;
    for (const QByteArray& label : name.split('.')) {
        if (!label.isEmpty()) {
            result += text(label);
        }
    }
    return result + '\0';
}

QByteArray typeName(std::uint16_t type)
{
    switch (Type(type)) {
    case Type::A:
        return "A";
    case Type::Cname:
        return "CNAME";
    case Type::Soa:
        return "SOA";
    case Type::Aaaa:
        return "AAAA";
    case Type::Srv:
        return "SRV";
    case Type::Naptr:
        return "NAPTR";
    }
    return QByteArray::number(type);
}

QByteArray record(const QByteArray& owner, Type type, std::uint32_t ttl, const QByteArray& data)
{
    return wireName(owner) + number16(static_cast<int>(type)) + number16(1) + number32(ttl)
        + number16(static_cast<int>(data.size())) + data;
}
} // namespace

DnsServer::DnsServer()
{
    // UDP and TCP on the same number: what is free for one may not be for the other.
    for (int i = 0; i < 100; ++i) {
        if (m_udp.bind(QHostAddress::LocalHost, 0)
            && m_tcp.listen(QHostAddress::LocalHost, m_udp.localPort())) {
            break;
        }
        m_udp.close();
    }
    connect(&m_udp, &QUdpSocket::readyRead, this, &DnsServer::readUdp);
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* connection = m_tcp.nextPendingConnection()) {
            connect(connection, &QTcpSocket::readyRead, this,
                    [this, connection] { serveTcp(connection); });
        }
    });
}

base::Endpoint DnsServer::endpoint() const
{
    return {base::IpAddress::loopbackV4(), m_udp.localPort()};
}

void DnsServer::add(const QByteArray& name, Type type, std::uint32_t ttl, const QByteArray& data)
{
    m_records.insert(name.toLower(), {type, ttl, data});
}

void DnsServer::a(const QByteArray& name, const QByteArray& address, std::uint32_t ttl)
{
    add(name, Type::A, ttl, number32(QHostAddress(QString::fromLatin1(address)).toIPv4Address()));
}

void DnsServer::aaaa(const QByteArray& name, const QByteArray& address, std::uint32_t ttl)
{
    const Q_IPV6ADDR bytes = QHostAddress(QString::fromLatin1(address)).toIPv6Address();
    add(name, Type::Aaaa, ttl, QByteArray(reinterpret_cast<const char*>(&bytes), sizeof bytes));
}

void DnsServer::cname(const QByteArray& name, const QByteArray& target, std::uint32_t ttl)
{
    add(name, Type::Cname, ttl, wireName(target));
}

void DnsServer::srv(const QByteArray& name, int priority, int weight, int port,
                    const QByteArray& target, std::uint32_t ttl)
{
    add(name, Type::Srv, ttl,
        number16(priority) + number16(weight) + number16(port) + wireName(target));
}

void DnsServer::naptr(const QByteArray& name, int order, int preference, const QByteArray& flags,
                      const QByteArray& service, const QByteArray& replacement, std::uint32_t ttl)
{
    add(name, Type::Naptr, ttl,
        number16(order) + number16(preference) + text(flags) + text(service) + text({})
            + wireName(replacement));
}

void DnsServer::raw(const QByteArray& name, Type type, const QByteArray& data, std::uint32_t ttl)
{
    add(name, type, ttl, data);
}

void DnsServer::forget(const QByteArray& name)
{
    m_records.remove(name.toLower());
}

void DnsServer::readUdp()
{
    while (m_udp.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_udp.receiveDatagram();
        QByteArray answer = answerTo(datagram.data(), false);
        if (m_mutate && !answer.isEmpty()) {
            m_mutate(answer);
        }
        if (!answer.isEmpty()) {
            m_udp.writeDatagram(datagram.makeReply(answer));
        }
    }
}

void DnsServer::serveTcp(QTcpSocket* connection)
{
    while (connection->bytesAvailable() >= 2) {
        const auto size = qFromBigEndian<quint16>(connection->peek(2).constData());
        if (connection->bytesAvailable() < 2 + size) {
            return;
        }
        connection->skip(2);
        const QByteArray answer = answerTo(connection->read(size), true);
        if (!answer.isEmpty()) {
            connection->write(number16(static_cast<int>(answer.size())) + answer);
        }
    }
}

std::optional<DnsServer::Question> DnsServer::questionOf(const QByteArray& query)
{
    Question question;
    qsizetype at = 12;
    while (at < query.size() && query.at(at) != 0) {
        const auto length = static_cast<unsigned char>(query.at(at));
        question.name += (question.name.isEmpty() ? "" : ".") + query.mid(at + 1, length);
        at += 1 + length;
    }
    if (at + 5 > query.size()) {
        return std::nullopt;
    }
    question.name = question.name.toLower();
    question.type = qFromBigEndian<quint16>(query.constData() + at + 1);
    question.wire = query.mid(12, at + 5 - 12);
    return question;
}

bool DnsServer::exists(const QByteArray& name) const
{
    const QList<QByteArray> names = m_records.uniqueKeys();
    return std::any_of(names.begin(), names.end(), [&](const QByteArray& known) {
        return known == name
            || known.endsWith(QByteArray('.' + name)); // RFC 8020: and what is above a name
    });
}

QByteArray DnsServer::answers(const Question& question, int& count) const
{
    QByteArray result;
    QByteArray name = question.name;
    QSet<QByteArray> seen;
    while (!seen.contains(name)) {
        seen.insert(name);
        QList<Record> records = m_records.values(name);
        std::reverse(records.begin(), records.end()); // as they were added
        QByteArray alias;
        for (const Record& one : records) {
            if (static_cast<std::uint16_t>(one.type) == question.type || one.type == Type::Cname) {
                result += record(name, one.type, one.ttl, one.data);
                ++count;
            }
            if (one.type == Type::Cname) {
                alias = questionOf(QByteArray(12, '\0') + one.data + number32(0))->name;
            }
        }
        name = alias.isEmpty() || !m_followsAliases ? name : alias;
    }
    return result;
}

QByteArray DnsServer::answerTo(const QByteArray& query, bool overTcp)
{
    const auto question = questionOf(query);
    if (!question) {
        return {};
    }
    questions.append(QString::fromLatin1(typeName(question->type) + ' ' + question->name
                                         + (overTcp ? " tcp" : "")));
    const Mode mode = m_modeOf.value(Type(question->type), m_mode);
    if (mode == Mode::Silent) {
        return {};
    }
    if (mode == Mode::Garbage) {
        return query.left(2) + QByteArray("\x81\x80 what is this?");
    }
    int count = 0;
    QByteArray body = answers(*question, count);
    int code = count > 0 || exists(question->name) ? 0 : 3;
    bool truncated = false;
    if (mode == Mode::ServerFailure || mode == Mode::Refuse
        || (mode == Mode::Truncate && !overTcp)) {
        truncated = mode == Mode::Truncate;
        code = mode == Mode::ServerFailure ? 2 : mode == Mode::Refuse ? 5 : code;
        body.clear();
        count = 0;
    }
    QByteArray authority;
    if (count == 0 && m_negativeTtl && !truncated) {
        authority =
            record("example.com", Type::Soa, *m_negativeTtl,
                   wireName("ns.example.com") + wireName("root.example.com") + number32(1)
                       + number32(2) + number32(3) + number32(4) + number32(*m_negativeTtl));
    }
    const QByteArray id = mode == Mode::WrongId
        ? number16(qFromBigEndian<quint16>(query.constData()) ^ 0x5a5a)
        : query.left(2);
    const int flags = 0x8580 | code | (truncated ? 0x0200 : 0); // QR, AA, RD, RA
    return id + number16(flags) + number16(1) + number16(count)
        + number16(authority.isEmpty() ? 0 : 1) + number16(0) + question->wire + body + authority;
}

} // namespace hs::test
