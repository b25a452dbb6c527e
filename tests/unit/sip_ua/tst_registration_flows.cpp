// Registration where the way to us changes: a connection that is lost (RFC 5626 section 4.5), an
// address that is ours no longer, another network.
#include "RegistrationFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Registration::State;

class RegistrationFlowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lostAfterLongIsMadeAnewAtOnce();
    void lostSoonIsAFailure();
    void oneThatLastsEndsTheBackOff();
    void refreshesDontMakeItYounger();
    void lostWithTheNetwork();
    void anothersIsNoConcern();
    void formerAddressIsTakenBack();
    void formerAddressThatRanOutIsLeft();
    void formerAddressIsTakenBackAtTheEnd();
    void contactsThatAreRefused_data();
    void contactsThatAreRefused();
    void refusedPasswordWaitsThroughANetworkChange();
    void startsAgainAfterAnEndThatIsNotAnswered();
    void aLaterEndOutweighsAStart();
};

namespace {
// Bound by a connection: what the hop says counts, the bytes go as ever.
struct Flow : RegistrationFixture {
    explicit Flow()
    {
        hop = sip::Hop{f.peer.local()};
        hop.kind = sip::TransportKind::Tcp;
        flow = std::make_shared<sip::Registration>(slowCore, config, credentials, [] {});
        flow->start();
    }
    // The name is found, the server says yes; -1 if nothing was asked within that time.
    int grantNext(int most)
    {
        slow.answer({hop});
        f.run();
        int waited = 0;
        while (f.peer.waiting() == 0 && waited++ < 4 * most) {
            f.advance(250ms);
            slow.answer({hop});
            f.run();
        }
        if (f.peer.waiting() == 0) {
            return -1;
        }
        grant(take(), 600);
        return waited / 4;
    }
    void close() { flow->onConnectionClosed(hop); }

    sip::Hop hop;
    std::shared_ptr<sip::Registration> flow;
};
} // namespace

void RegistrationFlowsTest::lostAfterLongIsMadeAnewAtOnce()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(61s);
    r.close();
    QCOMPARE(r.flow->status().state, State::Registered);
    QVERIFY(r.grantNext(2) >= 0);
}

void RegistrationFlowsTest::lostSoonIsAFailure()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    int most = 30;
    for (int i = 0; i < 8; ++i) {
        r.f.advance(50ms);
        r.close();
        QCOMPARE(r.flow->status().state, State::Failed);
        QVERIFY2(r.flow->status().problem.contains(u"192.0.2.9:5060 closes the connection"),
                 qPrintable(r.flow->status().problem));
        QVERIFY(r.flow->status().nextTryAt > r.now());
        const int waited = r.grantNext(3600);
        QVERIFY2(waited >= most / 2 && waited <= most + 1, qPrintable(QString::number(waited)));
        QCOMPARE(r.flow->status().state, State::Registered);
        most = std::min(2 * most, 1800);
    }
}

void RegistrationFlowsTest::oneThatLastsEndsTheBackOff()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    for (int i = 0; i < 4; ++i) {
        r.close();
        QVERIFY(r.grantNext(3600) >= 15);
    }
    r.f.advance(61s);
    r.close();
    QVERIFY(r.grantNext(2) >= 0);
    r.close();
    const int waited = r.grantNext(3600);
    QVERIFY2(waited >= 15 && waited <= 31, qPrintable(QString::number(waited)));
}

void RegistrationFlowsTest::refreshesDontMakeItYounger()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(50s);
    r.flow->refreshNow();
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(20s);
    r.close();
    QCOMPARE(r.flow->status().state, State::Registered);
}

// The connection is closed at our end, for its address is no more; the server is not to blame.
void RegistrationFlowsTest::lostWithTheNetwork()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(5s);
    r.flow->refreshNow();
    r.close();
    QCOMPARE(r.flow->status().state, State::Registered);
    QVERIFY(r.flow->status().problem.isEmpty());
    QCOMPARE(r.grantNext(0), 0);
    QCOMPARE(r.flow->status().state, State::Registered);
    QCOMPARE(r.grantNext(100), -1);
    r.close(); // the new one counts as ever
    QVERIFY(r.grantNext(2) >= 0);
}

void RegistrationFlowsTest::anothersIsNoConcern()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    sip::Hop other = r.hop;
    other.kind = sip::TransportKind::Tls;
    r.flow->onConnectionClosed(other);
    other = r.hop;
    other.remote = base::Endpoint(*base::IpAddress::parse("192.0.2.8"), 5060);
    r.flow->onConnectionClosed(other);
    QCOMPARE(r.flow->status().state, State::Registered);
    QCOMPARE(r.grantNext(100), -1);
}

// Section 10.2.2: nobody but us can say that nobody is there any more.
void RegistrationFlowsTest::formerAddressIsTakenBack()
{
    RegistrationFixture r;
    r.registerFor(600);
    r.moveTo("198.51.100.7");
    r.registration->refreshNow();
    r.f.run();
    const sip::Request request = r.take();
    const auto contacts = request.contacts();
    QCOMPARE(contacts.size(), 2);
    QCOMPARE(contacts.at(0).uri.toBytes(), QByteArray("sip:100@198.51.100.7:5062"));
    QCOMPARE(contacts.at(0).params.unquoted("expires"), QByteArray("600"));
    QCOMPARE(contacts.at(1).uri.toBytes(), QByteArray("sip:100@192.0.2.1:5062"));
    QCOMPARE(contacts.at(1).params.unquoted("expires"), QByteArray("0"));
    r.reply(replyTo(request, 200, "reg", "Expires: 600\r\n")
                .replace(";rport", ";received=198.51.100.7;rport=5062"));
    QCOMPARE(r.state(), State::Registered);
    r.registration->refreshNow();
    r.f.run();
    QCOMPARE(r.take().contacts().size(), 1); // done
}

void RegistrationFlowsTest::formerAddressThatRanOutIsLeft()
{
    RegistrationFixture r;
    r.registerFor(60);
    r.secondsToNext(60);
    r.reply(replyTo(r.take(), 500, "reg", "Retry-After: 100\r\n"));
    r.moveTo("198.51.100.7");
    QVERIFY(r.secondsToNext(200) >= 99);
    QCOMPARE(r.take().contacts().size(), 1);
}

void RegistrationFlowsTest::formerAddressIsTakenBackAtTheEnd()
{
    RegistrationFixture r;
    r.registerFor(600);
    r.moveTo("198.51.100.7");
    r.registration->stop({});
    r.f.run();
    const auto contacts = r.take().contacts();
    QCOMPARE(contacts.size(), 2);
    for (const sip::NameAddr& contact : contacts) {
        QCOMPARE(contact.params.unquoted("expires"), QByteArray("0"));
    }
}

void RegistrationFlowsTest::contactsThatAreRefused_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isTriedWithout");
    QTest::newRow("400") << 400 << true;
    QTest::newRow("403") << 403 << true;
    QTest::newRow("no matter of contacts: 500") << 500 << false;
    QTest::newRow("no matter of contacts: 603") << 603 << false;
}

void RegistrationFlowsTest::contactsThatAreRefused()
{
    QFETCH(int, code);
    QFETCH(bool, isTriedWithout);
    RegistrationFixture r;
    r.registerFor(600);
    r.moveTo("198.51.100.7");
    r.registration->refreshNow();
    r.f.run();
    r.reply(replyTo(r.take(), code, "reg"));
    QCOMPARE(r.f.peer.waiting(), isTriedWithout ? 1 : 0);
    if (isTriedWithout) {
        const sip::Request without = r.take();
        QCOMPARE(without.contacts().size(), 1);
        QCOMPARE(without.contacts().first().uri.host, QByteArray("198.51.100.7"));
        r.reply(replyTo(without, code, "reg"));
        QCOMPARE(r.f.peer.waiting(), 0); // once
    }
    QCOMPARE(r.state(), State::Failed);
}

// A server that locks out who tries on and on does not care by which network.
void RegistrationFlowsTest::refusedPasswordWaitsThroughANetworkChange()
{
    RegistrationFixture r;
    r.start();
    r.reply(replyTo(r.take(), 401, "reg", challengeLine("n1")));
    r.reply(replyTo(r.take(), 401, "reg", challengeLine("n2")));
    QCOMPARE(r.state(), State::Failed);
    r.registration->refreshNow();
    r.f.run();
    QCOMPARE(r.f.peer.waiting(), 0);
    QCOMPARE(r.state(), State::Failed);
    QVERIFY(r.status().nextTryAt >= r.now() + 29min);
    r.registration->start(); // the operator
    r.f.run();
    QCOMPARE(r.f.peer.waiting(), 1);
}

void RegistrationFlowsTest::startsAgainAfterAnEndThatIsNotAnswered()
{
    RegistrationFixture r;
    r.registerFor(600);
    int stopped = 0;
    r.registration->stop([&stopped] { ++stopped; });
    r.registration->start();
    r.f.run();
    const sip::Request end = r.take();
    QCOMPARE(end.expires(), std::optional<quint32>(0));
    r.reply(replyTo(end, 200, "reg"));
    QCOMPARE(stopped, 1);
    QCOMPARE(r.state(), State::Registering);
    r.grant(r.take(), 600);
    QCOMPARE(r.state(), State::Registered);
}

void RegistrationFlowsTest::aLaterEndOutweighsAStart()
{
    RegistrationFixture r;
    r.registerFor(600);
    r.registration->stop({});
    r.registration->start();
    r.registration->stop({});
    r.f.advance(3s);
    QCOMPARE(r.state(), State::Off);
    r.f.advance(100s);
    for (const sip::Request& request : r.f.peer.takeRequests()) {
        QCOMPARE(request.expires(), std::optional<quint32>(0));
    }
    QCOMPARE(r.state(), State::Off);
}

QTEST_GUILESS_MAIN(RegistrationFlowsTest)
#include "tst_registration_flows.moc"
