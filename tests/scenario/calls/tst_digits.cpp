// Digits in calls between whole agents: telephone events (RFC 4733), INFO and tones.
#include "scenario/calls/FarEnd.h"
#include "scenario/calls/Talk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class DigitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothWaysByEvents();
    void pausesAreKept();
    void infoOfTheFarEndIsReceived_data();
    void infoOfTheFarEndIsReceived();
    void infoGoesToWhoNamesIt();
    void tonesGoToWhoKnowsNothingElse();
    void refusedWhereThereIsNobody();
};

void DigitsTest::bothWaysByEvents()
{
    World world;
    CallAgent one(world, "192.0.2.1");
    CallAgent two(world, "192.0.2.2");
    const model::CallId id = talk(one, two);
    QVERIFY(id);
    QVERIFY(one.manager.sendDigits(id, QStringLiteral("12#")));
    QVERIFY(two.manager.sendDigits(two.call().id, QStringLiteral("*9AD0")));
    world.run(3s);
    QCOMPARE(two.call().digitsReceived, QStringLiteral("12#"));
    QCOMPARE(one.call().digitsSent, QStringLiteral("12#"));
    QCOMPARE(one.call().digitsReceived, QStringLiteral("*9AD0"));
    QCOMPARE(two.call().digitsSent, QStringLiteral("*9AD0"));
    QVERIFY(one.manager.hangUp(id, theOperator()));
    world.settle();
    QCOMPARE(two.call().digitsReceived, QStringLiteral("12#")); // still there at the end
    QVERIFY(!one.manager.sendDigits(id, QStringLiteral("1")));
}

void DigitsTest::pausesAreKept()
{
    World world;
    CallAgent one(world, "192.0.2.1");
    CallAgent two(world, "192.0.2.2");
    const model::CallId id = talk(one, two);
    QVERIFY(one.manager.sendDigits(id, QStringLiteral("1,2")));
    world.run(1500ms);
    QCOMPARE(two.call().digitsReceived, QStringLiteral("1"));
    world.run(1500ms);
    QCOMPARE(two.call().digitsReceived, QStringLiteral("12"));
    QCOMPARE(one.call().digitsSent, QStringLiteral("12"));
}

void DigitsTest::infoOfTheFarEndIsReceived_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("received");
    QTest::newRow("dtmf-relay") << QByteArray("application/dtmf-relay")
                                << QByteArray("Signal=5\r\nDuration=160\r\n") << 200
                                << QStringLiteral("5");
    QTest::newRow("dtmf") << QByteArray("application/dtmf") << QByteArray("11") << 200
                          << QStringLiteral("#");
    QTest::newRow("6086 4.2.2 nothing in it")
        << QByteArray("text/plain") << QByteArray() << 200 << QString();
    QTest::newRow("6086 4.2.2 of another kind")
        << QByteArray("application/media_control+xml") << QByteArray("<x/>") << 415 << QString();
    QTest::newRow("no digit in it") << QByteArray("application/dtmf-relay")
                                    << QByteArray("Signal=none\r\n") << 415 << QString();
}

void DigitsTest::infoOfTheFarEndIsReceived()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    QByteArray info = inDialogText("INFO", 2, "z9hG4bK-info", far.tag);
    info.replace("Content-Length", QByteArray("Content-Type: " + type + "\nContent-Length"));
    far.sip.send(info + body);
    world.settle();
    QTEST(far.sip.takeResponses().last().statusCode, "code");
    QTEST(agent.call().digitsReceived, "received");
}

void DigitsTest::infoGoesToWhoNamesIt()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    QByteArray invite = inviteText("z9hG4bK-1", "call-1", "Allow: INVITE, ACK, BYE, INFO\n",
                                   offer()); // and no telephone-event
    far.sip.send(invite);
    world.settle();
    far.tag = toTagOf(far.sip.takeResponses().last());
    far.callIdInUse = "call-1";
    far.request("ACK", 1);
    QVERIFY(agent.manager.sendDigits(agent.call().id, QStringLiteral("7")));
    world.settle();
    const sip::Request info = far.sip.takeRequest();
    QCOMPARE(info.method, QByteArray("INFO"));
    QCOMPARE(info.contentType(), QByteArray("application/dtmf-relay"));
    QVERIFY(info.body.startsWith("Signal=7\r\nDuration="));
    QCOMPARE(agent.call().digitsSent, QStringLiteral("7"));
}

void DigitsTest::tonesGoToWhoKnowsNothingElse()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    world.run(1500ms); // the greeting is over
    far.rtp.heard.clear();
    QVERIFY(agent.manager.sendDigits(agent.call().id, QStringLiteral("7")));
    world.run(1s);
    QCOMPARE(agent.call().digitsSent, QStringLiteral("7"));
    QVERIFY(far.sip.takeRequests().isEmpty());
    QVERIFY(peak(heardBy(far.rtp)) > 2000);
    for (const HeardPacket& packet : far.rtp.heard) {
        QCOMPARE(int(packet.header.payloadType), 8);
    }
}

void DigitsTest::refusedWhereThereIsNobody()
{
    World world;
    CallAgent one(world, "192.0.2.1");
    CallAgent two(world, "192.0.2.2");
    const auto id = one.manager.dial({uriOf(two), theOperator()});
    world.run(50ms);
    const auto early = one.manager.sendDigits(*id, QStringLiteral("1"));
    QVERIFY(!early);
    QVERIFY(!early.error().text.isEmpty());
    QVERIFY(two.manager.answer(two.call().id, theOperator()));
    world.run(100ms);
    QVERIFY(!one.manager.sendDigits(*id, QStringLiteral("x")));
    QVERIFY(one.manager.sendDigits(*id, QStringLiteral("1")));
}

QTEST_GUILESS_MAIN(DigitsTest)
#include "tst_digits.moc"
