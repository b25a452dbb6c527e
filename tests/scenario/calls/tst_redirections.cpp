// Calls that are redirected (RFC 3261 sections 8.1.3.4 and 21.3): followed, in circles, refused.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;

class RedirectionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followed();
    void inTurnBeforeTheNextOne();
    void globalFailureIsForAll();
    void deeperOnesGoFirst();
    void caughtInACircle_data();
    void caughtInACircle();
    void refusedBySetting();
    void nothingThatCanBeCalled();
    void everLonger();
    void sipsIsNotLeft();
    void hangUpWhileRedirected();
    void numberWithoutAServer();
    void useProxy();
    void useProxyInACircle();
};

namespace {
struct Redirected {
    explicit Redirected(bool follow = true)
        : agent(world, "192.0.2.1", settings(follow))
    {
    }
    static call::CallSettings settings(bool follow)
    {
        call::CallSettings settings;
        settings.followRedirects = follow;
        return settings;
    }
    void dial(const char* target = "sip:300@192.0.2.9:5060")
    {
        const auto id = agent.manager.dial({QString::fromLatin1(target), model::Actor::machine()});
        QVERIFY2(id, qPrintable(id ? QString() : id.error().text));
        world.settle();
    }
    // The INVITE that came there, answered with that; ACKs are taken away.
    sip::Request answer(SipPeer& peer, int code, const QByteArray& headers = {},
                        const QByteArray& body = {})
    {
        sip::Request invite;
        for (const sip::Request& request : peer.takeRequests()) {
            if (request.method == "INVITE") {
                invite = request;
                peer.send(replyTo(request, code, "t", headers, body));
            }
        }
        world.settle();
        return invite;
    }

    World world;
    CallAgent agent;
    SipPeer first{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    SipPeer second{world.network, endpoint("192.0.2.8", 5060), agent.sip()};
    SipPeer third{world.network, endpoint("192.0.2.7", 5060), agent.sip()};
};

const QByteArray toSecond = "Contact: <sip:400@192.0.2.8:5060>\r\n";
const QByteArray toThird = "Contact: <sip:500@192.0.2.7:5060>\r\n";
const QByteArray okHeaders = "Contact: <sip:x@192.0.2.8:5060>\r\n";
} // namespace

void RedirectionsTest::followed()
{
    Redirected w;
    w.dial();
    const sip::Request before = w.answer(w.first, 302, toSecond);
    const sip::Request after = w.answer(w.second, 180);
    QCOMPARE(after.requestUri, QByteArray("sip:400@192.0.2.8:5060"));
    QCOMPARE(after.callId(), before.callId()); // section 8.1.3.4
    QVERIFY(after.cseq()->number > before.cseq()->number || after.from() != before.from());
    QCOMPARE(w.agent.call().state, CallState::RingingOut);
    QCOMPARE(w.agent.call().number, QStringLiteral("400"));
    QCOMPARE(w.agent.call().remoteUri, QStringLiteral("sip:400@192.0.2.8:5060"));
    w.second.send(replyTo(after, 200, "t", okHeaders, offer("192.0.2.8")));
    w.world.settle();
    QCOMPARE(w.agent.call().state, CallState::Active);
    QCOMPARE(w.second.takeRequest().method, QByteArray("ACK"));
    QCOMPARE(w.agent.events.count(QStringLiteral("added dialing")), 1); // one call to the user
    w.world.run(40s);
    QCOMPARE(w.first.takeRequest().method, QByteArray("ACK")); // of its 302, and no more
    QCOMPARE(w.agent.call().state, CallState::Active);
}

void RedirectionsTest::inTurnBeforeTheNextOne()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 300,
             "Contact: <sip:500@192.0.2.7:5060>;q=0.1, <sip:400@192.0.2.8:5060>;q=0.9\r\n");
    QCOMPARE(w.third.waiting(), 0);
    QVERIFY(!w.answer(w.second, 486).method.isEmpty());
    QVERIFY(!w.answer(w.third, 603).method.isEmpty());
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 603 far_end"));
}

void RedirectionsTest::globalFailureIsForAll()
{
    Redirected w; // section 21.6
    w.dial();
    w.answer(w.first, 302,
             "Contact: <sip:400@192.0.2.8:5060>;q=0.9, <sip:500@192.0.2.7:5060>;q=0.1\r\n");
    w.answer(w.second, 600);
    QCOMPARE(w.third.waiting(), 0);
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 600 far_end"));
}

void RedirectionsTest::deeperOnesGoFirst()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 302, "Contact: <sip:400@192.0.2.8:5060>, <sip:9@192.0.2.9:5060>\r\n");
    w.answer(w.second, 302, toThird);
    QCOMPARE(w.answer(w.third, 404).requestUri, QByteArray("sip:500@192.0.2.7:5060"));
    QCOMPARE(w.answer(w.first, 486).requestUri, QByteArray("sip:9@192.0.2.9:5060"));
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 486 far_end"));
}

void RedirectionsTest::caughtInACircle_data()
{
    QTest::addColumn<QByteArray>("contact");
    QTest::newRow("8.1.3.4 to itself") << QByteArray("Contact: <sip:400@192.0.2.8:5060>\r\n");
    QTest::newRow("8.1.3.4 back to the first")
        << QByteArray("Contact: <sip:300@192.0.2.9:5060>\r\n");
}

void RedirectionsTest::caughtInACircle()
{
    QFETCH(QByteArray, contact);
    Redirected w;
    w.dial();
    w.answer(w.first, 302, toSecond);
    w.answer(w.second, 302, contact);
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 482 machine"));
    QVERIFY(w.agent.call().reason.contains(QStringLiteral("circles")));
    w.world.run(1s);
    for (SipPeer* peer : {&w.first, &w.second}) {
        for (const sip::Request& request : peer->takeRequests()) {
            QCOMPARE(request.method, QByteArray("ACK"));
        }
    }
}

void RedirectionsTest::refusedBySetting()
{
    Redirected w(false);
    w.dial();
    w.answer(w.first, 302, toSecond);
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 302 far_end"));
    QVERIFY2(w.agent.call().reason.contains(QStringLiteral("sip:400@192.0.2.8:5060"))
                 && w.agent.call().reason.contains(QStringLiteral("follow_redirects")),
             qPrintable(w.agent.call().reason));
    w.world.run(1s);
    QCOMPARE(w.second.received(), 0);
}

void RedirectionsTest::nothingThatCanBeCalled()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 302, "Contact: <mailto:a@x.example>\r\n");
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 302 far_end"));
}

// Each names one more: nobody is led on for ever.
void RedirectionsTest::everLonger()
{
    Redirected w;
    w.dial();
    int invites = 0;
    for (int i = 0; i < 50 && w.agent.call().isAlive(); ++i) {
        const QByteArray contact =
            "Contact: <sip:" + QByteArray::number(1000 + i) + "@192.0.2.9:5060>\r\n";
        invites += w.answer(w.first, 302, contact).method == "INVITE" ? 1 : 0;
    }
    QVERIFY(!w.agent.call().isAlive());
    QVERIFY2(invites <= 12, qPrintable(QString::number(invites)));
}

// Section 8.1.3.4: what was to be secret does not go on in the open.
void RedirectionsTest::sipsIsNotLeft()
{
    Redirected w;
    sip::Hop hop = hopTo("192.0.2.9");
    w.agent.resolver.names["secure.example"] = {hop};
    w.dial("sips:300@secure.example");
    w.answer(w.first, 302, toSecond);
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 302 far_end"));
    QVERIFY2(w.agent.call().reason.contains(QStringLiteral("sips")),
             qPrintable(w.agent.call().reason));
    QCOMPARE(w.second.received(), 0);
}

void RedirectionsTest::hangUpWhileRedirected()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 302, toSecond);
    w.answer(w.second, 180);
    QVERIFY(w.agent.manager.hangUp(w.agent.call().id, model::Actor::machine()));
    w.world.settle();
    QCOMPARE(w.second.takeRequest().method, QByteArray("CANCEL"));
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 487 machine"));
}

void RedirectionsTest::numberWithoutAServer()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 302, "Contact: <tel:+49301234>\r\n");
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 302 far_end"));
    QVERIFY2(w.agent.call().reason.contains(QStringLiteral("tel:+49301234")),
             qPrintable(w.agent.call().reason));
}

// Section 21.3.4: the same callee, by way of the proxy.
void RedirectionsTest::useProxy()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 305, "Contact: <sip:192.0.2.8:5060>\r\n");
    const sip::Request invite = w.answer(w.second, 180);
    QCOMPARE(invite.requestUri, QByteArray("sip:300@192.0.2.9:5060"));
    QCOMPARE(invite.headers.first("Route")->toByteArray(), QByteArray("<sip:192.0.2.8:5060;lr>"));
    QCOMPARE(w.agent.call().state, CallState::RingingOut);
    QCOMPARE(w.agent.call().number, QStringLiteral("300"));
}

void RedirectionsTest::useProxyInACircle()
{
    Redirected w;
    w.dial();
    w.answer(w.first, 305, "Contact: <sip:192.0.2.8:5060>\r\n");
    w.answer(w.second, 305, "Contact: <sip:192.0.2.8:5060>\r\n");
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 482 machine"));
}

QTEST_GUILESS_MAIN(RedirectionsTest)
#include "tst_redirections.moc"
