// Whom a REGISTER names, and where it is sent: the one is the domain, the other what leads there.
#include "RegistrationFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

class RegistrationTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void domainIsNamedWhereverItIsSent_data();
    void domainIsNamedWhereverItIsSent();
    void contactOfAnotherLineIsNotOurs();
};

void RegistrationTargetTest::domainIsNamedWhereverItIsSent_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("registrar");
    QTest::addColumn<QByteArray>("proxy");
    QTest::addColumn<QByteArray>("requestUri");
    QTest::addColumn<QByteArrayList>("routes");
    const auto row = [](const char* name, const char* address, const char* registrar,
                        const char* proxy, const char* requestUri, const QByteArrayList& routes) {
        QTest::newRow(name) << QByteArray(address) << QByteArray(registrar) << QByteArray(proxy)
                            << QByteArray(requestUri) << routes;
    };
    row("3261 10.2 the domain, and that is where it goes", "sip:100@192.0.2.9", "sip:192.0.2.9", "",
        "sip:192.0.2.9", {});
    row("3261 10.2 not the host that it is sent to", "sip:100@example.com", "sip:192.0.2.9:5060",
        "", "sip:example.com", {});
    row("3261 10.2 no transport, though one is prescribed", "sip:100@example.com",
        "sip:192.0.2.9;transport=udp", "", "sip:example.com", {});
    row("3261 10.2 the port is the domain's own", "sip:100@example.com:5070", "sip:192.0.2.9", "",
        "sip:example.com:5070", {});
    row("3261 10.2 a secure domain", "sips:100@192.0.2.9", "sip:192.0.2.9:5060;transport=udp", "",
        "sips:192.0.2.9", {});
    row("3261 8.1.2 by the outbound proxy", "sip:100@example.com", "sip:example.com;transport=udp",
        "sip:192.0.2.9:5060", "sip:example.com", {"sip:192.0.2.9:5060;lr"});
    row("3261 8.1.2 by the proxy, to a server that is not the domain's by name",
        "sip:100@example.com", "sip:core.example.net:5070", "sip:192.0.2.9:5060", "sip:example.com",
        {"sip:192.0.2.9:5060;lr", "sip:core.example.net:5070;lr"});
}

void RegistrationTargetTest::domainIsNamedWhereverItIsSent()
{
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, registrar);
    QFETCH(QByteArray, proxy);
    QFETCH(QByteArray, requestUri);
    sip::Registration::Config config = RegistrationFixture::usual();
    config.addressOfRecord.uri = *sip::Uri::parse(address);
    config.registrar = *sip::Uri::parse(registrar);
    if (!proxy.isEmpty()) {
        config.outboundProxy = *sip::Uri::parse(proxy);
    }
    RegistrationFixture r(config);
    r.start();
    const sip::Request request = r.take();
    QCOMPARE(request.requestUri, requestUri);
    QCOMPARE(request.to()->uri.toBytes(), address);
    QCOMPARE(request.from()->uri.toBytes(), address);
    QByteArrayList routes;
    for (const sip::NameAddr& route : request.routes()) {
        routes << route.uri.toBytes();
    }
    QTEST(routes, "routes");
    // Section 22.4: the digest is over the same URI.
    r.reply(replyTo(request, 401, "reg", challengeLine("n1")));
    const sip::Request again = r.take();
    QCOMPARE(again.requestUri, requestUri);
    const QByteArray uri = "uri=\"" + requestUri + '"';
    QVERIFY(again.headers.first("Authorization")->contains(uri));
}

// A server that makes one address of two accounts lists the bindings of both.
void RegistrationTargetTest::contactOfAnotherLineIsNotOurs()
{
    sip::Registration::Config config = RegistrationFixture::usual();
    config.contactLine = "one";
    RegistrationFixture r(config);
    r.start();
    const sip::Request request = r.take();
    QCOMPARE(request.contacts().first().uri.toBytes(),
             QByteArray("sip:100@192.0.2.1:5062;line=one"));
    r.reply(replyTo(request, 200, "reg",
                    "Contact: <sip:100@192.0.2.1:5062;line=two>;expires=50,"
                    " <sip:100@192.0.2.1:5062;line=one>;expires=600\r\n"));
    QVERIFY(r.status().registeredUntil > r.now() + std::chrono::seconds(500));
}

QTEST_GUILESS_MAIN(RegistrationTargetTest)
#include "tst_registration_target.moc"
