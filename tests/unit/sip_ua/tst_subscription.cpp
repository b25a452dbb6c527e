// Subscription where all goes well: subscribe, be told, refresh, end (RFC 6665), and the NOTIFYs
// that do not belong.
#include "SubscriptionFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Subscription::State;

class SubscriptionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstRequest();
    void routesArePreloaded();
    void becomesActiveWithTheFirstNotify();
    void notifyBeforeTheResponse();
    void notifyOfAnotherBranchMakesTheDialog();
    void secondBranchOfAForkIsRefused();
    void pending();
    void refreshesInTheDialog();
    void routeSetOfTheDialogIsUsed();
    void notifyShortensTheTime();
    void challengeIsAnswered();
    void notifyOutOfOrder();
    void notifyOfNoSubscription();
    void wrongEvent();
    void wrongType();
    void emptyNotifyTellsNothing();
    void bodyLimit();
    void fullStateIsAskedForSeldom();
    void refreshNowGoesOutAtOnce();
    void stopUnsubscribes();
    void stopEndsThoughTheServerIsSilent();
    void stopBeforeAnyAnswer();
    void letGoWhileTold();
};

void SubscriptionTest::firstRequest()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    QCOMPARE(s.state(), State::Subscribing);
    QCOMPARE(request.method, QByteArray("SUBSCRIBE"));
    QCOMPARE(request.requestUri, QByteArray("sip:101@192.0.2.9"));
    QCOMPARE(request.headers.first("Event")->toByteArray(), QByteArray("dialog"));
    QCOMPARE(request.headers.first("Accept")->toByteArray(),
             QByteArray("application/dialog-info+xml"));
    QCOMPARE(request.expires(), std::optional<quint32>(600));
    QCOMPARE(request.to()->uri.toBytes(), QByteArray("sip:101@192.0.2.9"));
    QVERIFY(request.to()->tag().isEmpty());
    QCOMPARE(request.from()->uri.toBytes(), QByteArray("sip:100@192.0.2.9"));
    QCOMPARE(request.contacts().value(0).uri.toBytes(), QByteArray("sip:100@192.0.2.1:5062"));
    QVERIFY(request.headers.has("Allow"));
    s.subscription->start();
    s.f.run();
    QCOMPARE(s.f.peer.waiting(), 0); // once is enough
}

void SubscriptionTest::routesArePreloaded()
{
    sip::Subscription::Config config = SubscriptionFixture::usual();
    config.target = *sip::Uri::parse("sip:101@example.com");
    config.routes << *sip::NameAddr::parse("<sip:192.0.2.9:5060;lr>")
                  << *sip::NameAddr::parse("<sip:edge.example.com;lr>");
    SubscriptionFixture s(config);
    const sip::Request request = s.start();
    QCOMPARE(request.requestUri, QByteArray("sip:101@example.com"));
    QCOMPARE(request.routes().size(), 2);
}

void SubscriptionTest::becomesActiveWithTheFirstNotify()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    s.grant(request, 300);
    QCOMPARE(s.state(), State::Subscribing);
    QCOMPARE(s.notify(request, 1, "active;expires=300", "<a/>"), 200);
    QCOMPARE(s.state(), State::Active);
    QCOMPARE(s.bodies, QList<QByteArray>{"application/dialog-info+xml <a/>"});
    const auto left = s.status().subscribedUntil - s.now();
    QVERIFY(left <= 300s && left > 298s);
    QVERIFY(s.status().problem.isEmpty());
    QVERIFY(s.changes >= 2);
}

void SubscriptionTest::notifyBeforeTheResponse()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    QCOMPARE(s.notify(request, 7), 200);
    QCOMPARE(s.bodies.size(), 1);
    QCOMPARE(s.state(), State::Active);
    s.grant(request, 100);
    QCOMPARE(s.state(), State::Active);
    QCOMPARE(s.notify(request, 8), 200);
    // And the dialog that the NOTIFY made is the one that is refreshed.
    const int next = s.secondsToNext(100);
    QVERIFY(next >= 79 && next <= 96);
    const sip::Request refresh = s.take();
    QCOMPARE(refresh.callId(), request.callId());
    QCOMPARE(refresh.to()->tag(), QByteArray("srv"));
    QCOMPARE(refresh.requestUri, QByteArray("sip:srv@192.0.2.9:5060"));
}

void SubscriptionTest::notifyOfAnotherBranchMakesTheDialog()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    s.grant(request, 100, "one");
    QCOMPARE(s.notify(request, 1, "active", "<b/>", "two"), 200);
    QCOMPARE(s.notify(request, 1, "active", "<b/>", "one"), 481);
    s.secondsToNext(100);
    QCOMPARE(s.take().to()->tag(), QByteArray("two"));
}

void SubscriptionTest::secondBranchOfAForkIsRefused()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    QCOMPARE(s.notify(request, 2, "active", "<b/>", "other"), 481);
    QVERIFY(s.bodies.isEmpty());
    QCOMPARE(s.notify(request, 2), 200);
}

void SubscriptionTest::pending()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    s.grant(request, 300);
    s.notify(request, 1, "pending;expires=300", {});
    QCOMPARE(s.state(), State::Pending);
    s.notify(request, 2, "Active");
    QCOMPARE(s.state(), State::Active);
}

void SubscriptionTest::refreshesInTheDialog()
{
    SubscriptionFixture s;
    const sip::Request first = s.subscribed(100);
    quint32 sequence = first.cseq()->number;
    for (int i = 0; i < 10; ++i) {
        const int next = s.secondsToNext(100);
        QVERIFY2(next >= 79 && next <= 96, qPrintable(QString::number(next)));
        QCOMPARE(s.state(), State::Active);
        const sip::Request refresh = s.take();
        QCOMPARE(refresh.method, QByteArray("SUBSCRIBE"));
        QCOMPARE(refresh.callId(), first.callId());
        QCOMPARE(refresh.from()->tag(), first.from()->tag());
        QCOMPARE(refresh.to()->tag(), QByteArray("srv"));
        QCOMPARE(refresh.requestUri, QByteArray("sip:srv@192.0.2.9:5060"));
        QCOMPARE(refresh.headers.first("Event")->toByteArray(), QByteArray("dialog"));
        QVERIFY(refresh.cseq()->number > sequence);
        sequence = refresh.cseq()->number;
        s.grant(refresh, 100);
        QCOMPARE(s.notify(first, 2 + i), 200);
    }
}

void SubscriptionTest::routeSetOfTheDialogIsUsed()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    s.grant(request, 100, "srv",
            "Record-Route: <sip:far.example.com;lr>, <sip:192.0.2.9:5060;lr>\r\n");
    s.notify(request, 1);
    s.secondsToNext(100);
    const sip::Request refresh = s.take();
    QCOMPARE(refresh.routes().size(), 2);
    QCOMPARE(refresh.routes().first().uri.host, QByteArray("192.0.2.9"));
}

void SubscriptionTest::notifyShortensTheTime()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    s.grant(request, 3600);
    s.notify(request, 1, "active;expires=60");
    const int next = s.secondsToNext(60);
    QVERIFY(next >= 47 && next <= 58);
}

void SubscriptionTest::challengeIsAnswered()
{
    SubscriptionFixture s;
    const sip::Request bare = s.start();
    s.reply(replyTo(bare, 401, "srv",
                    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"\r\n"));
    const sip::Request answered = s.take();
    QVERIFY(answered.headers.has("Authorization"));
    QCOMPARE(answered.callId(), bare.callId());
    QCOMPARE(answered.cseq()->number, bare.cseq()->number + 1);
    s.grant(answered, 100);
    QCOMPARE(s.notify(answered, 1), 200);
    QCOMPARE(s.state(), State::Active);
    s.secondsToNext(100);
    const sip::Request refresh = s.take();
    QVERIFY(refresh.headers.first("Authorization")->contains("nc=00000002"));
    QCOMPARE(refresh.cseq()->number, answered.cseq()->number + 1);
}

void SubscriptionTest::notifyOutOfOrder()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    QCOMPARE(s.notify(request, 5, "active", "<new/>"), 200);
    QCOMPARE(s.notify(request, 4, "active", "<old/>"), 500);
    QCOMPARE(s.notify(request, 5, "active", "<same/>"), 500);
    QCOMPARE(s.bodies, QList<QByteArray>{"application/dialog-info+xml <new/>"});
}

void SubscriptionTest::notifyOfNoSubscription()
{
    SubscriptionFixture s;
    sip::Request request = s.subscribed();
    const sip::Request ours = request;
    request.headers.set("Call-ID", "other");
    QCOMPARE(s.notify(request, 2), 481);
    request = ours;
    request.headers.set("From", "<sip:100@192.0.2.9>;tag=other");
    QCOMPARE(s.notify(request, 2), 481);
    request.headers.set("From", "<sip:100@192.0.2.9>");
    QCOMPARE(s.notify(request, 2), 481);
    QVERIFY(s.bodies.isEmpty());
}

void SubscriptionTest::wrongEvent()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    for (const char* line : {"Event: presence\n", ""}) {
        s.eventLine = line;
        QCOMPARE(s.notify(request, 2), 489);
        QVERIFY(s.lastAnswer.headers.has("Allow-Events"));
    }
    s.eventLine = "o: Dialog;sla\n";
    QCOMPARE(s.notify(request, 2), 200);
}

void SubscriptionTest::wrongType()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    s.type = "application/pidf+xml";
    QCOMPARE(s.notify(request, 2), 415);
    QCOMPARE(s.lastAnswer.headers.first("Accept")->toByteArray(),
             QByteArray("application/dialog-info+xml"));
    QVERIFY(s.bodies.isEmpty());
    s.type = "Application/Dialog-Info+XML;charset=utf-8";
    QCOMPARE(s.notify(request, 3), 200);
    QCOMPARE(s.bodies.size(), 1);
}

// RFC 6665 section 4.2.2.
void SubscriptionTest::emptyNotifyTellsNothing()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    QCOMPARE(s.empty, 0);
    QCOMPARE(s.notify(request, 2, "active", {}), 200);
    QCOMPARE(s.empty, 1);
    QCOMPARE(s.notify(request, 3, "pending", {}), 200); // what it is nobody may say yet
    QCOMPARE(s.notify(request, 4, "terminated;reason=noresource", {}), 200);
    QCOMPARE(s.empty, 1);
    QVERIFY(s.bodies.isEmpty());
}

void SubscriptionTest::bodyLimit()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    QCOMPARE(s.notify(request, 2, "active", QByteArray(40'000, 'x')), 200);
    QCOMPARE(s.bodies.size(), 1);
}

void SubscriptionTest::fullStateIsAskedForSeldom()
{
    SubscriptionFixture s;
    s.subscription->requestFullState();
    s.f.run();
    QCOMPARE(s.f.peer.waiting(), 0);
    const sip::Request request = s.subscribed();
    s.f.advance(10s);
    // A notifier whose documents always have gaps is asked each 5 s at most.
    s.subscription->requestFullState();
    s.f.run();
    s.subscription->requestFullState();
    const sip::Request asked = s.take();
    QCOMPARE(asked.to()->tag(), QByteArray("srv"));
    s.grant(asked, 600);
    s.notify(request, 2);
    for (int i = 0; i < 100; ++i) {
        s.subscription->requestFullState();
        s.f.run();
    }
    QCOMPARE(s.f.peer.waiting(), 0);
    QVERIFY(s.secondsToNext(10) >= 4);
    QCOMPARE(s.take().method, QByteArray("SUBSCRIBE"));
}

void SubscriptionTest::refreshNowGoesOutAtOnce()
{
    SubscriptionFixture s;
    s.subscribed();
    s.subscription->refreshNow();
    s.f.run();
    s.grant(s.take(), 600);
    QCOMPARE(s.state(), State::Active);
    QVERIFY(s.secondsToNext(600) >= 479);
}

void SubscriptionTest::stopUnsubscribes()
{
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    int stopped = 0;
    s.subscription->stop([&stopped] { ++stopped; });
    s.f.run();
    QCOMPARE(s.state(), State::Unsubscribing);
    const sip::Request last = s.take();
    QCOMPARE(last.expires(), std::optional<quint32>(0));
    QCOMPARE(last.to()->tag(), QByteArray("srv"));
    s.grant(last, 0);
    QCOMPARE(stopped, 0); // the last NOTIFY wants its answer
    QCOMPARE(s.notify(request, 2, "terminated;reason=timeout"), 200);
    QCOMPARE(stopped, 1);
    QCOMPARE(s.state(), State::Off);
    QVERIFY(s.bodies.isEmpty());
    QCOMPARE(s.secondsToNext(4000), -1);
    QCOMPARE(stopped, 1);
    QCOMPARE(s.notify(request, 3), 481);
}

void SubscriptionTest::stopEndsThoughTheServerIsSilent()
{
    SubscriptionFixture s;
    s.subscribed();
    int stopped = 0;
    s.subscription->stop([&stopped] { ++stopped; });
    s.f.advance(2100ms);
    QCOMPARE(stopped, 1);
    QCOMPARE(s.state(), State::Off);
    SubscriptionFixture lost;
    lost.subscribed();
    lost.subscription->stop([&stopped] { ++stopped; });
    lost.f.run();
    lost.reply(replyTo(lost.take(), 481, "srv"));
    QCOMPARE(stopped, 2);
}

void SubscriptionTest::stopBeforeAnyAnswer()
{
    SubscriptionFixture s;
    const sip::Request request = s.start();
    int stopped = 0;
    s.subscription->stop([&stopped] { ++stopped; });
    QCOMPARE(stopped, 1);
    s.grant(request, 600);
    QCOMPARE(s.notify(request, 1), 481); // by which the server learns of it
    QCOMPARE(s.state(), State::Off);
    QVERIFY(s.bodies.isEmpty());
}

void SubscriptionTest::letGoWhileTold()
{
    for (const QByteArray& state : {QByteArray("active"), QByteArray("terminated")}) {
        SubscriptionFixture s;
        const sip::Request request = s.subscribed();
        s.whenNotified = [&s] { s.subscription.reset(); };
        QCOMPARE(s.notify(request, 2, state), 200);
        s.f.advance(1000s);
        QCOMPARE(s.f.peer.waiting(), 0);
        QCOMPARE(s.notify(request, 3), 481);
    }
    SubscriptionFixture s;
    const sip::Request request = s.subscribed();
    s.whenNotified = [&s] { s.subscription->stop({}); };
    QCOMPARE(s.notify(request, 2, "terminated"), 200);
    QCOMPARE(s.state(), State::Off);
}

QTEST_GUILESS_MAIN(SubscriptionTest)
#include "tst_subscription.moc"
