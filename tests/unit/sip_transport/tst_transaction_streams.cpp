// Transactions where the transport is a stream: no retransmissions, failures that come later (RFC
// 3261 section 17), and the switch from UDP by size (section 18.1.1).
#include "sip/message/MessageFactory.h"
#include "sip/transaction/TransactionLayer.h"
#include "support/ManualScheduler.h"

#include <QStringList>
#include <QTest>

using namespace hs;
using namespace hs::sip;
using namespace hs::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
// Sends nothing, and fails when it is told to.
class FakeTransport final : public Transport {
public:
    struct Sent {
        QByteArray bytes;
        Hop hop;
        Failed failed;
        Request request() const { return std::get<ParsedRequest>(parseDatagram(bytes)).request; }
    };

    bool send(const QByteArray& bytes, const Hop& to, Failed failed) override
    {
        sent.push_back({bytes, to, std::move(failed)});
        return true;
    }
    bool supports(TransportKind kind, base::IpAddress::Family) const override
    {
        return kind == TransportKind::Udp || hasTcp;
    }
    bool isOpen(const Hop& to) const override { return to.kind == TransportKind::Udp || open; }
    void prepare(const Hop& to, base::Duration within, std::function<void(bool)> tell) override
    {
        prepared = to;
        patience = within;
        ready = std::move(tell);
    }
    QByteArray viaName(const Hop& hop) const override
    {
        return hop.kind == TransportKind::Udp ? "UDP" : "TCP";
    }
    base::Endpoint sentBy(const Hop&) const override
    {
        return {*base::IpAddress::parse("192.0.2.1"), 5062};
    }
    Hop responseHop(const Via&, const Hop& from) const override { return from; }

    std::vector<Sent> sent;
    std::function<void(bool)> ready;
    Hop prepared;
    base::Duration patience{};
    bool hasTcp = true;
    bool open = false;
};

Hop hopOf(TransportKind kind)
{
    Hop hop;
    hop.remote = {*base::IpAddress::parse("192.0.2.9"), 5060};
    hop.kind = kind;
    return hop;
}

Request requestOf(const QByteArray& method, qsizetype bodyBytes = 0)
{
    Request request;
    request.method = method;
    request.requestUri = "sip:200@192.0.2.9";
    request.headers.add("From", "<sip:a@192.0.2.1>;tag=1");
    request.headers.add("To", "<sip:200@192.0.2.9>");
    request.headers.add("Call-ID", "call-1");
    request.headers.add("CSeq", "1 " + method);
    request.headers.add("Max-Forwards", "70");
    request.body = QByteArray(bodyBytes, 'x');
    return request;
}
} // namespace

class TransactionStreamsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingIsRepeated_data();
    void nothingIsRepeated();
    void refusalEndsAtOnce();
    void failureOfTheConnection_data();
    void failureOfTheConnection();
    void unreadableAnswer_data();
    void unreadableAnswer();
    void closedWithoutAnAnswer();
    void failureAfterAnAnswerIsNone();
    void responseThatCannotBeSent();
    void largeGoesByTcp();
    void largeByAnOpenConnection();
    void largeFallsBackToUdp();
    void cancelFollows();
    void withoutTcpIsRemembered();
    void sizeChangesNothing_data();
    void sizeChangesNothing();
    void largeAck();
    void layerIsGone();

private:
    ClientTransactionHandle send(Request request, const Hop& hop)
    {
        return m_layer->send(
            std::move(request), hop,
            {[this](const Response& response) { m_told << QString::number(response.statusCode); },
             [this](const ClientFailure& failure) {
                 m_told << (failure.kind == ClientFailure::Kind::Timeout ? QStringLiteral("timeout")
                                                                         : failure.why);
             }});
    }
    Response answer(int code) { return makeResponse(m_transport->sent.back().request(), code); }

    std::unique_ptr<ManualScheduler> m_scheduler;
    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<TransactionLayer> m_layer;
    base::Random m_random{1};
    QStringList m_told;
};

void TransactionStreamsTest::init()
{
    m_layer.reset();
    m_scheduler = std::make_unique<ManualScheduler>();
    m_transport = std::make_unique<FakeTransport>();
    m_layer = std::make_unique<TransactionLayer>(*m_transport, *m_scheduler, m_random);
    m_told.clear();
}

void TransactionStreamsTest::nothingIsRepeated_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("17.1.1.2 timer A") << QByteArray("INVITE");
    QTest::newRow("17.1.2.2 timer E") << QByteArray("OPTIONS");
}

void TransactionStreamsTest::nothingIsRepeated()
{
    QFETCH(QByteArray, method);
    const auto handle = send(requestOf(method), hopOf(TransportKind::Tcp));
    QVERIFY(m_transport->sent.front().bytes.contains("Via: SIP/2.0/TCP 192.0.2.1:5062"));
    m_scheduler->advance(seconds(31));
    QCOMPARE(m_transport->sent.size(), 1U);
    m_scheduler->advance(seconds(2)); // B and F
    QCOMPARE(m_told, QStringList{QStringLiteral("timeout")});
}

void TransactionStreamsTest::refusalEndsAtOnce()
{
    const auto handle = send(requestOf("INVITE"), hopOf(TransportKind::Tls));
    m_layer->onResponse(answer(486), hopOf(TransportKind::Tls));
    QCOMPARE(m_transport->sent.size(), 2U);
    QVERIFY(m_transport->sent.back().bytes.startsWith("ACK "));
    QCOMPARE(m_transport->sent.back().hop, hopOf(TransportKind::Tls));
    m_scheduler->advance(milliseconds(1)); // D
    QCOMPARE(m_layer->size(), 0U);
}

void TransactionStreamsTest::failureOfTheConnection_data()
{
    nothingIsRepeated_data();
}

void TransactionStreamsTest::failureOfTheConnection()
{
    QFETCH(QByteArray, method);
    const auto handle = send(requestOf(method), hopOf(TransportKind::Tcp));
    m_transport->sent.front().failed(QStringLiteral("refused"));
    QCOMPARE(m_told, QStringList{QStringLiteral("refused")});
    QCOMPARE(m_layer->size(), 0U);
    m_transport->sent.front().failed(QStringLiteral("again"));
    QCOMPARE(m_told.size(), 1);
}

void TransactionStreamsTest::unreadableAnswer_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("17.1.1 INVITE") << QByteArray("INVITE");
    QTest::newRow("17.1.2 another") << QByteArray("OPTIONS");
}

// The stream ends there, and with it all hope of another answer by it.
void TransactionStreamsTest::unreadableAnswer()
{
    QFETCH(QByteArray, method);
    const auto handle = send(requestOf(method), hopOf(TransportKind::Tcp));
    m_layer->onUnreadable(hopOf(TransportKind::Tcp).remote, "no Content-Length");
    QVERIFY(m_told.isEmpty());
    m_layer->onConnectionClosed(hopOf(TransportKind::Tls), QStringLiteral("another"));
    QVERIFY(m_told.isEmpty());
    m_layer->onConnectionClosed(hopOf(TransportKind::Tcp), QStringLiteral("gone"));
    QCOMPARE(m_told,
             QStringList{QStringLiteral(
                 "what the server answers can't be read as SIP: no Content-Length")});
    QCOMPARE(m_layer->size(), 0U);
}

// Section 18.2.2: what can't go back by the connection comes by another one.
void TransactionStreamsTest::closedWithoutAnAnswer()
{
    const auto handle = send(requestOf("INVITE"), hopOf(TransportKind::Tcp));
    m_layer->onConnectionClosed(hopOf(TransportKind::Tcp), QStringLiteral("gone"));
    QVERIFY(m_told.isEmpty());
    m_layer->onResponse(answer(486), hopOf(TransportKind::Tcp));
    QCOMPARE(m_told, QStringList{QStringLiteral("486")});
}

void TransactionStreamsTest::failureAfterAnAnswerIsNone()
{
    const auto handle = send(requestOf("INVITE"), hopOf(TransportKind::Tcp));
    m_layer->onResponse(answer(180), hopOf(TransportKind::Tcp));
    m_transport->sent.front().failed(QStringLiteral("broke"));
    QCOMPARE(m_told, QStringList{QStringLiteral("180")});
}

void TransactionStreamsTest::responseThatCannotBeSent()
{
    class User final : public TransactionUser {
    public:
        void onRequest(const ServerTransactionId& id, const Request&, const Hop&) override
        {
            last = id;
        }
        void onAck(const Request&, const Hop&) override { }
        void onCancel(const ServerTransactionId&, const Request&,
                      const ServerTransactionId&) override
        {
        }
        void onStray2xx(const Response&, const Hop&) override { }
        void onDefectiveRequest(const ParsedRequest&, const Hop&) override { }
        void onConnectionClosed(const Hop&, const QString& why) override { closed = why; }
        ServerTransactionId last;
        QString closed;
    } user;
    m_layer->setUser(&user);
    Request invite = requestOf("INVITE");
    invite.setTopVia(*Via::parse("SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK-1"));
    m_layer->onRequest({invite, {}}, hopOf(TransportKind::Tcp));
    m_transport->sent.back().failed(QStringLiteral("the 100 broke")); // ends nothing
    QCOMPARE(m_layer->size(), 1U);
    m_layer->respond(user.last, makeResponse(invite, 486));
    m_scheduler->advance(seconds(5)); // no timer G
    QCOMPARE(m_transport->sent.size(), 2U);
    m_transport->sent.back().failed(QStringLiteral("broke"));
    QCOMPARE(m_layer->size(), 0U);
    m_layer->onConnectionClosed(hopOf(TransportKind::Tcp), QStringLiteral("gone"));
    QCOMPARE(user.closed, QStringLiteral("gone"));
    m_layer->setUser(nullptr);
}

void TransactionStreamsTest::largeGoesByTcp()
{
    const auto handle = send(requestOf("INVITE", 1300), hopOf(TransportKind::Udp));
    QCOMPARE(m_transport->sent.size(), 0U);
    QCOMPARE(m_transport->prepared, hopOf(TransportKind::Tcp));
    QCOMPARE(m_transport->patience, base::Duration(seconds(1)));
    m_transport->ready(true);
    QCOMPARE(m_transport->sent.size(), 1U);
    QCOMPARE(m_transport->sent.front().hop, hopOf(TransportKind::Tcp));
    QVERIFY(m_transport->sent.front().bytes.contains("SIP/2.0/TCP"));
    m_scheduler->advance(seconds(5));
    QCOMPARE(m_transport->sent.size(), 1U);
    m_layer->onResponse(answer(200), hopOf(TransportKind::Tcp));
    QCOMPARE(m_told, QStringList{QStringLiteral("200")});
}

void TransactionStreamsTest::largeByAnOpenConnection()
{
    m_transport->open = true;
    const auto handle = send(requestOf("OPTIONS", 1300), hopOf(TransportKind::Udp));
    QVERIFY(!m_transport->ready);
    QCOMPARE(m_transport->sent.front().hop.kind, TransportKind::Tcp);
}

void TransactionStreamsTest::largeFallsBackToUdp()
{
    const auto handle = send(requestOf("INVITE", 1300), hopOf(TransportKind::Udp));
    m_transport->ready(false);
    QCOMPARE(m_transport->sent.size(), 1U);
    QCOMPARE(m_transport->sent.front().hop, hopOf(TransportKind::Udp));
    QVERIFY(m_transport->sent.front().bytes.contains("SIP/2.0/UDP"));
    m_scheduler->advance(milliseconds(600)); // A
    QCOMPARE(m_transport->sent.size(), 2U);
    m_layer->onResponse(answer(486), hopOf(TransportKind::Udp));
    QCOMPARE(m_told, QStringList{QStringLiteral("486")});
    QVERIFY(m_transport->sent.back().bytes.startsWith("ACK "));
}

void TransactionStreamsTest::cancelFollows()
{
    for (const bool isOpen : {true, false}) {
        init();
        const auto handle = send(requestOf("INVITE", 1300), hopOf(TransportKind::Udp));
        m_transport->ready(isOpen);
        const Hop way = hopOf(isOpen ? TransportKind::Tcp : TransportKind::Udp);
        m_layer->onResponse(answer(180), way);
        m_layer->cancel(handle);
        const FakeTransport::Sent& cancel = m_transport->sent.back();
        QCOMPARE(cancel.request().method, QByteArray("CANCEL"));
        QCOMPARE(cancel.hop, way);
        QCOMPARE(cancel.request().topVia(), m_transport->sent.front().request().topVia());
    }
}

void TransactionStreamsTest::withoutTcpIsRemembered()
{
    const auto first = send(requestOf("OPTIONS", 1300), hopOf(TransportKind::Udp));
    m_transport->ready(false);
    m_transport->ready = {};
    const auto second = send(requestOf("OPTIONS", 1300), hopOf(TransportKind::Udp));
    QVERIFY(!m_transport->ready);
    QCOMPARE(m_transport->sent.back().hop.kind, TransportKind::Udp);
    m_scheduler->advance(std::chrono::minutes(6));
    const auto third = send(requestOf("OPTIONS", 1300), hopOf(TransportKind::Udp));
    QVERIFY(m_transport->ready);
}

void TransactionStreamsTest::sizeChangesNothing_data()
{
    QTest::addColumn<qsizetype>("bytes");
    QTest::addColumn<bool>("isFixed");
    QTest::addColumn<bool>("hasTcp");
    QTest::newRow("18.1.1 it is small enough") << qsizetype(900) << false << true;
    QTest::newRow("somebody chose UDP") << qsizetype(1300) << true << true;
    QTest::newRow("no TCP here") << qsizetype(1300) << false << false;
}

void TransactionStreamsTest::sizeChangesNothing()
{
    QFETCH(qsizetype, bytes);
    QFETCH(bool, isFixed);
    QFETCH(bool, hasTcp);
    m_transport->hasTcp = hasTcp;
    Hop hop = hopOf(TransportKind::Udp);
    hop.kindIsFixed = isFixed;
    const auto handle = send(requestOf("OPTIONS", bytes), hop);
    QVERIFY(!m_transport->ready);
    QCOMPARE(m_transport->sent.front().hop.kind, TransportKind::Udp);
}

void TransactionStreamsTest::largeAck()
{
    const QByteArray small = m_layer->sendAck(requestOf("ACK"), hopOf(TransportKind::Udp));
    QCOMPARE(m_transport->sent.back().hop.kind, TransportKind::Udp);
    const QByteArray bytes = m_layer->sendAck(requestOf("ACK", 1300), hopOf(TransportKind::Udp));
    QCOMPARE(m_transport->sent.size(), 1U);
    m_transport->ready(true);
    m_transport->open = true;
    QCOMPARE(m_transport->sent.size(), 2U);
    QVERIFY(m_transport->sent.back().bytes.contains("SIP/2.0/TCP"));
    m_layer->sendRaw(bytes, hopOf(TransportKind::Udp));
    QCOMPARE(m_transport->sent.back().hop.kind, TransportKind::Tcp);
    m_layer->sendRaw(small, hopOf(TransportKind::Udp));
    QCOMPARE(m_transport->sent.back().hop.kind, TransportKind::Udp);
}

void TransactionStreamsTest::layerIsGone()
{
    {
        const auto handle = send(requestOf("INVITE", 1300), hopOf(TransportKind::Udp));
    }
    m_layer.reset();
    m_transport->ready(true);
    QCOMPARE(m_transport->sent.size(), 0U);
}

QTEST_GUILESS_MAIN(TransactionStreamsTest)
#include "tst_transaction_streams.moc"
