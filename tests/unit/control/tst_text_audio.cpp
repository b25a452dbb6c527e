#include "ControlFixture.h"
#include "support/Soon.h"

#include <QTest>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

// RTP in both directions.
class TextAudioTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forms_data();
    void forms();
    void neverBeforeTheAnswerNorAfterTheEnd();
    void onlyOneCall();
    void listenersFollowClientsAndCalls();
    void listenersOfAPortThatComesLate();
    void operatorsCallsCanBeKeptToHim();
    void operatorsCallsAreHeardByDefault();
    void framesOfManyCallsInOneTick();
    void playing();
    void playingWithoutIdNeedsExactlyOneCall();
    void playingThatIsRefused();
};

namespace {
QString s(const char* text)
{
    return QString::fromLatin1(text);
}

model::CallId establishedCall(ControlFixture& fixture, const QString& controlId)
{
    const model::CallId call = fixture.calls.ringIn(s("1"), controlId);
    fixture.ports.open(call);
    if (fixture.calls.answer(call, model::Actor::machine())) {
        fixture.calls.acknowledge(call);
    }
    return call;
}

FakeAudioPort& portOf(ControlFixture& fixture, model::CallId call)
{
    return static_cast<FakeAudioPort&>(*fixture.ports.find(call));
}

QStringList audioOf(TextClient& client)
{
    return client.catchUp() ? client.take().filter(s("RTP:")) : QStringList{s("no pong")};
}
} // namespace

void TextAudioTest::forms_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("audio");
    const QStringList hex{s("RTP:d5007f"), s("RTP:ff"), s("RTP:d5")};
    QTest::newRow("default") << s("/") << hex;
    QTest::newRow("hex") << s("/?rtp=hex") << hex;
    QTest::newRow("pt_hex") << s("/?rtp=pt_hex")
                            << QStringList{s("RTP:8##d5007f"), s("RTP:0##ff"), s("RTP:8##d5")};
    QTest::newRow("base64") << s("/?rtp=base64") << QStringList{s("RTP:a:b@c##AQD//w==")};
    QTest::newRow("off") << s("/?rtp=off") << QStringList();
    QTest::newRow("with other parameters") << s("/?x=1&rtp=off&y") << QStringList();
}

void TextAudioTest::forms()
{
    QFETCH(QString, query);
    QFETCH(QStringList, audio);
    ControlFixture fixture;
    std::array<TextClient, 3> clients;
    for (TextClient& client : clients) {
        QVERIFY(fixture.connect(client, query));
    }
    const model::CallId call = establishedCall(fixture, s("a:b@c"));
    fixture.ports.speakPacket(call, 8, QByteArray("\xd5\x00\x7f", 3));
    fixture.ports.speakPacket(call, 0, "\xff");
    fixture.ports.speakPcm(call, {1, -1});
    fixture.ports.speakPacket(call, 8, "\xd5");
    for (TextClient& client : clients) {
        QCOMPARE(audioOf(client), audio);
    }
}

void TextAudioTest::neverBeforeTheAnswerNorAfterTheEnd()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    fixture.ports.open(call);
    fixture.ports.speakPacket(call, 8, "\x01");
    QVERIFY(fixture.calls.answer(call, model::Actor::machine()).ok());
    fixture.ports.speakPacket(call, 8, "\x02"); // overtakes the ACK: it waits for CALL_ANS
    fixture.calls.acknowledge(call);
    fixture.ports.speakPacket(call, 8, "\x03");
    fixture.calls.end(call, 200, s("OK"));
    fixture.ports.speakPacket(call, 8, "\x04");
    QVERIFY(client.catchUp());
    QCOMPARE(
        client.take(),
        (QStringList{s("RING_ANS:1##x"), s("CALL_ANS:x"), s("RTP:02"), s("RTP:03"), s("BYE:x")}));
}

void TextAudioTest::onlyOneCall()
{
    ControlFixture fixture;
    TextClient limited;
    QVERIFY(fixture.connect(limited, s("/?rtp=hex&call=a%40b~2")));
    const model::CallId first = establishedCall(fixture, s("a@b"));
    const model::CallId second = establishedCall(fixture, s("a@b~2"));
    fixture.ports.speakPacket(first, 8, "\x01");
    fixture.ports.speakPacket(second, 8, "\x02");
    QVERIFY(limited.catchUp());
    // Its audio alone: events are of all calls.
    QCOMPARE(limited.take(),
             (QStringList{s("RING_ANS:1##a@b"), s("CALL_ANS:a@b"), s("RING_ANS:1##a@b~2"),
                          s("CALL_ANS:a@b~2"), s("RTP:02")}));
    QCOMPARE(portOf(fixture, second).packetListeners, 1);
    QVERIFY(portOf(fixture, first).packetListeners <= 0);
}

void TextAudioTest::listenersFollowClientsAndCalls()
{
    ControlFixture fixture;
    TextClient hex;
    QVERIFY(fixture.connect(hex));
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    FakeAudioPort& port = fixture.ports.open(call);
    QVERIFY(fixture.calls.answer(call, model::Actor::machine()).ok());
    QCOMPARE(port.packetListeners, 1); // what overtakes the ACK is not to be missed
    fixture.calls.acknowledge(call);
    QCOMPARE(port.timesTold, 1);
    QCOMPARE(port.packetListeners, 1);
    QCOMPARE(port.pcmListeners, 0);
    {
        TextClient payloadTypeHex;
        TextClient base64;
        TextClient off;
        QVERIFY(fixture.connect(payloadTypeHex, s("/?rtp=pt_hex")));
        QCOMPARE(port.packetListeners, 2);
        QVERIFY(fixture.connect(base64, s("/?rtp=base64")));
        QCOMPARE(port.pcmListeners, 1);
        const int told = port.timesTold;
        QVERIFY(fixture.connect(off, s("/?rtp=off")));
        QCOMPARE(port.timesTold, told); // nothing new
    }
    SOON_COMPARE(fixture.server.clients().size(), 1);
    QCOMPARE(port.packetListeners, 1);
    QCOMPARE(port.pcmListeners, 0);
    fixture.calls.end(call, 200, s("OK"));
    QCOMPARE(port.packetListeners, 0);
}

void TextAudioTest::listenersOfAPortThatComesLate()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = fixture.calls.ringIn(s("1"), s("x"));
    QVERIFY(fixture.calls.answer(call, model::Actor::machine()).ok());
    fixture.calls.acknowledge(call);
    FakeAudioPort& port = fixture.ports.open(call);
    QCOMPARE(port.timesTold, 0);
    fixture.calls.change(call, [](model::Call& each) { each.codec = s("PCMA"); });
    QCOMPARE(port.packetListeners, 1);
}

void TextAudioTest::operatorsCallsCanBeKeptToHim()
{
    ControlSettings settings = ControlFixture::onLoopback();
    settings.clientsHearOperator = false;
    ControlFixture fixture(settings);
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = establishedCall(fixture, s("x"));
    fixture.ports.speakPacket(call, 8, "\x01");
    fixture.calls.giveTo(call, model::Actor::consoleOperator());
    QCOMPARE(portOf(fixture, call).packetListeners, 0);
    fixture.ports.speakPacket(
        call, 8, "\x02"); // overtakes the ACK: it waits for CALL_ANS // was on its way already
    fixture.calls.giveTo(call, model::Actor::machine());
    QCOMPARE(portOf(fixture, call).packetListeners, 1);
    fixture.ports.speakPacket(call, 8, "\x03");
    QCOMPARE(audioOf(client), (QStringList{s("RTP:01"), s("RTP:03")}));
    // His from the beginning.
    const model::CallId own = *fixture.calls.dial({s("2"), model::Actor::consoleOperator()});
    FakeAudioPort& port = fixture.ports.open(own);
    fixture.calls.answerByFarEnd(own);
    fixture.ports.speakPacket(own, 8, "\x04");
    QVERIFY(client.catchUp());
    QCOMPARE(client.take(), (QStringList{s("DIALING:2##call-2"), s("CALL_ANS:call-2")}));
    QVERIFY(port.packetListeners <= 0);
}

void TextAudioTest::operatorsCallsAreHeardByDefault()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = establishedCall(fixture, s("x"));
    fixture.calls.giveTo(call, model::Actor::consoleOperator());
    fixture.ports.speakPacket(call, 8, "\x01");
    QCOMPARE(audioOf(client), QStringList{s("RTP:01")});
}

void TextAudioTest::framesOfManyCallsInOneTick()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client, s("/?rtp=pt_hex")));
    std::vector<media::TapFrame> tick;
    QStringList expected;
    const QByteArray payload(160, '\x55');
    for (int i = 0; i < 100; ++i) {
        media::TapFrame frame;
        frame.call = establishedCall(fixture, {});
        frame.payloadType = static_cast<std::uint8_t>(i % 2 * 8);
        frame.bytes = std::as_bytes(std::span(payload.data(), static_cast<std::size_t>(i)));
        tick.push_back(frame);
        expected.append(s("RTP:%1##").arg(frame.payloadType)
                        + QString::fromLatin1(payload.first(i).toHex()));
    }
    fixture.ports.speak(tick);
    QCOMPARE(audioOf(client), expected);
}

void TextAudioTest::playing()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = establishedCall(fixture, s("a:b@c"));
    const std::vector<std::int16_t> two{1, -1};
    client.send(s("RTP:a:b@c##AQD//w=="));
    QVERIFY(client.catchUp());
    QCOMPARE(portOf(fixture, call).played, two);
    client.send(s("RTP:a:b@c##")); // nothing is any length, too
    client.send(s("RTP:0100ffff"));
    client.send(s("RTP:AQD//w"));
    QVERIFY(client.catchUp());
    QCOMPARE(portOf(fixture, call).played, (std::vector<std::int16_t>{1, -1, 1, -1, 1, -1}));
    QCOMPARE(portOf(fixture, call).plays, 3);
    // A minute at once: pacing is not ours.
    const QByteArray minute(2 * 8000 * 40, '\x01');
    client.send(s("RTP:a:b@c##") + QString::fromLatin1(minute.toBase64()));
    QVERIFY(client.catchUp());
    QCOMPARE(portOf(fixture, call).played.size(), std::size_t(6 + 8000 * 40));
    QVERIFY(client.take().filter(s("ERROR")).isEmpty());
}

void TextAudioTest::playingWithoutIdNeedsExactlyOneCall()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    client.send(s("RTP:0100"));
    QVERIFY(client.catchUp());
    QVERIFY(client.take().value(0).startsWith(s("ERROR:RTP: 0 calls")));
    const model::CallId call = establishedCall(fixture, s("x"));
    fixture.calls.ringIn(s("2")); // rings, but is alive
    client.send(s("RTP:0100"));
    QVERIFY(client.catchUp());
    QVERIFY(client.take().last().startsWith(s("ERROR:RTP: 2 calls")));
    QCOMPARE(portOf(fixture, call).plays, 0);
}

void TextAudioTest::playingThatIsRefused()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const model::CallId call = establishedCall(fixture, s("x"));
    const model::CallId silent = fixture.calls.ringIn(s("2"), s("y"));
    QVERIFY(client.catchUp());
    client.take();
    const auto refusal = [&](const char* message) {
        client.send(s(message));
        return client.catchUp() ? client.take().join(u'\n') : QString();
    };
    QCOMPARE(refusal("RTP:z##AQA="), s("ERROR:RTP: there is no call 'z'"));
    QCOMPARE(refusal("RTP:y##AQA="), s("ERROR:RTP: the call 'y' has no audio yet"));
    QVERIFY(refusal("RTP:x##AQD/").startsWith(s("ERROR:RTP: the audio has half a sample")));
    QCOMPARE(refusal("RTP:x##A*A="), s("ERROR:RTP: the audio is not base64"));
    portOf(fixture, call).refusal = s("two minutes of audio are queued already");
    QCOMPARE(refusal("RTP:x##AQA="), s("ERROR:RTP: two minutes of audio are queued already"));
    portOf(fixture, call).refusal.clear();
    fixture.calls.giveTo(call, model::Actor::consoleOperator());
    QCOMPARE(refusal("RTP:x##AQA="), s("ERROR:RTP: the operator has the call 'x'"));
    QCOMPARE(portOf(fixture, call).plays, 0);
    fixture.calls.giveTo(call, model::Actor::machine());
    QCOMPARE(refusal("RTP:x##AQA="), QString());
    QCOMPARE(portOf(fixture, call).plays, 1);
    fixture.calls.end(silent, 487, s("gone"));
}

QTEST_GUILESS_MAIN(TextAudioTest)
#include "tst_text_audio.moc"
