// Subscription where things go wrong: refusals, endings by the server, silence; what is said and
// when it is tried again.
#include "SubscriptionFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Subscription::State;

class SubscriptionFailuresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hopelessRefusals_data();
    void hopelessRefusals();
    void intervalTooBriefIsRaised();
    void intervalTooBriefEndsAfterTwo();
    void wrongPasswordWaitsLong();
    void backOffGrows();
    void retryAfterCounts();
    void lostByTheServer();
    void refreshThatFailsKeepsTheDialog();
    void ranOutWhileFailing();
    void refreshIsGrantedNothing();
    void refreshIsGrantedByTheNotify();
    void terminated_data();
    void terminated();
    void endedAsSoonAsItBegan();
    void acceptedButSilent();
    void silentServer();
    void refreshNowDuringBackOff();
    void lookedUpTooLate();
    void refreshGoesWhereTheServerIs_data();
    void refreshGoesWhereTheServerIs();
    void refreshTriesTheNextServer();
};

void SubscriptionFailuresTest::hopelessRefusals_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("489") << 489 << QStringLiteral("does not offer the event 'dialog'");
    QTest::newRow("405") << 405 << QStringLiteral("does not offer the event 'dialog'");
    QTest::newRow("501") << 501 << QStringLiteral("does not offer the event 'dialog'");
    QTest::newRow("403") << 403 << QStringLiteral("does not let us watch sip:101@192.0.2.9");
    QTest::newRow("404") << 404 << QStringLiteral("knows no sip:101@192.0.2.9");
}

void SubscriptionFailuresTest::hopelessRefusals()
{
    QFETCH(int, code);
    QFETCH(QString, says);
    SubscriptionFixture s;
    s.reply(replyTo(s.start(), code, "srv"));
    QCOMPARE(s.state(), State::Failed);
    QCOMPARE(s.status().code, code);
    QVERIFY2(s.status().problem.contains(says), qPrintable(s.status().problem));
    QVERIFY(s.status().nextTryAt - s.now() > 3500s);
    QVERIFY(s.secondsToNext(3700) >= 3599);
}

void SubscriptionFailuresTest::intervalTooBriefIsRaised()
{
    SubscriptionFixture s;
    s.reply(replyTo(s.start(), 423, "srv", "Min-Expires: 1800\r\n"));
    const sip::Request second = s.take();
    QCOMPARE(second.expires(), std::optional<quint32>(1800));
    s.grant(second, 1800);
    QCOMPARE(s.notify(second, 1), 200);
    QCOMPARE(s.state(), State::Active);
}

void SubscriptionFailuresTest::intervalTooBriefEndsAfterTwo()
{
    SubscriptionFixture s;
    s.reply(replyTo(s.start(), 423, "srv", "Min-Expires: 700\r\n"));
    s.reply(replyTo(s.take(), 423, "srv", "Min-Expires: 800\r\n"));
    s.reply(replyTo(s.take(), 423, "srv", "Min-Expires: 900\r\n"));
    QCOMPARE(s.f.peer.waiting(), 0);
    QCOMPARE(s.state(), State::Failed);
}

void SubscriptionFailuresTest::wrongPasswordWaitsLong()
{
    const QByteArray challenge =
        "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"\r\n";
    SubscriptionFixture s;
    s.reply(replyTo(s.start(), 401, "srv", challenge));
    s.reply(replyTo(s.take(), 401, "srv", challenge));
    QCOMPARE(s.f.peer.waiting(), 0);
    QCOMPARE(s.state(), State::Failed);
    QVERIFY(s.status().problem.contains(QStringLiteral("password")));
    QVERIFY(s.secondsToNext(2000) >= 1799);
}

void SubscriptionFailuresTest::backOffGrows()
{
    SubscriptionFixture s;
    sip::Request request = s.start();
    QByteArray lastCallId;
    int most = 30;
    for (int i = 0; i < 9; ++i) {
        QVERIFY(request.callId() != lastCallId);
        lastCallId = request.callId();
        s.reply(replyTo(request, 500, "srv"));
        QVERIFY(s.status().problem.contains(QStringLiteral("500")));
        const int waited = s.secondsToNext(2000);
        QVERIFY2(waited >= most / 2 && waited <= most + 1, qPrintable(QString::number(waited)));
        most = std::min(2 * most, 1800);
        request = s.take();
    }
    s.grant(request, 100);
    s.notify(request, 1);
    s.secondsToNext(100);
    s.reply(replyTo(s.take(), 500, "srv"));
    QVERIFY(s.secondsToNext(100) <= 31);
}

void SubscriptionFailuresTest::retryAfterCounts()
{
    SubscriptionFixture s;
    s.reply(replyTo(s.start(), 480, "srv", "Retry-After: 200\r\n"));
    const int waited = s.secondsToNext(300);
    QVERIFY(waited >= 199 && waited <= 201);
}

void SubscriptionFailuresTest::lostByTheServer()
{
    SubscriptionFixture s;
    const sip::Request first = s.subscribed(100);
    s.secondsToNext(100);
    s.reply(replyTo(s.take(), 481, "srv"));
    QCOMPARE(s.state(), State::Subscribing); // what was told is worth nothing any more
    const sip::Request second = s.take(); // at once
    QCOMPARE(second.method, QByteArray("SUBSCRIBE"));
    QVERIFY(second.callId() != first.callId());
    QVERIFY(second.to()->tag().isEmpty());
    QCOMPARE(second.requestUri, QByteArray("sip:101@192.0.2.9"));
    QCOMPARE(s.notify(first, 2), 481); // nobody knows the old one any more
    s.grant(second, 100, "new");
    QCOMPARE(s.notify(second, 1, "active", "<b/>", "new"), 200);
    QCOMPARE(s.state(), State::Active);
}

void SubscriptionFailuresTest::refreshThatFailsKeepsTheDialog()
{
    SubscriptionFixture s;
    const sip::Request first = s.subscribed(600);
    s.secondsToNext(600);
    s.reply(replyTo(s.take(), 500, "srv"));
    QCOMPARE(s.state(), State::Failed);
    QVERIFY(s.secondsToNext(31) >= 14);
    const sip::Request again = s.take();
    QCOMPARE(again.to()->tag(), QByteArray("srv")); // section 4.1.2.2: it lasts until it runs out
    s.grant(again, 600);
    QCOMPARE(s.state(), State::Active);
    QVERIFY(s.status().problem.isEmpty());
    QCOMPARE(s.notify(first, 2), 200);
}

// RFC 6665 section 4.1.2.3: a 200 says for how long; one for no time keeps nothing.
void SubscriptionFailuresTest::refreshIsGrantedNothing()
{
    SubscriptionFixture s;
    const sip::Request first = s.subscribed(100);
    s.secondsToNext(100);
    s.grant(s.take(), 0);
    s.f.advance(33s); // a last NOTIFY might have come
    QCOMPARE(s.state(), State::Failed);
    QVERIFY(s.status().problem.contains(u"keeps no subscription"));
    QVERIFY(s.secondsToNext(61) >= 0);
    const sip::Request again = s.take();
    QVERIFY(again.callId() != first.callId());
    QVERIFY(again.to()->tag().isEmpty());
}

void SubscriptionFailuresTest::refreshIsGrantedByTheNotify()
{
    SubscriptionFixture s;
    const sip::Request first = s.subscribed(100);
    s.secondsToNext(100);
    s.grant(s.take(), 0);
    QCOMPARE(s.notify(first, 2, "active;expires=100"), 200);
    s.f.advance(33s);
    QCOMPARE(s.state(), State::Active);
}

void SubscriptionFailuresTest::ranOutWhileFailing()
{
    SubscriptionFixture s;
    const sip::Request first = s.subscribed(100);
    s.secondsToNext(100);
    s.reply(replyTo(s.take(), 500, "srv", "Retry-After: 60\r\n"));
    s.secondsToNext(100);
    const sip::Request second = s.take();
    QVERIFY(second.callId() != first.callId());
    QVERIFY(second.to()->tag().isEmpty());
}

void SubscriptionFailuresTest::terminated_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<int>("atLeast"); // seconds to the next SUBSCRIBE
    QTest::addColumn<int>("atMost");
    QTest::newRow("deactivated") << QByteArray("terminated;reason=deactivated") << 0 << 0;
    QTest::newRow("timeout") << QByteArray("Terminated;reason=timeout") << 0 << 0;
    QTest::newRow("probation") << QByteArray("terminated;reason=probation;retry-after=120") << 119
                               << 121;
    QTest::newRow("probation, no time") << QByteArray("terminated;reason=probation") << 14 << 31;
    QTest::newRow("giveup") << QByteArray("terminated;reason=giveup") << 14 << 31;
    QTest::newRow("giveup with time")
        << QByteArray("terminated;reason=giveup;retry-after=300") << 299 << 301;
    QTest::newRow("rejected") << QByteArray("terminated;reason=rejected") << 3599 << 3601;
    QTest::newRow("noresource") << QByteArray("terminated;reason=noresource") << 3599 << 3601;
    QTest::newRow("invariant") << QByteArray("terminated;reason=invariant") << 3599 << 3601;
    QTest::newRow("no reason") << QByteArray("terminated") << 14 << 31;
    QTest::newRow("unknown reason")
        << QByteArray("terminated;reason=moon;retry-after=50") << 49 << 51;
}

void SubscriptionFailuresTest::terminated()
{
    QFETCH(QByteArray, state);
    QFETCH(int, atLeast);
    QFETCH(int, atMost);
    SubscriptionFixture s;
    const sip::Request first = s.subscribed();
    s.f.advance(100s);
    QCOMPARE(s.notify(first, 2, state, "<last/>"), 200);
    QCOMPARE(s.bodies.size(), 1); // the last word counts too
    QCOMPARE(s.state(), atMost == 0 ? State::Subscribing : State::Failed);
    QCOMPARE(s.status().problem.isEmpty(), atMost == 0);
    const int waited = s.secondsToNext(4000);
    QVERIFY2(waited >= atLeast && waited <= atMost, qPrintable(QString::number(waited)));
    const sip::Request second = s.take();
    QVERIFY(second.callId() != first.callId());
    QVERIFY(second.to()->tag().isEmpty());
}

void SubscriptionFailuresTest::endedAsSoonAsItBegan()
{
    SubscriptionFixture s;
    sip::Request request = s.start();
    const auto end = [&] {
        s.grant(request, 600);
        s.notify(request, 1, "terminated;reason=deactivated");
    };
    end();
    request = s.take(); // at once: it may be a server that was started again
    for (int i = 0; i < 5; ++i) {
        end();
        if (i > 0 && s.f.peer.waiting() > 0) { // once more, but not twice a minute
            request = s.take();
            end();
        }
        QCOMPARE(s.f.peer.waiting(), 0); // no circle
        QCOMPARE(s.state(), State::Failed);
        QVERIFY(s.secondsToNext(2000) >= 14);
        request = s.take();
    }
}

void SubscriptionFailuresTest::acceptedButSilent()
{
    SubscriptionFixture s;
    s.grant(s.start(), 600);
    s.f.advance(31s);
    QCOMPARE(s.state(), State::Subscribing);
    s.f.advance(2s);
    QCOMPARE(s.state(), State::Failed);
    QVERIFY(s.status().problem.contains(QStringLiteral("tells nothing")));
    QVERIFY(s.secondsToNext(31) >= 12);
    QVERIFY(s.take().to()->tag().isEmpty());
}

void SubscriptionFailuresTest::silentServer()
{
    SubscriptionFixture s;
    s.start();
    s.f.advance(33s);
    QCOMPARE(s.state(), State::Failed);
    QCOMPARE(s.status().code, 408);
    QVERIFY(s.status().problem.contains(QStringLiteral("does not answer")));
}

void SubscriptionFailuresTest::refreshNowDuringBackOff()
{
    SubscriptionFixture s;
    s.reply(replyTo(s.start(), 489, "srv"));
    s.subscription->refreshNow();
    QCOMPARE(s.state(), State::Subscribing);
    s.f.run();
    QCOMPARE(s.take().method, QByteArray("SUBSCRIBE"));
}

void SubscriptionFailuresTest::lookedUpTooLate()
{
    class Slow final : public sip::Resolver {
    public:
        void resolve(const sip::Uri&, Done done) override { waiting = std::move(done); }
        Done waiting;
    };
    SubscriptionFixture s;
    Slow slow;
    sip::UaCore core{s.f.scheduler, s.f.transactions, s.f.random, slow, "Hookswitch/test"};
    const auto routes = std::make_shared<sip::NotifyRoutes>();
    auto subscription = std::make_shared<sip::Subscription>(
        core, routes, SubscriptionFixture::usual(), nullptr, &s);
    subscription->start();
    QCOMPARE(routes->size(), 1);
    subscription->stop({});
    QCOMPARE(routes->size(), 0);
    slow.waiting(sip::Resolver::Hops{sip::Hop{s.f.peer.local()}});
    s.f.run();
    QCOMPARE(s.f.peer.waiting(), 0);
    QCOMPARE(subscription->status().state, State::Off);
    subscription->start();
    QCOMPARE(routes->size(), 1);
    subscription.reset();
    QCOMPARE(routes->size(), 0);
    slow.waiting(base::Error{QStringLiteral("no such name")});
}

void SubscriptionFailuresTest::refreshGoesWhereTheServerIs_data()
{
    QTest::addColumn<QByteArray>("where");
    QTest::newRow("private Contact") << QByteArray("Contact: <sip:srv@10.0.0.5:5060>\r\n");
    QTest::newRow("private Record-Route")
        << QByteArray("Contact: <sip:srv@10.0.0.5>\r\nRecord-Route: <sip:10.0.0.6;lr>\r\n");
    QTest::newRow("a way that we do not have")
        << QByteArray("Contact: <sip:srv@10.0.0.5;transport=tls>\r\n");
}

void SubscriptionFailuresTest::refreshGoesWhereTheServerIs()
{
    // A PBX behind a NAT of its own names an address that nobody else has.
    QFETCH(QByteArray, where);
    for (const bool notifiedFirst : {false, true}) {
        SubscriptionFixture s;
        const sip::Request first = s.start();
        const QByteArray ok = replyTo(first, 200, "srv", "Expires: 100\r\n" + where);
        if (notifiedFirst) {
            s.notify(first, 1);
            s.reply(ok);
        } else {
            s.reply(ok);
            s.notify(first, 1);
        }
        s.secondsToNext(100);
        const sip::Request refresh = s.take();
        QCOMPARE(refresh.method, QByteArray("SUBSCRIBE"));
        QCOMPARE(refresh.to()->tag(), QByteArray("srv"));
        s.grant(refresh, 100);
        QCOMPARE(s.state(), State::Active);
        QVERIFY(s.status().problem.isEmpty());
    }
}

void SubscriptionFailuresTest::refreshTriesTheNextServer()
{
    // What the server names is dead: after a while the way by which it answered before is tried.
    SubscriptionFixture s;
    const sip::Request first = s.start();
    s.reply(replyTo(first, 200, "srv",
                    "Expires: 100\r\nContact: <sip:srv@192.0.2.9:5060>\r\n"
                    "Record-Route: <sip:192.0.2.77;lr>\r\n"));
    s.notify(first, 1);
    int next = s.secondsToNext(105);
    QVERIFY2(next >= 79 + 6 && next <= 96 + 6, qPrintable(QString::number(next)));
    s.grant(s.take(), 100);
    s.notify(first, 2);
    next = s.secondsToNext(105); // and at once from then on
    QVERIFY2(next >= 79 && next <= 96, qPrintable(QString::number(next)));
}

QTEST_GUILESS_MAIN(SubscriptionFailuresTest)
#include "tst_subscription_failures.moc"
