// Who gets the account's digest: its own servers, and nobody else who asks.
#include "DigestFixture.h"
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::sip;
using namespace hs::test;
using Verdict = ChallengedRequest::Verdict;

class DigestServersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strangerGetsNothing_data();
    void strangerGetsNothing();
    void whatOneServerAskedIsNotToldTheNext();
    void secondServerMayAskTheSameRequest();
    void serversAreBounded();
    void farEndBehindTheProxyGetsNothing();
    void ownServerGetsThemWithinTheDialog();
};

namespace {
// A call with the account's password by way of its server, whose 407 it answers.
struct Call : UaFixture {
    Call()
    {
        credentials->admitServers({pbx});
        sip::OutgoingInvite invite;
        invite.target = *Uri::parse("sip:200@192.0.2.9");
        invite.to.uri = invite.target;
        invite.from.uri = *Uri::parse("sip:100@192.0.2.9");
        invite.callId = "our-call-1";
        invite.hop = pbx;
        invite.sdp = someOffer;
        invite.credentials = credentials;
        uac = userAgent.invite(invite, &uacLog);
        run();
        reply(peer, peer.takeRequest(), 407, proxyAsks);
    }
    void reply(SipPeer& by, const Request& request, int code, const QByteArray& more = {})
    {
        by.send(replyTo(request, code, "far", more, code == 200 ? someAnswer : QByteArray()));
        run();
    }
    // With that Contact, by a proxy that stays in the dialog or does not.
    void answer(const QByteArray& more)
    {
        const QList<Request> requests = peer.takeRequests(); // ACK, INVITE with credentials
        reply(peer, requests.last(), 200, more);
    }

    inline static const QByteArray proxyAsks =
        "Proxy-Authenticate: Digest realm=\"pbx\", nonce=\"p\", qop=\"auth\"\r\n";
    std::shared_ptr<DigestClient> credentials = std::make_shared<DigestClient>(
        random, DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")});
    std::shared_ptr<InviteUac> uac;
    SipPeer farEnd{network, stranger.remote, {*base::IpAddress::parse("192.0.2.1"), 5062}};
};

bool hasCredentials(const Request& request)
{
    return request.headers.has(HeaderId::Authorization)
        || request.headers.has(HeaderId::ProxyAuthorization);
}
} // namespace

void DigestServersTest::strangerGetsNothing_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("realm");
    QTest::newRow("3261 22.1 a far end, any realm") << 401 << QByteArray("anything");
    QTest::newRow("a far end that names our realm") << 401 << QByteArray("pbx");
    QTest::newRow("3261 22.3 somebody's proxy") << 407 << QByteArray("anything");
    QTest::newRow("a proxy that names our realm") << 407 << QByteArray("pbx");
}

void DigestServersTest::strangerGetsNothing()
{
    QFETCH(int, code);
    QFETCH(QByteArray, realm);
    DigestFixture f;
    ChallengedRequest own(f.client);
    QCOMPARE(own.answer(f.request, challenge({simple("p")}, 407), pbx), Verdict::TryAgain);
    ChallengedRequest sent(f.client);
    sent.prepare(f.request, stranger); // an earlier hop's may be in it
    QVERIFY(authorization(f.request, HeaderId::ProxyAuthorization).isEmpty());
    const Response asks = challenge({simple("n", {}, realm)}, code);
    QCOMPARE(sent.answer(f.request, asks, stranger), Verdict::Stranger);
    QVERIFY(!f.request.headers.has(HeaderId::Authorization));
    QVERIFY(!f.request.headers.has(HeaderId::ProxyAuthorization));
    QVERIFY(ChallengedRequest::sentence(Verdict::Stranger, asks)
                .contains(QString::fromLatin1("'" + realm + "'")));
    // An own server that passes on what somebody behind it asks for speaks for the account.
    QCOMPARE(sent.answer(f.request, asks, pbx), Verdict::TryAgain);
}

void DigestServersTest::whatOneServerAskedIsNotToldTheNext()
{
    DigestFixture f;
    ChallengedRequest first(f.client);
    first.answer(f.request, challenge({simple("p")}, 407), pbx);
    ChallengedRequest next(f.client);
    next.prepare(f.request, otherPbx);
    QVERIFY(!f.request.headers.has(HeaderId::ProxyAuthorization));
    next.prepare(f.request, pbx);
    QVERIFY(authorization(f.request, HeaderId::ProxyAuthorization).contains("nonce=\"p\""));
}

void DigestServersTest::secondServerMayAskTheSameRequest()
{
    // RFC 3263 section 4.3: the first one fails after it has asked.
    DigestFixture f;
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge({simple("one")}), pbx), Verdict::TryAgain);
    QCOMPARE(sent.answer(f.request, challenge({simple("two")}), otherPbx), Verdict::TryAgain);
    QCOMPARE(f.request.headers.count(HeaderId::Authorization), 1);
    QVERIFY(authorization(f.request).contains("nonce=\"two\""));
}

void DigestServersTest::serversAreBounded()
{
    DigestFixture f;
    for (int i = 0; i < 100; ++i) {
        const QByteArray address = "198.51.100." + QByteArray::number(i);
        f.client->admitServers({hopTo(address.constData()), pbx});
    }
    QVERIFY(f.client->isServer(pbx)); // it was among the last
    QVERIFY(f.client->isServer(hopTo("198.51.100.99", 5061)));
    QVERIFY(!f.client->isServer(hopTo("198.51.100.0")));
    QVERIFY(!f.client->isServer(otherPbx));
}

void DigestServersTest::farEndBehindTheProxyGetsNothing()
{
    // No Record-Route: the ACK and all that follows go straight to the far end.
    Call f;
    f.answer("Contact: <sip:x@192.0.2.66>\r\n");
    const Request ack = f.farEnd.takeRequest();
    QCOMPARE(ack.method, QByteArray("ACK"));
    QVERIFY(!hasCredentials(ack));
    f.uacLog.session->reinvite(someOffer);
    f.run();
    const Request reinvite = f.farEnd.takeRequest();
    QCOMPARE(reinvite.method, QByteArray("INVITE"));
    QVERIFY(!hasCredentials(reinvite));
    f.reply(f.farEnd, reinvite, 407, Call::proxyAsks);
    QVERIFY(!f.sessionLog.lines.isEmpty());
    f.farEnd.takeRequests();
    f.uacLog.session->hangUp();
    f.run();
    const Request bye = f.farEnd.takeRequest();
    QCOMPARE(bye.method, QByteArray("BYE"));
    QVERIFY(!hasCredentials(bye));
    f.reply(f.farEnd, bye, 401, "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"x\"\r\n");
    QVERIFY(f.farEnd.takeRequests().isEmpty()); // it is refused, and that is all
}

void DigestServersTest::ownServerGetsThemWithinTheDialog()
{
    Call f;
    f.answer("Contact: <sip:x@192.0.2.66>\r\nRecord-Route: <sip:192.0.2.9;lr>\r\n");
    const Request ack = f.peer.takeRequest();
    QCOMPARE(ack.method, QByteArray("ACK"));
    QVERIFY(ack.headers.has(HeaderId::ProxyAuthorization));
    f.uacLog.session->reinvite(someOffer);
    f.run();
    const Request reinvite = f.peer.takeRequest();
    QVERIFY(reinvite.headers.first(HeaderId::ProxyAuthorization)->contains("nc=00000002"));
    // Of another realm than the one of the call, by the far end behind the proxy.
    f.reply(f.peer, reinvite, 401, "WWW-Authenticate: Digest realm=\"far\", nonce=\"x\"\r\n");
    const Request again = f.peer.takeRequests().last();
    QVERIFY(again.headers.has(HeaderId::Authorization));
    QVERIFY(again.headers.first(HeaderId::ProxyAuthorization)->contains("nonce=\"p\""));
}

QTEST_GUILESS_MAIN(DigestServersTest)
#include "tst_digest_servers.moc"
