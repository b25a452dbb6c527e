// Requests to where nobody listens (RFC 3261 sections 8.1.3.1 and 18.4): which of them end by a
// report of the network, which may be forged, and which don't.
#include "RegistrationFixture.h"
#include "base/HostPort.h"
#include "support/NamedResolver.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using base::Undelivered;

class UndeliveredRequestsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsAtOnce_data();
    void endsAtOnce();
    void reportOfAnotherEndsNothing_data();
    void reportOfAnotherEndsNothing();
    void answeredIsNotEnded_data();
    void answeredIsNotEnded();
    void lostRouteIsNoEnd();
    void eachOfSeveralIsToldOnce();
    void overTcpItSaysNothing();
    void registrationSaysSoAndGoesOn();
};

namespace {
sip::Request requestOf(const QByteArray& method)
{
    sip::Request request;
    request.method = method;
    request.requestUri = "sip:200@192.0.2.9";
    request.headers.add("From", "<sip:a@192.0.2.1>;tag=1");
    request.headers.add("To", "<sip:200@192.0.2.9>");
    request.headers.add("Call-ID", "call-1");
    request.headers.add("CSeq", "1 " + method);
    request.headers.add("Max-Forwards", "70");
    return request;
}

// One request that waits for its answer.
struct Waiting {
    explicit Waiting(const QByteArray& method, const sip::Hop& hop = hopTo("192.0.2.9"))
    {
        handle = f.transactions.send(
            requestOf(method), hop,
            {[this](const sip::Response& response) { codes << response.statusCode; },
             [this](const sip::ClientFailure& failure) { failures << failure; }});
        f.run();
    }

    UaFixture f;
    QList<int> codes;
    QList<sip::ClientFailure> failures;
    sip::ClientTransactionHandle handle;
};

const base::Endpoint server = hopTo("192.0.2.9").remote;

void bothKinds()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("17.1.1 INVITE") << QByteArray("INVITE");
    QTest::newRow("17.1.2 another") << QByteArray("OPTIONS");
}
} // namespace

void UndeliveredRequestsTest::endsAtOnce_data()
{
    bothKinds();
}

void UndeliveredRequestsTest::endsAtOnce()
{
    QFETCH(QByteArray, method);
    Waiting w(method);
    w.f.transactions.onUndelivered(server, Undelivered::NobodyListens);
    QCOMPARE(w.failures.size(), 1);
    QCOMPARE(w.failures.first().kind, sip::ClientFailure::Kind::Transport);
    QCOMPARE(w.failures.first().why, QStringLiteral("nobody listens at 192.0.2.9:5060"));
    QCOMPARE(w.f.transactions.size(), 0U);
    const int sent = w.f.peer.received();
    w.f.advance(40s);
    QCOMPARE(w.f.peer.received(), sent); // and nothing is repeated
    QCOMPARE(w.failures.size(), 1);
}

void UndeliveredRequestsTest::reportOfAnotherEndsNothing_data()
{
    QTest::addColumn<QByteArray>("reported");
    QTest::newRow("another port") << QByteArray("192.0.2.9:5061");
    QTest::newRow("another host") << QByteArray("192.0.2.10:5060");
    QTest::newRow("another family") << QByteArray("[2001:db8::9]:5060");
}

void UndeliveredRequestsTest::reportOfAnotherEndsNothing()
{
    QFETCH(QByteArray, reported);
    const auto at = base::HostPort::parse(reported);
    Waiting w("INVITE");
    w.f.transactions.onUndelivered({*base::IpAddress::parse(at->host), at->port},
                                   Undelivered::NobodyListens);
    QVERIFY(w.failures.isEmpty());
    w.f.peer.send(replyTo(w.f.peer.takeRequest(), 486, "x"));
    w.f.run();
    QCOMPARE(w.codes, QList<int>{486});
}

void UndeliveredRequestsTest::answeredIsNotEnded_data()
{
    bothKinds();
}

// A far end that has answered is there, whoever says otherwise.
void UndeliveredRequestsTest::answeredIsNotEnded()
{
    QFETCH(QByteArray, method);
    Waiting w(method);
    const sip::Request request = w.f.peer.takeRequest();
    w.f.peer.send(replyTo(request, 100));
    w.f.run();
    w.f.transactions.onUndelivered(server, Undelivered::NobodyListens);
    QVERIFY(w.failures.isEmpty());
    w.f.peer.send(replyTo(request, 486, "x"));
    w.f.run();
    w.f.transactions.onUndelivered(server, Undelivered::NobodyListens);
    QVERIFY(w.codes.endsWith(486));
    QVERIFY(w.failures.isEmpty());
}

// RFC 1122 section 3.2.2.1: a hint. It only says why, when no answer has come.
void UndeliveredRequestsTest::lostRouteIsNoEnd()
{
    Waiting w("OPTIONS");
    w.f.transactions.onUndelivered(server, Undelivered::NoWay);
    QVERIFY(w.failures.isEmpty());
    w.f.advance(33s);
    QCOMPARE(w.failures.size(), 1);
    QCOMPARE(w.failures.first().kind, sip::ClientFailure::Kind::Timeout);
    QVERIFY(w.failures.first().why.contains(QStringLiteral("no way to 192.0.2.9:5060")));
}

// Who is told may send anew, to the same place: that is another request.
void UndeliveredRequestsTest::eachOfSeveralIsToldOnce()
{
    UaFixture f;
    int told = 0;
    std::vector<sip::ClientTransactionHandle> handles;
    const auto sendAnew = [&](const sip::ClientFailure&) {
        ++told;
        handles.push_back(f.transactions.send(requestOf("OPTIONS"), hopTo("192.0.2.9"), {}));
    };
    for (int i = 0; i < 3; ++i) {
        handles.push_back(
            f.transactions.send(requestOf("OPTIONS"), hopTo("192.0.2.9"), {{}, sendAnew}));
    }
    f.transactions.onUndelivered(server, Undelivered::NobodyListens);
    QCOMPARE(told, 3);
    QCOMPARE(f.transactions.size(), 3U);
}

void UndeliveredRequestsTest::overTcpItSaysNothing()
{
    sip::Hop tcp = hopTo("192.0.2.9");
    tcp.kind = sip::TransportKind::Tcp;
    Waiting w("OPTIONS", tcp);
    const qsizetype before = w.failures.size(); // there is no TCP in this network
    w.f.transactions.onUndelivered(server, Undelivered::NobodyListens);
    QCOMPARE(w.failures.size(), before);
}

void UndeliveredRequestsTest::registrationSaysSoAndGoesOn()
{
    sip::Registration::Config config = RegistrationFixture::usual();
    config.registrar = *sip::Uri::parse("sip:192.0.2.77:5060");
    RegistrationFixture r(config);
    r.f.network.setReportsUndelivered(true);
    r.start();
    QCOMPARE(r.state(), sip::Registration::State::Failed);
    QCOMPARE(r.status().code, 503);
    QCOMPARE(r.status().problem, QStringLiteral("nobody listens at 192.0.2.77:5060"));
    // RFC 5626 section 4.5: not sooner because it is known so soon.
    const base::TimePoint next = r.status().nextTryAt;
    QVERIFY(next - r.now() >= 14s && next - r.now() <= 30s);
    SipPeer late(r.f.network, {*base::IpAddress::parse("192.0.2.77"), 5060},
                 r.f.transport.localEndpoint());
    r.f.advance(next - r.now());
    const sip::Request request = late.takeRequest();
    QCOMPARE(request.method, QByteArray("REGISTER"));
    late.send(replyTo(request, 200, "reg"));
    r.f.run();
    QCOMPARE(r.state(), sip::Registration::State::Registered);
}

QTEST_GUILESS_MAIN(UndeliveredRequestsTest)
#include "tst_undelivered_requests.moc"
