#include "ControlFixture.h"
#include "control/ControlLimits.h"
#include "support/Soon.h"

#include <QTest>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

// The commands table of the text protocol, row by row.
class TextCommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dialling();
    void diallingThatFails();
    void rubbishIsNotDialled();
    void answeringById();
    void answeringByNumberTakesTheOldest();
    void ignoring_data();
    void ignoring();
    void hangingUp_data();
    void hangingUp();
    void byeAloneNeedsExactlyOneCall();
    void refusalsOfTheCallsAreErrors();
    void aCallIdWithColonsAndATwin();
    void binaryMessage();
    void errorsGoToTheSenderAlone();
    void errorsAreLimited();
    void floodOfRubbishAndCommands();
    void longestMessage();
    void tooLongMessageIs1009();
    void tooLongInFragmentsIs1009();
    void invalidUtf8Is1007();
};

namespace {
QString s(const char* text)
{
    return QString::fromUtf8(text);
}

// The only event since the last one is an ERROR that speaks of this.
void onlyError(TextClient& client, const QString& about)
{
    QVERIFY(client.catchUp());
    const QStringList events = client.take();
    QCOMPARE(events.size(), 1);
    QVERIFY2(events[0].startsWith(QStringLiteral("ERROR:")), qPrintable(events[0]));
    QVERIFY2(events[0].contains(about), qPrintable(events[0]));
}
} // namespace

void TextCommandsTest::dialling()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.send(s("CALL:+886 912-(341).234"));
    client.send(s("CALL:sip:bob@192.0.2.1:5070"));
    QVERIFY(client.catchUp());
    QCOMPARE(fixture.calls.asked,
             (QStringList{s("dial +886 912-(341).234"), s("dial sip:bob@192.0.2.1:5070")}));
    QCOMPARE(fixture.calls.askers.value(1), model::Actor::ofClient(client.name()));
}

void TextCommandsTest::diallingThatFails()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    fixture.calls.refusal = s("no SIP server is configured (sip_server)");
    client.send(s("CALL:0912"));
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(),
             QStringList{s("CALL_FAILED:503 no SIP server is configured (sip_server)")});
}

void TextCommandsTest::rubbishIsNotDialled()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.send(s("CALL:hello"));
    onlyError(client, s("hello"));
    QCOMPARE(fixture.calls.asked, QStringList());
}

void TextCommandsTest::answeringById()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    client.send(s("CALL_ANS:x"));
    QVERIFY(client.catchUp());
    QCOMPARE(fixture.calls.asked, QStringList{s("answer 1")});
    QCOMPARE(fixture.calls.find(call)->answeredBy, model::Actor::ofClient(client.name()));
    QCOMPARE(client.take(), QStringList{s("RING_ANS:1##x")});
    client.send(s("CALL_ANS:x"));
    onlyError(client, s("'x' does not ring"));
    client.send(s("CALL_ANS:nothing"));
    onlyError(client, s("no call 'nothing'"));
    QCOMPARE(fixture.calls.asked.size(), 1);
}

void TextCommandsTest::answeringByNumberTakesTheOldest()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId answered = fixture.calls.ringIn(s("7#")); // 1
    QVERIFY(fixture.calls.answer(answered, model::Actor::machine()).ok());
    fixture.calls.ringIn(s("8")); // 2
    fixture.calls.ringIn(s("7#")); // 3
    fixture.calls.ringIn(s("7#")); // 4
    fixture.calls.asked.clear();
    client.send(s("RING_ANS:7#"));
    client.send(s("RING_ANS:7#"));
    QVERIFY(client.catchUp());
    QCOMPARE(fixture.calls.asked, (QStringList{s("answer 3"), s("answer 4")}));
    client.take();
    client.send(s("RING_ANS:7#"));
    onlyError(client, s("'7#'"));
}

void TextCommandsTest::ignoring_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("state"); // of call 1, "x"
    QTest::addColumn<QString>("asked"); // empty: an ERROR
    for (const char* name : {"CALL_IGNORE", "RING_IGNORE"}) {
        const QString command = s(name) + s(":x");
        QTest::addRow("%s, rings", name) << command << s("ringing") << s("reject 1 486");
        QTest::addRow("%s, dialled", name) << command << s("dialing") << s("hangUp 1");
        QTest::addRow("%s, rings there", name) << command << s("ringing_out") << s("hangUp 1");
        QTest::addRow("%s, early media", name) << command << s("early") << s("hangUp 1");
        QTest::addRow("%s, outgoing answered", name) << command << s("active_out") << QString();
        QTest::addRow("%s, incoming answered", name) << command << s("active_in") << QString();
        QTest::addRow("%s, no such call", name) << s(name) + s(":y") << s("ringing") << QString();
    }
}

namespace {
void putInto(FakeCallControl& calls, const QString& state)
{
    if (state == u"ringing" || state == u"active_in") {
        const model::CallId id = calls.ringIn(s("1"), s("x"));
        if (state == u"active_in") {
            QVERIFY(calls.answer(id, model::Actor::machine()).ok());
            calls.acknowledge(id);
        }
    } else {
        calls.nextControlId = s("x");
        const model::CallId id = *calls.dial({s("1"), model::Actor::consoleOperator()});
        if (state == u"ringing_out") {
            calls.ringOut(id);
        } else if (state == u"early") {
            calls.earlyMedia(id);
        } else if (state == u"active_out") {
            calls.answerByFarEnd(id);
        }
    }
    calls.asked.clear();
}
} // namespace

void TextCommandsTest::ignoring()
{
    QFETCH(QString, command);
    QFETCH(QString, state);
    QFETCH(QString, asked);
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    putInto(fixture.calls, state);
    QVERIFY(client.catchUp());
    client.take();
    client.send(command);
    if (asked.isEmpty()) {
        onlyError(client, command.section(u':', 1));
        QCOMPARE(fixture.calls.asked, QStringList());
    } else {
        QVERIFY(client.catchUp());
        QCOMPARE(fixture.calls.asked, QStringList{asked});
    }
}

void TextCommandsTest::hangingUp_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("state");
    for (const char* command : {"HANGUP:x", "BYE:x", "BYE"}) {
        for (const char* state :
             {"ringing", "dialing", "ringing_out", "early", "active_out", "active_in"}) {
            QTest::addRow("%s, %s", command, state) << s(command) << s(state);
        }
    }
}

void TextCommandsTest::hangingUp()
{
    QFETCH(QString, command);
    QFETCH(QString, state);
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    putInto(fixture.calls, state);
    client.send(command);
    QVERIFY(client.catchUp());
    QCOMPARE(fixture.calls.asked, QStringList{s("hangUp 1")});
    QCOMPARE(fixture.calls.askers.last(), model::Actor::ofClient(client.name()));
}

void TextCommandsTest::byeAloneNeedsExactlyOneCall()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.send(s("BYE"));
    onlyError(client, s("0 calls"));
    fixture.calls.ringIn(s("1"));
    fixture.calls.ringIn(s("2"));
    QVERIFY(client.catchUp());
    client.take();
    client.send(s("BYE"));
    onlyError(client, s("2 calls"));
    QCOMPARE(fixture.calls.asked, QStringList());
}

void TextCommandsTest::refusalsOfTheCallsAreErrors()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    fixture.calls.ringIn(s("1"), s("x"));
    QVERIFY(client.catchUp());
    client.take();
    fixture.calls.refusal = s("the caller has just hung up");
    for (const char* command : {"CALL_ANS:x", "RING_ANS:1", "CALL_IGNORE:x", "HANGUP:x"}) {
        client.send(s(command));
        onlyError(client, s("the caller has just hung up"));
    }
}

void TextCommandsTest::aCallIdWithColonsAndATwin()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    fixture.calls.ringIn(s("1"), s("a:b:c@[::1]"));
    fixture.calls.ringIn(s("1"), s("a:b:c@[::1]~2"));
    client.send(s("CALL_ANS:a:b:c@[::1]~2"));
    client.send(s("HANGUP:a:b:c@[::1]"));
    QVERIFY(client.catchUp());
    QCOMPARE(fixture.calls.asked, (QStringList{s("answer 2"), s("hangUp 1")}));
}

void TextCommandsTest::binaryMessage()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.socket.sendBinaryMessage("CALL:1");
    onlyError(client, s("binary"));
    QCOMPARE(fixture.calls.asked, QStringList());
}

void TextCommandsTest::errorsGoToTheSenderAlone()
{
    ControlFixture fixture;
    TextClient client;
    TextClient other;
    QVERIFY(fixture.connect(client));
    QVERIFY(fixture.connect(other));
    client.send(s("NONSENSE"));
    onlyError(client, s("NONSENSE"));
    QVERIFY(other.catchUp());
    QCOMPARE(other.take(), QStringList());
}

void TextCommandsTest::errorsAreLimited()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    for (int second = 0; second < 3; ++second) {
        for (int i = 0; i < 500; ++i) {
            client.send(s("NONSENSE"));
        }
        QVERIFY(client.catchUp());
        const QStringList events = client.take();
        QCOMPARE(events.size(), limits::errorsPerSecond);
        QVERIFY(events.last().contains(s("too many errors")));
        fixture.scheduler.advance(std::chrono::seconds(1));
    }
    client.send(s("CALL:1")); // commands are never silenced
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), QStringList{s("DIALING:1##call-1")});
}

void TextCommandsTest::floodOfRubbishAndCommands()
{
    ControlFixture fixture;
    TextClient flooding;
    TextClient quiet;
    QVERIFY(fixture.connect(flooding));
    QVERIFY(fixture.connect(quiet));
    quint64 total = 0;
    for (int i = 0; i < 20000; ++i) {
        const QString message =
            i % 2 ? s("CALL_ANS:nothing") : QString(s("NONSENSE:") + QString(i % 200, u'#'));
        flooding.send(message);
        total += static_cast<quint64>(message.size());
    }
    quiet.send(s("CALL:1")); // is served before the flood is through
    QVERIFY(waitUntil([&] { return !fixture.calls.asked.isEmpty(); }));
    QVERIFY(fixture.server.clients().value(0).bytesIn < total);
    QVERIFY(flooding.catchUp());
    QCOMPARE(fixture.server.clients().value(0).bytesIn, total);
    QCOMPARE(flooding.take().size(), limits::errorsPerSecond + 1); // and DIALING
    QCOMPARE(fixture.server.clients().size(), 2);
}

void TextCommandsTest::longestMessage()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.send(QString(qsizetype(limits::messageBytes), u'x'));
    onlyError(client, s("xxx"));
}

void TextCommandsTest::tooLongMessageIs1009()
{
    ControlFixture fixture;
    TextClient client;
    TextClient other;
    QVERIFY(fixture.connect(client));
    QVERIFY(fixture.connect(other));
    client.socket.setOutgoingFrameSize(2 * limits::messageBytes);
    client.send(QString(qsizetype(limits::messageBytes) + 1, u'x'));
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.socket.closeCode()), 1009);
    SOON_COMPARE(fixture.server.clients().size(), 1);
    QVERIFY(other.catchUp());
}

void TextCommandsTest::tooLongInFragmentsIs1009()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.socket.setOutgoingFrameSize(100'000);
    client.send(QString(20 * qsizetype(limits::messageBytes), u'x'));
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.socket.closeCode()), 1009);
}

void TextCommandsTest::invalidUtf8Is1007()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    client.socket.write(handshake(fixture.endpoint()) + maskedFrame("CALL:\xff\xfe"));
    QVERIFY(client.waitForEnd());
    const QByteArray frames = client.received.sliced(client.received.indexOf("\r\n\r\n") + 4);
    QCOMPARE(frames.first(4).toHex().left(2), QByteArray("88"));
    QCOMPARE(frames.sliced(2, 2).toHex(), QByteArray("03ef"));
}

QTEST_GUILESS_MAIN(TextCommandsTest)
#include "tst_text_commands.moc"
