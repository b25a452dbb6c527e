#include "ControlFixture.h"
#include "support/Soon.h"

#include <QTest>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

// The events table of the text protocol, row by row.
class TextEventsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void incomingAnsweredAndEnded();
    void incomingWithoutAck();
    void incomingEndings_data();
    void incomingEndings();
    void outgoingOfAClient();
    void outgoingOfTheOperator();
    void outgoingEndings_data();
    void outgoingEndings();
    void ringingEventOnceAndToTheDialler();
    void ringingEventCanBeSwitchedOff();
    void earlyMediaIsNoRinging();
    void failureWithinDialling();
    void diallerIsGone();
    void twoCallsAtOnceStayApart();
    void callsFromBeforeTheServer();
    void everyClientGetsEveryEvent();
    void lateClientGetsWhatFollows();
};

namespace {
const model::Actor theOperator = model::Actor::consoleOperator();

QString s(const char* text)
{
    return QString::fromLatin1(text);
}
} // namespace

void TextEventsTest::incomingAnsweredAndEnded()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = fixture.calls.ringIn(s("*9#1"), s("a:b@host"));
    QVERIFY(fixture.calls.answer(call, model::Actor::machine()).ok());
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(),
             QStringList{s("RING_ANS:*9#1##a:b@host")}); // no CALL_ANS before the ACK
    fixture.calls.acknowledge(call);
    fixture.calls.change(call, [](model::Call& each) { each.codec = s("PCMA"); });
    fixture.calls.end(call, 200, s("OK"));
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), (QStringList{s("CALL_ANS:a:b@host"), s("BYE:a:b@host")}));
}

void TextEventsTest::incomingWithoutAck()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    QVERIFY(fixture.calls.answer(call, model::Actor::machine()).ok());
    fixture.calls.end(call, 408, s("no ACK"), model::Actor::machine());
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), (QStringList{s("RING_ANS:1##x"), s("BYE:x")}));
}

void TextEventsTest::incomingEndings_data()
{
    QTest::addColumn<int>("kind"); // model::ActorKind who ended it
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("ending");
    using Kind = model::ActorKind;
    QTest::newRow("rejected by the operator") << int(Kind::Operator) << 486 << s("CALL_IGNORE:x");
    QTest::newRow("rejected by a client") << int(Kind::Client) << 603 << s("CALL_IGNORE:x");
    QTest::newRow("CANCEL") << int(Kind::FarEnd) << 487 << s("RING_IGNORE:x");
    QTest::newRow("nobody answered in time") << int(Kind::Machine) << 480 << s("RING_IGNORE:x");
    QTest::newRow("answered elsewhere") << int(Kind::FarEnd) << 200 << s("RING_IGNORE:x");
    QTest::newRow("nobody ended it") << int(Kind::Nobody) << 0 << s("RING_IGNORE:x");
}

void TextEventsTest::incomingEndings()
{
    QFETCH(int, kind);
    QFETCH(int, code);
    QFETCH(QString, ending);
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    fixture.calls.end(call, code, s("why"), {static_cast<model::ActorKind>(kind), s("someone")});
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), (QStringList{s("RING_ANS:1##x"), ending}));
}

void TextEventsTest::outgoingOfAClient()
{
    ControlFixture fixture;
    TextClient dialler;
    TextClient other;
    QVERIFY(fixture.connect(dialler));
    QVERIFY(fixture.connect(other));
    fixture.calls.nextControlId = s("x");
    dialler.send(s("CALL:0912"));
    QVERIFY(dialler.catchUp());
    QCOMPARE(fixture.calls.askers.value(0), model::Actor::ofClient(dialler.name()));
    const model::CallId call = 1;
    fixture.calls.ringOut(call);
    fixture.calls.answerByFarEnd(call);
    fixture.calls.end(call, 200, s("OK"));
    QVERIFY(dialler.catchUp());
    QVERIFY(other.catchUp());
    QCOMPARE(dialler.take(),
             (QStringList{s("DIALING:0912##x"), s("CALL_IGNORE:x"), s("CALL_ANS:x"), s("BYE:x")}));
    QCOMPARE(other.take(), (QStringList{s("DIALING:0912##x"), s("CALL_ANS:x"), s("BYE:x")}));
}

void TextEventsTest::outgoingOfTheOperator()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const auto answered = fixture.calls.dial({s("1"), theOperator});
    fixture.calls.ringOut(*answered);
    fixture.calls.answerByFarEnd(*answered);
    fixture.calls.end(*answered, 200, s("OK"), theOperator);
    const auto failed = fixture.calls.dial({s("2"), theOperator});
    fixture.calls.ringOut(*failed);
    fixture.calls.end(*failed, 486, s("Busy Here"));
    QVERIFY(client.catchUp());
    // CALL_IGNORE on 180 and CALL_FAILED are for the client that dialled alone.
    QCOMPARE(client.take(),
             (QStringList{s("DIALING:1##call-1"), s("CALL_ANS:call-1"), s("BYE:call-1"),
                          s("DIALING:2##call-2")}));
}

void TextEventsTest::outgoingEndings_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("ending");
    using Kind = model::ActorKind;
    const auto row = [](const char* rule, int code, const char* reason, Kind kind,
                        const char* ending) {
        QTest::newRow(rule) << code << s(reason) << int(kind) << s(ending);
    };
    row("refused", 486, "Busy Here", Kind::FarEnd, "CALL_FAILED:486 Busy Here");
    row("redirected", 302, "Moved Temporarily", Kind::FarEnd, "CALL_FAILED:302 Moved Temporarily");
    row("declined", 603, "Decline", Kind::FarEnd, "CALL_FAILED:603 Decline");
    row("no answer", 408, "Request Timeout", Kind::Machine, "CALL_FAILED:408 Request Timeout");
    row("given up by a client", 487, "Request Terminated", Kind::Client,
        "CALL_FAILED:487 Request Terminated");
    row("given up before any response", 0, "", Kind::Operator,
        "CALL_FAILED:487 Request Terminated");
    row("local failure", 0, "the network is unreachable", Kind::Machine,
        "CALL_FAILED:503 the network is unreachable");
    row("a provisional code is no final one", 183, "no ports are left", Kind::Nobody,
        "CALL_FAILED:503 no ports are left");
}

void TextEventsTest::outgoingEndings()
{
    QFETCH(int, code);
    QFETCH(QString, reason);
    QFETCH(int, kind);
    QFETCH(QString, ending);
    ControlFixture fixture;
    TextClient dialler;
    TextClient other;
    QVERIFY(fixture.connect(dialler));
    QVERIFY(fixture.connect(other));
    dialler.send(s("CALL:0912"));
    QVERIFY(dialler.catchUp());
    fixture.calls.end(1, code, reason, {static_cast<model::ActorKind>(kind), {}});
    QVERIFY(dialler.catchUp());
    QVERIFY(other.catchUp());
    QCOMPARE(dialler.take(), (QStringList{s("DIALING:0912##call-1"), ending}));
    QCOMPARE(other.take(), QStringList{s("DIALING:0912##call-1")});
}

void TextEventsTest::ringingEventOnceAndToTheDialler()
{
    ControlFixture fixture;
    TextClient dialler;
    QVERIFY(fixture.connect(dialler));
    dialler.send(s("CALL:0912"));
    QVERIFY(dialler.catchUp());
    fixture.calls.ringOut(1);
    fixture.calls.earlyMedia(1);
    fixture.calls.ringOut(1); // some far ends send 180 again and again
    QVERIFY(dialler.catchUp());
    QCOMPARE(dialler.take(), (QStringList{s("DIALING:0912##call-1"), s("CALL_IGNORE:call-1")}));
}

void TextEventsTest::ringingEventCanBeSwitchedOff()
{
    ControlSettings settings = ControlFixture::onLoopback();
    settings.legacyRingingEvent = false;
    ControlFixture fixture(settings);
    TextClient dialler;
    QVERIFY(fixture.connect(dialler));
    dialler.send(s("CALL:0912"));
    QVERIFY(dialler.catchUp());
    fixture.calls.ringOut(1);
    fixture.calls.answerByFarEnd(1);
    QVERIFY(dialler.catchUp());
    QCOMPARE(dialler.take(), (QStringList{s("DIALING:0912##call-1"), s("CALL_ANS:call-1")}));
}

void TextEventsTest::earlyMediaIsNoRinging()
{
    ControlFixture fixture;
    TextClient dialler;
    QVERIFY(fixture.connect(dialler));
    dialler.send(s("CALL:0912"));
    QVERIFY(dialler.catchUp());
    fixture.calls.earlyMedia(1);
    QVERIFY(dialler.catchUp());
    QCOMPARE(dialler.take(), QStringList{s("DIALING:0912##call-1")});
}

void TextEventsTest::failureWithinDialling()
{
    ControlFixture fixture;
    TextClient dialler;
    QVERIFY(fixture.connect(dialler));
    fixture.calls.onDialled = [&](model::CallId id) {
        fixture.calls.end(id, 503, s("no ports are left"), model::Actor::machine());
    };
    dialler.send(s("CALL:0912"));
    QVERIFY(dialler.catchUp());
    QCOMPARE(dialler.take(),
             (QStringList{s("DIALING:0912##call-1"), s("CALL_FAILED:503 no ports are left")}));
}

void TextEventsTest::diallerIsGone()
{
    ControlFixture fixture;
    TextClient other;
    QVERIFY(fixture.connect(other));
    {
        TextClient dialler;
        QVERIFY(fixture.connect(dialler));
        dialler.send(s("CALL:0912"));
        QVERIFY(dialler.catchUp());
    }
    SOON_COMPARE(fixture.server.clients().size(), 1);
    fixture.calls.ringOut(1);
    fixture.calls.end(1, 486, s("Busy Here"));
    QVERIFY(other.catchUp());
    QCOMPARE(other.take(), QStringList{s("DIALING:0912##call-1")});
}

void TextEventsTest::twoCallsAtOnceStayApart()
{
    ControlFixture fixture;
    TextClient first;
    TextClient second;
    QVERIFY(fixture.connect(first));
    QVERIFY(fixture.connect(second));
    first.send(s("CALL:1"));
    QVERIFY(first.catchUp());
    second.send(s("CALL:2"));
    QVERIFY(second.catchUp());
    fixture.calls.ringOut(2);
    fixture.calls.ringOut(1);
    fixture.calls.end(2, 486, s("Busy Here"));
    fixture.calls.end(1, 404, s("Not Found"));
    QVERIFY(first.catchUp());
    QVERIFY(second.catchUp());
    const QStringList both{s("DIALING:1##call-1"), s("DIALING:2##call-2")};
    QCOMPARE(first.take(),
             both + QStringList({s("CALL_IGNORE:call-1"), s("CALL_FAILED:404 Not Found")}));
    QCOMPARE(second.take(),
             both + QStringList({s("CALL_IGNORE:call-2"), s("CALL_FAILED:486 Busy Here")}));
}

void TextEventsTest::callsFromBeforeTheServer()
{
    FakeCallControl calls;
    FakeAudioPorts ports;
    ManualScheduler scheduler;
    const model::CallId ringing = calls.ringIn(s("1"), s("x"));
    const model::CallId active = calls.ringIn(s("2"), s("y"));
    QVERIFY(calls.answer(active, theOperator).ok());
    FakeAudioPort& port = ports.open(active);
    ControlServer server(calls, ports, ControlFixture::onLoopback(), scheduler);
    QVERIFY(server.listen().ok());
    TextClient client;
    QVERIFY(client.connectTo(server.endpoints().first()));
    SOON_COMPARE(port.packetListeners, 1);
    calls.end(ringing, 487, s("Request Terminated"));
    calls.end(active, 200, s("OK"));
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), (QStringList{s("RING_IGNORE:x"), s("BYE:y")}));
}

void TextEventsTest::everyClientGetsEveryEvent()
{
    ControlFixture fixture;
    std::array<TextClient, 5> clients;
    for (TextClient& client : clients) {
        QVERIFY(fixture.connect(client));
    }
    QStringList expected;
    for (int i = 1; i <= 50; ++i) {
        const QString id = s("call-%1").arg(i);
        const model::CallId call = fixture.calls.ringIn(s("1"));
        QVERIFY(fixture.calls.answer(call, theOperator).ok());
        fixture.calls.acknowledge(call);
        fixture.calls.end(call, 200, s("OK"));
        expected += {s("RING_ANS:1##") + id, s("CALL_ANS:") + id, s("BYE:") + id};
    }
    for (TextClient& client : clients) {
        QVERIFY(client.catchUp());
        QCOMPARE(client.take(), expected);
    }
}

void TextEventsTest::lateClientGetsWhatFollows()
{
    ControlFixture fixture;
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    TextClient client;
    QVERIFY(fixture.connect(client));
    fixture.calls.end(call, 487, s("Request Terminated"));
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), QStringList{s("RING_IGNORE:x")});
}

QTEST_GUILESS_MAIN(TextEventsTest)
#include "tst_text_events.moc"
