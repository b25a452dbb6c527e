// DnsServer: an authoritative DNS server on a free port of loopback, UDP and TCP, whose records are
// C++ values. It can be told to misbehave, for all questions or for those of one type. It follows
// aliases as far as it has them, unless told not to. Thread: one with an event loop.
#pragma once

#include "base/Endpoint.h"

#include <QMap>
#include <QSet>
#include <QStringList>
#include <QTcpServer>
#include <QUdpSocket>

#include <functional>
#include <optional>

namespace hs::test {

class DnsServer final : public QObject {
    Q_OBJECT
public:
    enum class Type : std::uint16_t { A = 1, Cname = 5, Soa = 6, Aaaa = 28, Srv = 33, Naptr = 35 };
    enum class Mode { Answer, Silent, ServerFailure, Refuse, Truncate, WrongId, Garbage };

    DnsServer();

    base::Endpoint endpoint() const;

    // `ttl` in seconds.
    void a(const QByteArray& name, const QByteArray& address, std::uint32_t ttl = 300);
    void aaaa(const QByteArray& name, const QByteArray& address, std::uint32_t ttl = 300);
    void cname(const QByteArray& name, const QByteArray& target, std::uint32_t ttl = 300);
    void srv(const QByteArray& name, int priority, int weight, int port, const QByteArray& target,
             std::uint32_t ttl = 300);
    void naptr(const QByteArray& name, int order, int preference, const QByteArray& flags,
               const QByteArray& service, const QByteArray& replacement, std::uint32_t ttl = 300);
    // Any data, well-formed or not.
    void raw(const QByteArray& name, Type type, const QByteArray& data, std::uint32_t ttl = 300);
    void forget(const QByteArray& name);

    // Truncate: says so over UDP, and answers in full over TCP.
    void setMode(Mode mode) { m_mode = mode; }
    void setMode(Type type, Mode mode) { m_modeOf[type] = mode; }
    void setFollowsAliases(bool follows) { m_followsAliases = follows; }
    // The time that a "no" may be kept (SOA); none: answers without an SOA.
    void setNegativeTtl(std::optional<std::uint32_t> ttl) { m_negativeTtl = ttl; }
    // Done to each answer over UDP just before it is sent.
    void setMutation(std::function<void(QByteArray&)> mutate) { m_mutate = std::move(mutate); }

    // "NAPTR example.com", over TCP "NAPTR example.com tcp"; in the order in which they came.
    QStringList questions;
    int asked(const QString& question) const { return static_cast<int>(questions.count(question)); }

private:
    struct Record {
        Type type;
        std::uint32_t ttl;
        QByteArray data;
    };
    struct Question {
        QByteArray name;
        std::uint16_t type = 0;
        QByteArray wire; // name, type and class
    };

    void add(const QByteArray& name, Type type, std::uint32_t ttl, const QByteArray& data);
    void readUdp();
    void serveTcp(QTcpSocket* connection);
    // Nothing: no answer.
    QByteArray answerTo(const QByteArray& query, bool overTcp);
    QByteArray answers(const Question& question, int& count) const;
    bool exists(const QByteArray& name) const;
    static std::optional<Question> questionOf(const QByteArray& query);

    QUdpSocket m_udp;
    QTcpServer m_tcp;
    QMultiMap<QByteArray, Record> m_records; // by lower-case name, the last one first
    Mode m_mode = Mode::Answer;
    QMap<Type, Mode> m_modeOf;
    bool m_followsAliases = true;
    std::optional<std::uint32_t> m_negativeTtl;
    std::function<void(QByteArray&)> m_mutate;
};

} // namespace hs::test
