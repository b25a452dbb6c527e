// Which account an INVITE belongs to, who its servers are, and what its calls carry.
#include "AccountsFixture.h"
#include "ParsedRequest.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

class AccountLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accountOfAnInvite_data();
    void accountOfAnInvite();
    void oneUserAtTwoDomainsOfOneServer();
    void contactLineIsOfTheBinding();
    void contactLineIsASecret();
    void serversAreThoseOfTheName();
    void serverIsNamedWhileItFails();
    void refusedPasswordIsNotShownAgain();
    void hosts_data();
    void hosts();
    void routes_data();
    void routes();
    void serviceRouteIsFollowed();
    void serviceRouteBehindTheProxy();
};

namespace {
QByteArray joined(const QList<sip::NameAddr>& routes)
{
    QByteArrayList list;
    for (const sip::NameAddr& route : routes) {
        list << route.toBytes();
    }
    return list.join(' ');
}
} // namespace

void AccountLineTest::accountOfAnInvite_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("account");
    const auto row = [](const char* name, const char* source, const char* target, const char* to,
                        const char* account) {
        QTest::newRow(name) << QByteArray(source) << QByteArray(target) << QByteArray(to)
                            << QString::fromLatin1(account);
    };
    // one and two are both at 192.0.2.9, other at 192.0.2.8.
    row("by server and user", "192.0.2.9", "sip:102@192.0.2.1", "sip:x@y", "two");
    row("by server and user, the first", "192.0.2.9", "sip:101@192.0.2.1", "sip:x@y", "one");
    row("the server outweighs another's user", "192.0.2.9", "sip:200@192.0.2.1", "sip:x@y", "one");
    row("by server and To: the user was rewritten", "192.0.2.9", "sip:s@192.0.2.1",
        "sip:102@office.example", "two");
    row("by server alone", "192.0.2.9", "sip:4930@192.0.2.1", "sip:4930@y", "one");
    row("by the binding, whatever else is said", "192.0.2.9", "sip:101@192.0.2.1;line=[two]",
        "sip:101@office.example", "two");
    row("by the binding, from elsewhere", "192.0.2.77", "sip:200@192.0.2.1;line=[other]", "sip:x@y",
        "other");
    row("a binding of nobody's", "192.0.2.9", "sip:102@192.0.2.1;line=1", "sip:x@y", "two");
    row("anybody can call that user directly", "192.0.2.77", "sip:200@192.0.2.1", "sip:x@y", "");
    row("anybody can write that To", "192.0.2.77", "sip:s@192.0.2.1", "sip:200@other.example", "");
    row("To of another domain is another's", "192.0.2.8", "sip:s@192.0.2.1",
        "sip:101@office.example", "other");
    row("3261 19.1.4 escapes are the same user", "192.0.2.9", "sip:%31%30%32@192.0.2.1", "sip:x@y",
        "two");
    row("nobody's", "192.0.2.77", "sip:300@192.0.2.1", "sip:300@192.0.2.1", "");
}

void AccountLineTest::accountOfAnInvite()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, to);
    AccountsFixture f;
    f.set({silentAccount("one", "101", "office.example"),
           silentAccount("two", "102", "office.example"),
           silentAccount("other", "200", "other.example")});
    sip::Request invite = inviteWith({});
    for (const char* name : {"two", "other"}) {
        target.replace(QByteArray('[' + QByteArray(name) + ']'),
                       f.accounts.find(QString::fromLatin1(name))->contactLine());
    }
    invite.requestUri = target;
    invite.headers.set("To", "<" + to + ">");
    const call::AccountLine* line = f.accounts.forRequest(invite, hopTo(source.constData()));
    QTEST(line ? line->account().name : QString(), "account");
}

void AccountLineTest::oneUserAtTwoDomainsOfOneServer()
{
    AccountsFixture f;
    model::Account one = account("one", "200", "one.example");
    model::Account two = account("two", "200", "two.example");
    one.registrar = two.registrar = QStringLiteral("office.example");
    f.set({one, two});
    const QList<sip::Request> requests = f.f.peer.takeRequests();
    QCOMPARE(requests.size(), 2);
    const auto accountOf = [&f](const QByteArray& target, const QByteArray& to) {
        sip::Request invite = inviteWith({});
        invite.requestUri = target;
        invite.headers.set("To", "<" + to + ">");
        const call::AccountLine* line = f.accounts.forRequest(invite, hopTo("192.0.2.9"));
        return line ? line->account().name : QString();
    };
    for (const sip::Request& request : requests) {
        const QString name =
            request.to()->uri.host == "one.example" ? QStringLiteral("one") : QStringLiteral("two");
        const QByteArray contact = request.contacts().value(0).uri.toBytes();
        QCOMPARE(accountOf(contact, "sip:200@office.example"), name);
        // A server that keeps no more of it than user and place: To tells.
        QCOMPARE(accountOf("sip:200@192.0.2.1:5062", request.to()->uri.toBytes()), name);
        const call::AccountLine* line = f.accounts.find(name);
        QCOMPARE(request.contacts().value(0).uri.params.unquoted("line"), line->contactLine());
    }
}

// Whoever knows an account by its address must not know what its calls are told by.
void AccountLineTest::contactLineIsASecret()
{
    AccountsFixture f;
    const model::Account office = account("office", "100", "office.example");
    f.set({office});
    call::Accounts elsewhere(f.f.userAgent, "urn:uuid:another",
                             [](const model::Account&, const call::Accounts::PasswordFound& found) {
                                 found(QString());
                             });
    elsewhere.setAccounts({office});
    QVERIFY(f.accounts.find(office.name)->contactLine()
            != elsewhere.find(office.name)->contactLine());
}

// The same after a restart, and for what makes no other binding of it.
void AccountLineTest::contactLineIsOfTheBinding()
{
    const auto lineOf = [](const model::Account& account) {
        AccountsFixture f;
        f.set({account});
        return f.accounts.find(account.name)->contactLine();
    };
    const model::Account office = account("office", "100", "office.example");
    const QByteArray line = lineOf(office);
    QCOMPARE(line.size(), 16);
    model::Account same = office;
    same.name = QStringLiteral("renamed");
    same.displayName = QStringLiteral("Desk");
    same.registrar = QStringLiteral("office.example");
    QCOMPARE(lineOf(same), line);
    model::Account other = office;
    other.user = QStringLiteral("101");
    QVERIFY(lineOf(other) != line);
    other = office;
    other.domain = QStringLiteral("other.example");
    QVERIFY(lineOf(other) != line);
}

void AccountLineTest::serversAreThoseOfTheName()
{
    AccountsFixture f;
    f.resolver.names["office.example"] = {hopTo("192.0.2.9"), hopTo("192.0.2.10")};
    f.set({account("office", "100", "office.example"),
           silentAccount("other", "200", "other.example")});
    const auto isServer = [&f](const char* address) {
        return f.accounts.isServer(*base::IpAddress::parse(address));
    };
    QVERIFY(isServer("192.0.2.9"));
    QVERIFY(isServer("192.0.2.10")); // though it has not been asked
    QVERIFY(isServer("192.0.2.8")); // of one that does not register
    QVERIFY(!isServer("192.0.2.11"));
    f.resolver.names["other.example"] = {hopTo("192.0.2.11")};
    f.accounts.networkChanged();
    QVERIFY(isServer("192.0.2.11"));
    QVERIFY(!isServer("192.0.2.8"));
}

void AccountLineTest::serverIsNamedWhileItFails()
{
    AccountsFixture f;
    model::Account nameless = account("nameless", "300", "192.0.2.9");
    nameless.registrar = QStringLiteral("nonesuch.invalid:5070");
    f.resolver.names["office.example"] = {hopTo("192.0.2.9", 5077)};
    f.set({account("office", "100", "office.example"),
           silentAccount("silent", "200", "office.example"), nameless});
    f.f.advance(std::chrono::seconds(33)); // nobody is there
    for (const char* name : {"office", "silent"}) {
        QCOMPARE(f.state(name).state, model::RegistrationState::Failed);
        QCOMPARE(f.state(name).server, QStringLiteral("192.0.2.9:5077 UDP"));
        QVERIFY2(f.state(name).problem.contains(u"office.example (192.0.2.9:5077) does not answer"),
                 qPrintable(f.state(name).problem));
        QVERIFY(f.state(name).nextTryAt > base::toUnixMs(f.f.scheduler.clock().wall()));
    }
    QCOMPARE(f.state("nameless").server, QStringLiteral("nonesuch.invalid:5070"));
}

// The server is asked each half minute; with a wrong password each time it would lock us out.
void AccountLineTest::refusedPasswordIsNotShownAgain()
{
    const QByteArray challenge =
        "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"\r\n";
    AccountsFixture f;
    f.passwords[QStringLiteral("silent")] = QStringLiteral("wrong");
    f.set({silentAccount("silent", "200", "office.example")});
    const auto next = [&f, &challenge]() -> QByteArray {
        const sip::Request request = f.f.peer.takeRequest();
        f.reply(f.f.peer, replyTo(request, 401, "x", challenge));
        return request.method + (request.headers.has("Authorization") ? " with" : " without");
    };
    QCOMPARE(next(), QByteArray("OPTIONS without"));
    QCOMPARE(next(), QByteArray("OPTIONS with"));
    QCOMPARE(f.state("silent").state, model::RegistrationState::Reachable);
    for (int i = 0; i < 3; ++i) {
        f.f.advance(std::chrono::seconds(30));
        QCOMPARE(next(), QByteArray("OPTIONS without"));
        QCOMPARE(f.f.peer.waiting(), 0);
    }
    f.accounts.networkChanged();
    f.f.run();
    QCOMPARE(next(), QByteArray("OPTIONS without"));
    QCOMPARE(f.f.peer.waiting(), 0);
    f.accounts.passwordChanged(QStringLiteral("silent"));
    f.f.run();
    QCOMPARE(next(), QByteArray("OPTIONS without"));
    QCOMPARE(next(), QByteArray("OPTIONS with"));
}

void AccountLineTest::hosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isIts");
    QTest::newRow("domain") << QByteArray("office.example") << true;
    QTest::newRow("4343 domain in another case") << QByteArray("Office.EXAMPLE") << true;
    QTest::newRow("registrar") << QByteArray("sip.office.example") << true;
    QTest::newRow("another below the domain") << QByteArray("x.office.example") << false;
    QTest::newRow("longer") << QByteArray("office.example.com") << false;
    QTest::newRow("none") << QByteArray() << false;
}

void AccountLineTest::hosts()
{
    QFETCH(QByteArray, host);
    AccountsFixture f;
    model::Account office = silentAccount("office", "100", "office.example");
    office.registrar = QStringLiteral("sip.office.example:5070");
    f.set({office});
    QTEST(f.accounts.find(QStringLiteral("office"))->isHost(host), "isIts");
    sip::Uri uri;
    uri.host = host;
    QCOMPARE(f.accounts.forUri(uri) != nullptr,
             f.accounts.find(QStringLiteral("office"))->isHost(host));
}

void AccountLineTest::routes_data()
{
    QTest::addColumn<QString>("registrar");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<model::SipTransport>("transport");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("routes");
    QTest::addColumn<QByteArray>("nextHop"); // empty: where the target says
    using Transport = model::SipTransport;
    const auto row = [](const char* name, const char* registrar, const char* proxy,
                        Transport transport, const char* target, const char* routes,
                        const char* nextHop) {
        QTest::newRow(name) << QString::fromLatin1(registrar) << QString::fromLatin1(proxy)
                            << transport << QByteArray(target) << QByteArray(routes)
                            << QByteArray(nextHop);
    };
    row("3263 its own domain", "", "", Transport::Auto, "sip:300@office.example", "",
        "sip:office.example");
    row("its own domain has another server", "sip.office.example:5070", "", Transport::Auto,
        "sip:300@office.example", "", "sip:sip.office.example:5070");
    row("by a transport of its own", "", "", Transport::Tcp, "sip:300@office.example", "",
        "sip:office.example;transport=tcp");
    row("TLS", "", "", Transport::Tls, "sip:300@office.example", "",
        "sip:office.example;transport=tls");
    row("a stranger's domain", "", "", Transport::Auto, "sip:300@x.example", "", "");
    row("3261 8.1.2 outbound proxy", "", "proxy.example:5080", Transport::Udp,
        "sip:300@office.example", "<sip:proxy.example:5080;transport=udp;lr>",
        "sip:proxy.example:5080;transport=udp");
    row("3261 8.1.2 outbound proxy for strangers, too", "", "proxy.example", Transport::Auto,
        "sip:300@x.example", "<sip:proxy.example;lr>", "sip:proxy.example");
    row("3261 26.2.2 sips never in the open", "sip.office.example:5070", "", Transport::Udp,
        "sips:300@office.example", "", "sips:sip.office.example");
    row("3261 26.2.2 sips by the port for TLS", "sip.office.example:5071", "", Transport::Tls,
        "sips:300@office.example", "", "sips:sip.office.example:5071");
}

void AccountLineTest::routes()
{
    QFETCH(QString, registrar);
    QFETCH(QString, proxy);
    QFETCH(model::SipTransport, transport);
    QFETCH(QByteArray, target);
    AccountsFixture f;
    model::Account office = silentAccount("office", "100", "office.example");
    office.registrar = registrar;
    office.outboundProxy = proxy;
    office.transport = transport;
    f.resolver.names["proxy.example"] = {hopTo("192.0.2.9")};
    f.resolver.names["sip.office.example"] = {hopTo("192.0.2.9", 5070)};
    f.set({office});
    const call::OutgoingIdentity identity =
        f.accounts.find(QStringLiteral("office"))->identity(*sip::Uri::parse(target));
    QTEST(joined(identity.routes), "routes");
    QTEST(identity.nextHop ? identity.nextHop->toBytes() : QByteArray(), "nextHop");
    QCOMPARE(identity.account, QStringLiteral("office"));
    QCOMPARE(identity.from.uri.toBytes(), QByteArray("sip:100@office.example"));
}

// RFC 3608 section 5: what the registrar says stands before every call.
void AccountLineTest::serviceRouteIsFollowed()
{
    AccountsFixture f;
    f.set({account("office", "100", "office.example")});
    f.grant(f.f.peer, f.takeRegister(f.f.peer),
            "Service-Route: <sip:edge.example;lr>, <sip:core.example;lr>\r\n");
    const call::OutgoingIdentity identity =
        f.accounts.find(QStringLiteral("office"))
            ->identity(*sip::Uri::parse("sip:300@office.example"));
    QCOMPARE(joined(identity.routes), QByteArray("<sip:edge.example;lr> <sip:core.example;lr>"));
    QCOMPARE(identity.nextHop->toBytes(), QByteArray("sip:edge.example;lr"));
}

void AccountLineTest::serviceRouteBehindTheProxy()
{
    AccountsFixture f;
    f.resolver.names["proxy.example"] = {hopTo("192.0.2.9")};
    model::Account office = account("office", "100", "office.example");
    office.outboundProxy = QStringLiteral("proxy.example");
    f.set({office});
    const sip::Request request = f.takeRegister(f.f.peer);
    QCOMPARE(request.routes().size(), 1);
    f.grant(f.f.peer, request, "Service-Route: <sip:proxy.example;lr>, <sip:core.example;lr>\r\n");
    const call::OutgoingIdentity identity =
        f.accounts.find(QStringLiteral("office"))
            ->identity(*sip::Uri::parse("sip:300@office.example"));
    // The proxy itself once.
    QCOMPARE(joined(identity.routes), QByteArray("<sip:proxy.example;lr> <sip:core.example;lr>"));
    QCOMPARE(identity.nextHop->toBytes(), QByteArray("sip:proxy.example"));
}

QTEST_GUILESS_MAIN(AccountLineTest)
#include "tst_account_line.moc"
