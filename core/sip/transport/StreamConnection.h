// StreamConnection: one TCP or TLS connection that carries SIP, whoever opened it: handshake and
// certificate (RFC 5922), messages in and out, keep-alives (RFC 5626 section 4.4.1), time limits.
// Thread: the event loop's. Closes itself; its owner is told once and then lets go of it.
#pragma once

#include "base/Random.h"
#include "base/Scheduler.h"
#include "sip/message/StreamParser.h"
#include "sip/transport/Transport.h"

#include <QSslSocket>

#include <deque>
#include <memory>
#include <vector>

namespace hs::sip {

class StreamConnection final : public QObject {
    Q_OBJECT
public:
    using Failures = std::vector<Transport::Failed>; // of messages that did not get out

    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void onOpen(StreamConnection& connection) = 0;
        virtual void onItem(StreamConnection& connection, StreamItem&& item) = 0;
        virtual void onClosed(StreamConnection& connection, Failures&& failures) = 0;
        virtual bool isKept(const StreamConnection& connection) const = 0;
    };
    struct Parts {
        Owner& owner;
        base::Scheduler& scheduler;
        base::Random& random;
        ParserLimits limits;
    };

    StreamConnection(const Parts& parts, std::uint64_t id, TransportKind kind);
    ~StreamConnection() override;

    // To `to`, from that address of ours (null: the route decides).
    void open(const Hop& to, const base::IpAddress& from, const QSslConfiguration& tls);
    // An accepted one. False: its descriptor is closed already.
    bool take(qintptr descriptor, const QSslConfiguration& tls);

    // False: it is closed or has too much to send already, and `failed` is not called.
    bool write(const QByteArray& bytes, Transport::Failed failed);
    // What was written still goes out.
    void closeGently(const QString& why);
    void close(const QString& why);

    const Hop& hop() const { return m_hop; } // as of a message that came by it
    std::uint64_t id() const { return m_hop.connection; }
    bool isOpen() const { return m_state == State::Open; }
    bool isClosed() const { return m_state == State::Closing || m_state == State::Closed; }
    bool isInbound() const { return m_isInbound; }
    bool wasOpen() const { return m_wasOpen; }
    const QString& why() const { return m_why; } // it is closed; a sentence if it never opened
    base::TimePoint lastHeard() const { return m_lastHeard; }
    QByteArrayView text() const { return m_parser.text(); } // of the item that is told of

private:
    enum class State { Connecting, Securing, Open, Closing, Closed };
    struct Unproven {
        qint64 end = 0; // counted in octets written
        Transport::Failed failed;
    };

    void watchSocket();
    void onConnected();
    void onEncrypted();
    void becomeOpen();
    void onError();
    void read();
    void takeItem(StreamItem&& item);
    void takeLineEnds(int count);
    void noteHeard();
    void watchMessage(bool oneBecameWhole);
    void armIdle();
    void armPing();
    void ping();
    QString failure(const QString& why) const; // as a sentence
    void finish(const QString& why);
    base::TimePoint now() const { return m_parts.scheduler.clock().now(); }

    Parts m_parts;
    Hop m_hop;
    std::unique_ptr<QTcpSocket> m_socket;
    QSslSocket* m_secure = nullptr; // the same, of TLS
    StreamParser m_parser;
    State m_state = State::Connecting;
    bool m_isInbound = false;
    bool m_carriedMessage = false;
    QString m_certificateProblem;
    QString m_why;
    bool m_wasOpen = false;

    std::vector<std::pair<QByteArray, Transport::Failed>> m_queue; // until it is open
    qint64 m_queuedBytes = 0;
    std::deque<Unproven> m_unproven;
    qint64 m_writtenBytes = 0;
    qint64 m_sentBytes = 0;

    int m_lineEnds = 0;
    bool m_answersPings = false;
    base::TimePoint m_lastHeard;
    base::TimePoint m_lastMessage;
    base::Timer m_deadline; // of whatever is under way: connecting, handshake, closing
    base::Timer m_messageDeadline;
    base::Timer m_idle;
    base::Timer m_ping;
    base::Timer m_pong;
};

} // namespace hs::sip
