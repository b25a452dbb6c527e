#include "ControlFixture.h"
#include "control/ControlLimits.h"
#include "support/Soon.h"

#include <QTest>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

// Clients that do not read: they lose audio, then their connection, and nobody else notices.
class SlowClientsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void audioIsLeftOutAndCounted();
    void framesOfManyCallsThatComeAtOnceAreAllSent();
    void controlEventsGoOnWhileAudioIsLeftOut();
    void noProgressEndsTheConnection();
    void aHealthyClientIsUnharmed();
    void tooMuchUnreadEndsTheConnection();
    void pingsThatAreNotReadEndTheConnection();
    void closeCodeReachesAClientThatWakesUp();
    void silentClientIsPingedAndDropped();
    void idleClientThatAnswersPingsStays();
};

namespace {
QString s(const char* text)
{
    return QString::fromLatin1(text);
}

model::CallId establishedCall(ControlFixture& fixture)
{
    const model::CallId call = fixture.calls.ringIn(s("1"));
    fixture.ports.open(call);
    if (fixture.calls.answer(call, model::Actor::machine())) {
        fixture.calls.acknowledge(call);
    }
    return call;
}

void speak(ControlFixture& fixture, model::CallId call, int frames)
{
    const QByteArray payload(160, '\x55');
    for (int i = 0; i < frames; ++i) {
        fixture.ports.speakPacket(call, 8, payload);
        if (i % 10 == 9) {
            QCoreApplication::processEvents();
        }
    }
}

model::Client infoOf(const ControlFixture& fixture, const QString& name)
{
    const QList<model::Client> all = fixture.server.clients();
    for (const model::Client& each : all) {
        if (each.name == name) {
            return each;
        }
    }
    return {};
}

QString nameOf(const QTcpSocket& socket)
{
    return s("127.0.0.1:%1").arg(socket.localPort());
}
} // namespace

void SlowClientsTest::audioIsLeftOutAndCounted()
{
    ControlFixture fixture;
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    const model::CallId call = establishedCall(fixture);
    speak(fixture, call, 2000);
    const model::Client info = fixture.server.clients().value(0);
    QVERIFY(info.framesDropped > 500);
    // One frame beyond the limit at most.
    QVERIFY(info.queuedBytes > limits::audioBacklogBytes);
    QVERIFY(info.queuedBytes < limits::audioBacklogBytes + 400);
}

void SlowClientsTest::framesOfManyCallsThatComeAtOnceAreAllSent()
{
    ControlFixture fixture;
    TextClient healthy;
    QVERIFY(fixture.connect(healthy));
    std::vector<model::CallId> calls;
    for (int i = 0; i < 50; ++i) {
        calls.push_back(establishedCall(fixture));
    }
    QVERIFY(healthy.catchUp());
    healthy.take();
    // Half a second in which the event loop had no turn.
    const QByteArray payload(160, '\x55');
    for (int frame = 0; frame < 25; ++frame) {
        for (const model::CallId call : calls) {
            fixture.ports.speakPacket(call, 8, payload);
        }
    }
    for (const model::CallId call : calls) {
        fixture.calls.end(call, 200, s("OK"));
    }
    QVERIFY(healthy.catchUp());
    QCOMPARE(healthy.take().filter(s("RTP:")).size(), 25 * 50);
    QCOMPARE(infoOf(fixture, healthy.name()).framesDropped, quint64(0));
}

void SlowClientsTest::controlEventsGoOnWhileAudioIsLeftOut()
{
    ControlFixture fixture;
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    const model::CallId call = establishedCall(fixture);
    speak(fixture, call, 2000);
    fixture.calls.ringIn(s("777"));
    fixture.calls.end(call, 200, s("OK"));
    sleeping.wakeUp();
    SOON_VERIFY(sleeping.received.contains("BYE:call-1"));
    QVERIFY(sleeping.received.contains("RING_ANS:777##call-2"));
    QCOMPARE(fixture.server.clients().size(), 1);
}

void SlowClientsTest::noProgressEndsTheConnection()
{
    ControlFixture fixture;
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    const model::CallId call = establishedCall(fixture);
    speak(fixture, call, 2000);
    fixture.scheduler.advance(limits::stallTime - std::chrono::seconds(1));
    QCoreApplication::processEvents();
    QCOMPARE(fixture.server.clients().size(), 1);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("disconnected: it has read nothing")));
    fixture.scheduler.advance(std::chrono::seconds(2) + limits::closeGrace);
    SOON_COMPARE(fixture.server.clients().size(), 0);
    QCOMPARE(static_cast<FakeAudioPort*>(fixture.ports.find(call))->packetListeners, 0);
}

void SlowClientsTest::aHealthyClientIsUnharmed()
{
    ControlFixture fixture;
    std::array<TextClient, 3> healthy;
    QVERIFY(fixture.connect(healthy[0]));
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    QVERIFY(fixture.connect(healthy[1]));
    QVERIFY(fixture.connect(healthy[2]));
    const model::CallId call = establishedCall(fixture);
    for (int second = 0; second < 20; ++second) {
        speak(fixture, call, 300);
        for (TextClient& client : healthy) {
            QVERIFY(client.catchUp());
        }
        fixture.scheduler.advance(std::chrono::seconds(1));
    }
    SOON_COMPARE(fixture.server.clients().size(), 3);
    for (TextClient& client : healthy) {
        QVERIFY(client.catchUp());
        QCOMPARE(client.take().filter(s("RTP:")).size(), 6000);
        QCOMPARE(infoOf(fixture, client.name()).framesDropped, quint64(0));
    }
}

void SlowClientsTest::tooMuchUnreadEndsTheConnection()
{
    ControlFixture fixture;
    TextClient healthy;
    QVERIFY(fixture.connect(healthy));
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    const QString name = nameOf(sleeping.socket);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(s("client ") + QRegularExpression::escape(name)
                                            + s(" is disconnected: it left 10[0-9]{5} bytes")));
    const QString number(1000, u'1');
    int events = 0;
    qint64 most = 0;
    for (; events < 5000 && infoOf(fixture, name).queuedBytes <= limits::backlogBytes; ++events) {
        fixture.calls.ringIn(number);
        QCoreApplication::processEvents();
        most = std::max(most, infoOf(fixture, name).queuedBytes);
    }
    fixture.calls.ringIn(number);
    QVERIFY(events < 5000);
    QVERIFY(most < limits::backlogBytes + 2000);
    fixture.scheduler.advance(limits::closeGrace);
    SOON_COMPARE(fixture.server.clients().size(), 1);
    QVERIFY(healthy.catchUp());
    QCOMPARE(healthy.take().size(), events + 1);
}

void SlowClientsTest::pingsThatAreNotReadEndTheConnection()
{
    ControlFixture fixture;
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("is disconnected: it left")));
    // Qt answers each with a pong, without asking.
    const QByteArray ping = maskedFrame(QByteArray(125, 'p'), 0x89);
    for (int i = 0; i < 400 && !fixture.server.clients().isEmpty(); ++i) {
        sleeping.socket.write(ping.repeated(100));
        QCoreApplication::processEvents();
        QVERIFY(fixture.server.clients().value(0).queuedBytes < 2 * limits::backlogBytes);
        if (sleeping.socket.bytesToWrite() == 0 && i > 100) {
            fixture.scheduler.advance(std::chrono::milliseconds(100));
        }
    }
    fixture.scheduler.advance(limits::closeGrace);
    SOON_COMPARE(fixture.server.clients().size(), 0);
}

void SlowClientsTest::closeCodeReachesAClientThatWakesUp()
{
    ControlFixture fixture;
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    const model::CallId call = establishedCall(fixture);
    speak(fixture, call, 2000);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("is disconnected")));
    fixture.scheduler.advance(limits::stallTime + std::chrono::seconds(1));
    sleeping.wakeUp();
    QVERIFY(sleeping.waitForEnd());
    // 4430 is 0x114e; the reason stands behind it.
    const qsizetype code = sleeping.received.lastIndexOf(QByteArray("\x11\x4e"));
    QVERIFY(code > 2);
    QCOMPARE(static_cast<unsigned char>(sleeping.received[code - 2]), 0x88);
    QVERIFY(sleeping.received.sliced(code + 2).startsWith("it has read nothing"));
}

void SlowClientsTest::silentClientIsPingedAndDropped()
{
    ControlFixture fixture;
    RawClient silent;
    QVERIFY(silent.connectTo(fixture.endpoint()));
    silent.socket.write(handshake(fixture.endpoint()));
    SOON_COMPARE(fixture.server.clients().size(), 1);
    SOON_VERIFY(silent.received.endsWith("\r\n\r\n"));
    silent.received.clear();
    fixture.scheduler.advance(limits::pingInterval - std::chrono::seconds(1));
    QCoreApplication::processEvents();
    QCOMPARE(silent.received, QByteArray());
    fixture.scheduler.advance(std::chrono::seconds(2));
    SOON_COMPARE(silent.received,
                 QByteArray("\x89\x06"
                            "alive?")); // RFC 6455 5.5.2
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("has not answered a ping")));
    fixture.scheduler.advance(limits::silenceTime - limits::pingInterval);
    QVERIFY(silent.waitForEnd());
    SOON_COMPARE(fixture.server.clients().size(), 0);
}

void SlowClientsTest::idleClientThatAnswersPingsStays()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    for (int i = 0; i < 20; ++i) {
        fixture.scheduler.advance(limits::pingInterval);
        QVERIFY(client.catchUp()); // its pong was on the way before our ping
    }
    QCOMPARE(fixture.server.clients().size(), 1);
}

QTEST_GUILESS_MAIN(SlowClientsTest)
#include "tst_slow_clients.moc"
