// Calls with an account whose password somebody asks for (RFC 3261 section 22): its servers get its
// digest wherever a call goes by way of them, whoever else asks gets none.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class AccountPasswordTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void redirectedToAStranger();
    void dialledStranger();
    void redirectedToTheServersOwnAddress();
    void foreignDomainByWayOfTheProxy();
    void registrarBehindTheProxy();
    void bindingIsNotForCallees();
    void proxyOfAStranger();
    void proxyThatIsTheAccountsOwn();
};

namespace {
const QByteArray asksAsServer =
    "WWW-Authenticate: Digest realm=\"office\", nonce=\"n\", qop=\"auth\"\r\n";
const QByteArray asksAsProxy =
    "Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"p\", qop=\"auth\"\r\n";

bool hasCredentials(const sip::Request& request)
{
    return request.headers.has(sip::HeaderId::Authorization)
        || request.headers.has(sip::HeaderId::ProxyAuthorization);
}

// The account office of office.example, at 192.0.2.9; its proxy, if it has one, at 192.0.2.8.
struct Office {
    explicit Office(const char* proxy = nullptr)
        : agent(world, "192.0.2.1")
    {
        agent.resolver.names["office.example"] = {hopTo("192.0.2.9")};
        agent.resolver.names["proxy.example"] = {hopTo("192.0.2.8")};
        model::Account account;
        account.name = QStringLiteral("office");
        account.user = QStringLiteral("100");
        account.domain = QStringLiteral("office.example");
        account.outboundProxy = QString::fromLatin1(proxy);
        account.registers = false;
        agent.passwords[account.name] = QStringLiteral("secret");
        agent.accounts.setAccounts({account});
        world.settle();
        for (SipPeer* peer : {&server, &proxyServer}) {
            for (const sip::Request& options : peer->takeRequests()) {
                peer->send(replyTo(options, 200, "o"));
            }
        }
        world.settle();
    }
    void dial(const char* target)
    {
        call::DialRequest request{QString::fromLatin1(target), model::Actor::machine()};
        request.account = QStringLiteral("office");
        const auto id = agent.manager.dial(request);
        QVERIFY2(id, qPrintable(id ? QString() : id.error().text));
        world.settle();
    }
    // The last INVITE that came there, answered with that.
    sip::Request answer(SipPeer& peer, int code, const QByteArray& headers)
    {
        sip::Request invite;
        for (const sip::Request& request : peer.takeRequests()) {
            if (request.method == "INVITE") {
                invite = request;
            }
        }
        if (!invite.method.isEmpty()) {
            peer.send(replyTo(invite, code, "t", headers));
        }
        world.settle();
        return invite;
    }

    World world;
    CallAgent agent;
    SipPeer server{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    SipPeer proxyServer{world.network, endpoint("192.0.2.8", 5060), agent.sip()};
    SipPeer stranger{world.network, endpoint("192.0.2.66", 5060), agent.sip()};
};
} // namespace

void AccountPasswordTest::redirectedToAStranger()
{
    Office w;
    w.dial("300");
    QVERIFY(!w.answer(w.server, 302, "Contact: <sip:x@192.0.2.66>\r\n").method.isEmpty());
    const sip::Request invite = w.answer(w.stranger, 401, asksAsServer);
    QCOMPARE(invite.requestUri, QByteArray("sip:x@192.0.2.66"));
    QVERIFY(!hasCredentials(invite));
    for (const sip::Request& request : w.stranger.takeRequests()) {
        QCOMPARE(request.method, QByteArray("ACK"));
        QVERIFY(!hasCredentials(request));
    }
    QVERIFY(!w.agent.call().isAlive());
    QCOMPARE(w.agent.call().finalCode, 401);
    QVERIFY2(w.agent.call().reason.contains(QStringLiteral("'office'")),
             qPrintable(w.agent.call().reason));
}

void AccountPasswordTest::dialledStranger()
{
    Office w;
    w.dial("sip:x@192.0.2.66");
    QVERIFY(!w.answer(w.stranger, 407, asksAsProxy).method.isEmpty());
    QCOMPARE(w.stranger.takeRequest().method, QByteArray("ACK"));
    QVERIFY(!w.agent.call().isAlive());
}

void AccountPasswordTest::redirectedToTheServersOwnAddress()
{
    // PBXs name their address, not their domain, in Contact and Refer-To.
    Office w;
    w.dial("300");
    w.answer(w.server, 302, "Contact: <sip:301@192.0.2.9:5060>\r\n");
    const sip::Request bare = w.answer(w.server, 401, asksAsServer);
    QCOMPARE(bare.requestUri, QByteArray("sip:301@192.0.2.9:5060"));
    QVERIFY(!hasCredentials(bare));
    QVERIFY(w.answer(w.server, 486, {}).headers.has(sip::HeaderId::Authorization));
}

void AccountPasswordTest::foreignDomainByWayOfTheProxy()
{
    Office w("proxy.example");
    w.dial("sip:x@far.example");
    const sip::Request bare = w.answer(w.proxyServer, 407, asksAsProxy);
    QCOMPARE(bare.requestUri, QByteArray("sip:x@far.example"));
    QVERIFY(!hasCredentials(bare));
    // Behind it somebody asks as well: the proxy speaks for the account.
    const sip::Request paid = w.answer(w.proxyServer, 401, asksAsServer);
    QVERIFY(paid.headers.has(sip::HeaderId::ProxyAuthorization));
    const sip::Request both = w.answer(w.proxyServer, 486, {});
    QVERIFY(both.headers.has(sip::HeaderId::ProxyAuthorization));
    QVERIFY(both.headers.has(sip::HeaderId::Authorization));
}

void AccountPasswordTest::registrarBehindTheProxy()
{
    // Without a Record-Route of the proxy what follows in the dialog goes to the PBX itself.
    Office w("proxy.example");
    w.dial("300");
    for (const sip::Request& request : w.proxyServer.takeRequests()) {
        w.proxyServer.send(
            replyTo(request, 200, "t", "Contact: <sip:pbx@192.0.2.9>\r\n", offer("192.0.2.9")));
    }
    w.world.settle();
    QVERIFY(w.agent.call().isAlive());
    QCOMPARE(w.server.takeRequest().method, QByteArray("ACK"));
    QVERIFY(w.agent.manager.hangUp(w.agent.call().id, model::Actor::machine()));
    w.world.settle();
    const sip::Request bye = w.server.takeRequest();
    QCOMPARE(bye.method, QByteArray("BYE"));
    w.server.send(replyTo(bye, 401, {}, asksAsServer));
    w.world.settle();
    QVERIFY(w.server.takeRequest().headers.has(sip::HeaderId::Authorization));
}

// By `;line=` of its Contact a binding is known; that is between us and the registrar.
void AccountPasswordTest::bindingIsNotForCallees()
{
    Office w;
    w.dial("300");
    const sip::Request invite = w.answer(w.server, 486, {});
    QCOMPARE(invite.contacts().size(), 1);
    QVERIFY(!invite.contacts().first().uri.params.find("line"));
    QCOMPARE(invite.contacts().first().uri.user, QByteArray("100"));
}

// RFC 3261 section 21.3.4: whoever writes a 305 does not speak for the account.
void AccountPasswordTest::proxyOfAStranger()
{
    Office w;
    w.dial("300");
    QVERIFY(!w.answer(w.server, 305, "Contact: <sip:192.0.2.66>\r\n").method.isEmpty());
    QVERIFY(!hasCredentials(w.answer(w.stranger, 407, asksAsProxy)));
    for (const sip::Request& request : w.stranger.takeRequests()) {
        QCOMPARE(request.method, QByteArray("ACK"));
        QVERIFY(!hasCredentials(request));
    }
    QVERIFY(!w.agent.call().isAlive());
    w.dial("sip:x@192.0.2.66"); // nor is it one from now on
    QVERIFY(!w.answer(w.stranger, 407, asksAsProxy).method.isEmpty());
    QCOMPARE(w.stranger.takeRequest().method, QByteArray("ACK"));
}

void AccountPasswordTest::proxyThatIsTheAccountsOwn()
{
    Office w("proxy.example");
    w.dial("300");
    w.answer(w.proxyServer, 305, "Contact: <sip:192.0.2.9>\r\n"); // its registrar
    QVERIFY(!w.answer(w.server, 407, asksAsProxy).method.isEmpty());
    QVERIFY(w.answer(w.server, 486, {}).headers.has(sip::HeaderId::ProxyAuthorization));
}

QTEST_GUILESS_MAIN(AccountPasswordTest)
#include "tst_account_password.moc"
