// Registration where all goes well: what is asked for, kept, refreshed and taken back (RFC 3261
// section 10), with other telephones, a NAT and an outbound proxy on the way.
#include "RegistrationFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Registration::State;

class RegistrationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstRequest();
    void isRegisteredUntilGrantedTime();
    void refreshesBetween80And95Percent();
    void refreshKeepsCallIdAndRaisesCSeq();
    void refreshCarriesCredentialsAtOnce();
    void ownBindingAmongThoseOfOthers_data();
    void ownBindingAmongThoseOfOthers();
    void defaultPortMayBeLeftOut();
    void serviceRouteIsKeptAndReplaced();
    void instanceIsQuotedOnce();
    void publicAddressIsRegisteredAndTheFormerTakenBack();
    void refreshNowGoesOutAtOnce();
    void keepsTheNatOpen();
    void stopTakesTheBindingBack();
    void stopEndsThoughTheServerIsSilent();
    void stopWithoutBindingEndsAtOnce();
    void stopTakesBackWhatIsOnItsWay();
    void stopForgetsANameStillLookedUp();
    void startsAgainAfterStop();
};

namespace {
sip::Registration::Config withProxy()
{
    sip::Registration::Config config = RegistrationFixture::usual();
    config.addressOfRecord.uri = *sip::Uri::parse("sip:100@example.com");
    config.registrar = *sip::Uri::parse("sip:example.com;transport=udp");
    config.outboundProxy = *sip::Uri::parse("sip:192.0.2.9:5060");
    config.instance = "urn:uuid:00000000-0000-1000-8000-000A95A0E128";
    return config;
}
} // namespace

void RegistrationTest::firstRequest()
{
    RegistrationFixture r;
    QCOMPARE(r.state(), State::Off);
    r.start();
    QCOMPARE(r.state(), State::Registering);
    const sip::Request request = r.take();
    QCOMPARE(request.method, QByteArray("REGISTER"));
    QCOMPARE(request.requestUri, QByteArray("sip:192.0.2.9"));
    QCOMPARE(request.to()->uri.toBytes(), QByteArray("sip:100@192.0.2.9"));
    QVERIFY(request.to()->tag().isEmpty());
    QVERIFY(!request.from()->tag().isEmpty());
    QCOMPARE(request.expires(), std::optional<quint32>(600));
    QCOMPARE(request.contacts().size(), 1);
    QCOMPARE(request.contacts().first().uri.toBytes(), QByteArray("sip:100@192.0.2.1:5062"));
    QVERIFY(request.headers.has("Allow"));
    QVERIFY(request.headers.has("User-Agent"));
    QVERIFY(!request.headers.has("Authorization"));
}

void RegistrationTest::isRegisteredUntilGrantedTime()
{
    RegistrationFixture r;
    r.registerFor(300);
    QCOMPARE(r.state(), State::Registered);
    QVERIFY(r.changes > 0);
    QVERIFY(r.status().registeredUntil - r.now() <= 300s);
    QVERIFY(r.status().registeredUntil - r.now() >= 299s);
    QVERIFY(r.status().isBound(r.now()));
    QVERIFY(r.status().problem.isEmpty());
    QCOMPARE(r.status().server->remote, r.f.peer.local());
}

void RegistrationTest::refreshesBetween80And95Percent()
{
    QSet<int> seen;
    RegistrationFixture r;
    r.registerFor(100);
    for (int i = 0; i < 20; ++i) {
        const int after = r.secondsToNext(100);
        QVERIFY2(after >= 80 && after <= 96, qPrintable(QString::number(after)));
        seen << after;
        QCOMPARE(r.state(), State::Registered);
        r.grant(r.take(), 100);
    }
    QVERIFY(seen.size() > 4); // spread, or all come back at once after a power cut
}

void RegistrationTest::refreshKeepsCallIdAndRaisesCSeq()
{
    RegistrationFixture r;
    r.start();
    const sip::Request first = r.take();
    r.grant(first, 100);
    r.secondsToNext(100);
    const sip::Request second = r.take();
    QCOMPARE(second.callId(), first.callId());
    QCOMPARE(second.from()->tag(), first.from()->tag());
    QCOMPARE(second.cseq()->number, first.cseq()->number + 1);
}

void RegistrationTest::refreshCarriesCredentialsAtOnce()
{
    RegistrationFixture r;
    r.start();
    const sip::Request bare = r.take();
    r.reply(replyTo(bare, 401, "reg", challengeLine("n1")));
    const sip::Request answered = r.take();
    QVERIFY(answered.headers.first("Authorization")->contains("nc=00000001"));
    QCOMPARE(answered.cseq()->number, bare.cseq()->number + 1);
    QCOMPARE(answered.callId(), bare.callId());
    r.grant(answered, 100);
    QCOMPARE(r.state(), State::Registered);
    r.secondsToNext(100);
    QVERIFY(r.take().headers.first("Authorization")->contains("nc=00000002"));
}

void RegistrationTest::ownBindingAmongThoseOfOthers_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("seconds");
    const QByteArray others = "Contact: <sip:100@192.0.2.50:5060>;expires=3600\r\n"
                              "Contact: \"desk\" <sip:100@192.0.2.1:5099>;expires=3500\r\n";
    QTest::newRow("10.2.4 last of several")
        << others + "Contact: <sip:100@192.0.2.1:5062>;expires=120\r\n"
        << 120;
    QTest::newRow("10.2.4 in one line") << QByteArray("Contact: <sip:100@192.0.2.50>;expires=3600, "
                                                      "<sip:100@192.0.2.1:5062;ob>;expires=130\r\n")
                                        << 130;
    QTest::newRow("10.2.4 Expires for all")
        << QByteArray("Expires: 140\r\nContact: <sip:100@192.0.2.1:5062>\r\n") << 140;
    QTest::newRow("rewritten by the server")
        << QByteArray("Contact: <sip:100@198.51.100.7:41000>;expires=150\r\n") << 150;
    QTest::newRow("no Contact") << QByteArray("Expires: 160\r\n") << 160;
    QTest::newRow("neither Contact nor Expires") << QByteArray() << 600;
    QTest::newRow("Contact that makes no sense")
        << QByteArray("Contact: rubbish;;=\r\nExpires: 170\r\n") << 170;
}

void RegistrationTest::ownBindingAmongThoseOfOthers()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, seconds);
    RegistrationFixture r;
    r.start();
    r.reply(replyTo(r.take(), 200, "reg", headers));
    QCOMPARE(r.state(), State::Registered);
    const auto left = r.status().registeredUntil - r.now();
    QCOMPARE(std::chrono::round<std::chrono::seconds>(left).count(), seconds);
}

void RegistrationTest::defaultPortMayBeLeftOut()
{
    RegistrationFixture r;
    r.start();
    const auto seen = [](QByteArray bytes) {
        return bytes.replace(";rport", ";received=198.51.100.7;rport=5060");
    };
    r.reply(seen(replyTo(r.take(), 200, "reg", "Expires: 600\r\n")));
    r.reply(seen(replyTo(r.take(), 200, "reg",
                         "Contact: <sip:100@192.0.2.50>;expires=3600\r\n"
                         "Contact: <sip:100@198.51.100.7>;expires=180\r\n")));
    QVERIFY(r.status().registeredUntil - r.now() <= 180s);
}

void RegistrationTest::serviceRouteIsKeptAndReplaced()
{
    RegistrationFixture r;
    r.start();
    r.grant(r.take(), 100, "Service-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>\r\n");
    QCOMPARE(r.registration->serviceRoute().size(), 2);
    QCOMPARE(r.registration->serviceRoute().first().uri.host, QByteArray("p1.example.com"));
    r.secondsToNext(100);
    r.grant(r.take(), 100);
    QVERIFY(r.registration->serviceRoute().isEmpty());
}

void RegistrationTest::instanceIsQuotedOnce()
{
    RegistrationFixture r(withProxy());
    r.start();
    const QByteArray contact = r.take().headers.first("Contact")->toByteArray();
    // RFC 5626 section 4.1.
    QVERIFY2(contact.contains(";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\""),
             contact.constData());
    QVERIFY(contact.contains(";reg-id=1"));
}

void RegistrationTest::publicAddressIsRegisteredAndTheFormerTakenBack()
{
    RegistrationFixture r;
    r.start();
    const auto seen = [](QByteArray bytes) {
        return bytes.replace(";rport", ";received=198.51.100.7;rport=41000");
    };
    const sip::Request first = r.take();
    r.reply(seen(replyTo(first, 200, "reg", "Contact: <sip:100@192.0.2.1:5062>;expires=600\r\n")));
    const sip::Request second = r.take();
    const auto contacts = second.contacts();
    QCOMPARE(contacts.size(), 2);
    QCOMPARE(contacts.at(0).uri.toBytes(), QByteArray("sip:100@198.51.100.7:41000"));
    QCOMPARE(contacts.at(1).uri.toBytes(), QByteArray("sip:100@192.0.2.1:5062"));
    QCOMPARE(contacts.at(1).params.find("expires")->toByteArray(), QByteArray("0"));
    r.reply(
        seen(replyTo(second, 200, "reg", "Contact: <sip:100@198.51.100.7:41000>;expires=600\r\n")));
    QCOMPARE(r.state(), State::Registered);
    QCOMPARE(r.f.peer.waiting(), 0); // it is no news any more
    r.secondsToNext(600);
    const sip::Request refresh = r.take();
    QCOMPARE(refresh.contacts().size(), 1);
    QCOMPARE(refresh.contacts().first().uri.host, QByteArray("198.51.100.7"));
    // What a server tells with each answer anew leads to no more than one more request.
    r.reply(replyTo(refresh, 200, "reg", "Expires: 600\r\n")
                .replace(";rport", ";received=198.51.100.7;rport=41001"));
    const sip::Request moved = r.take();
    QCOMPARE(moved.contacts().value(0).uri.port, quint16(41001));
    r.reply(replyTo(moved, 200, "reg", "Expires: 600\r\n")
                .replace(";rport", ";received=198.51.100.7;rport=41002"));
    QCOMPARE(r.f.peer.waiting(), 0);
}

void RegistrationTest::refreshNowGoesOutAtOnce()
{
    RegistrationFixture r;
    r.registration->refreshNow();
    r.f.run();
    QCOMPARE(r.f.peer.waiting(), 0); // it was never started
    r.registerFor(600);
    r.registration->refreshNow();
    QCOMPARE(r.state(), State::Registered); // nobody lost anything yet
    r.f.run();
    r.grant(r.take(), 600);
    QCOMPARE(r.state(), State::Registered);
    QVERIFY(r.secondsToNext(600) >= 480); // the refresh planned before is off
}

void RegistrationTest::keepsTheNatOpen()
{
    RegistrationFixture r;
    int keepAlives = 0;
    r.f.network.setTrace([&](const VirtualDatagram& datagram) {
        keepAlives += datagram.bytes == "\r\n\r\n" ? 1 : 0;
    });
    r.registerFor(600);
    r.f.advance(251s);
    QCOMPARE(keepAlives, 10);
    r.registration->stop({});
    r.f.run();
    r.grant(r.take(), 0);
    r.f.advance(100s);
    QCOMPARE(keepAlives, 10);
}

void RegistrationTest::stopTakesTheBindingBack()
{
    RegistrationFixture r;
    r.registerFor(600);
    int stopped = 0;
    r.registration->stop([&stopped] { ++stopped; });
    r.f.run();
    QCOMPARE(r.state(), State::Unregistering);
    const sip::Request request = r.take();
    QCOMPARE(request.expires(), std::optional<quint32>(0));
    QCOMPARE(request.contacts().first().uri.toBytes(), QByteArray("sip:100@192.0.2.1:5062"));
    QCOMPARE(request.contacts().first().params.find("expires")->toByteArray(), QByteArray("0"));
    QCOMPARE(stopped, 0);
    r.reply(replyTo(request, 200, "reg"));
    QCOMPARE(stopped, 1);
    QCOMPARE(r.state(), State::Off);
    QVERIFY(!r.status().isBound(r.now()));
    QCOMPARE(r.secondsToNext(1000), -1);
    QCOMPARE(stopped, 1);
}

void RegistrationTest::stopEndsThoughTheServerIsSilent()
{
    RegistrationFixture r;
    r.registerFor(600);
    int stopped = 0;
    r.registration->stop([&stopped] { ++stopped; });
    r.f.advance(1900ms);
    QCOMPARE(stopped, 0);
    r.f.advance(200ms);
    QCOMPARE(stopped, 1);
    QCOMPARE(r.state(), State::Off);
    r.f.advance(60s);
    QCOMPARE(stopped, 1);
    QCOMPARE(r.state(), State::Off);
}

void RegistrationTest::stopWithoutBindingEndsAtOnce()
{
    RegistrationFixture r;
    int stopped = 0;
    r.registration->stop([&stopped] { ++stopped; });
    QCOMPARE(stopped, 1);
    r.f.run();
    QCOMPARE(r.f.peer.waiting(), 0);
    QCOMPARE(r.state(), State::Off);
}

void RegistrationTest::stopTakesBackWhatIsOnItsWay()
{
    RegistrationFixture r;
    r.start();
    const sip::Request first = r.take();
    int stopped = 0;
    r.registration->stop([&stopped] { ++stopped; });
    r.f.run();
    const sip::Request last = r.take();
    QCOMPARE(last.expires(), std::optional<quint32>(0));
    QVERIFY(last.cseq()->number > first.cseq()->number);
    r.grant(first, 600); // too late to matter
    QCOMPARE(r.state(), State::Unregistering);
    r.reply(replyTo(last, 200, "reg"));
    QCOMPARE(stopped, 1);
    QCOMPARE(r.state(), State::Off);
}

void RegistrationTest::stopForgetsANameStillLookedUp()
{
    RegistrationFixture r;
    const auto registration = std::make_shared<sip::Registration>(
        r.slowCore, RegistrationFixture::usual(), nullptr, [] {});
    registration->start();
    registration->stop({});
    QCOMPARE(registration->status().state, State::Off);
    r.slow.answer({sip::Hop{r.f.peer.local()}});
    r.f.run();
    QCOMPARE(r.f.peer.waiting(), 0);
    QCOMPARE(registration->status().state, State::Off);
}

void RegistrationTest::startsAgainAfterStop()
{
    RegistrationFixture r;
    r.registerFor(600);
    r.registration->stop({});
    r.f.run();
    r.reply(replyTo(r.take(), 200, "reg"));
    r.registerFor(600);
    QCOMPARE(r.state(), State::Registered);
}

QTEST_GUILESS_MAIN(RegistrationTest)
#include "tst_registration.moc"
