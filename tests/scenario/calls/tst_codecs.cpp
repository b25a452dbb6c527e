// Calls in each codec: heard both ways at the headset as wide as the codec is, recorded, heard and
// spoken in by programs, dialled in; and what an end that wishes no silence does not get.
#include "scenario/calls/FarEnd.h"
#include "scenario/calls/TalkingPair.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class CodecsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void heardAndRecordedBothWays_data();
    void heardAndRecordedBothWays();
    void programsHearAndSpeak_data();
    void programsHearAndSpeak();
    void wideGreeting();
    void digitsAtTheCodecsClock();
    void silenceIsNotSentToWhoWishesNone();
    void offererChoosesUnlessWeDo();
    void lateOfferIsRecordedWide_data();
    void lateOfferIsRecordedWide();
};

void CodecsTest::heardAndRecordedBothWays_data()
{
    QTest::addColumn<QString>("codec");
    QTest::addColumn<double>("highest"); // Hz, that it must carry
    QTest::addColumn<int>("recordingRate");
    QTest::newRow("G.711 A-law") << QStringLiteral("PCMA") << 3000.0 << 8000;
    QTest::newRow("G.711 mu-law") << QStringLiteral("PCMU") << 3000.0 << 8000;
    QTest::newRow("RFC 3551 4.5.2: G.722, 16000 samples and 8000 ticks a second")
        << QStringLiteral("G722") << 6000.0 << 16000;
    QTest::newRow("RFC 7587: Opus") << QStringLiteral("opus") << 10000.0 << 16000;
}

void CodecsTest::heardAndRecordedBothWays()
{
    QFETCH(QString, codec);
    QFETCH(double, highest);
    QFETCH(int, recordingRate);
    TalkingPair pair({codec}, model::allCodecs(), highest);
    QVERIFY(pair.id != 0);
    QCOMPARE(pair.codecs(), QStringList({codec.toUpper(), codec.toUpper()}));
    pair.world.run(1s);
    const Heard atCaller = pair.atHeadset(pair.caller, highest);
    QVERIFY2(atCaller.amplitude > 4000, qPrintable(QString::number(atCaller.amplitude)));
    const Heard atCallee = pair.atHeadset(pair.callee, TalkingPair::callerHz);
    QVERIFY2(atCallee.amplitude > 5000, qPrintable(QString::number(atCallee.amplitude)));
    QVERIFY2(atCallee.snrDb > 15, qPrintable(QString::number(atCallee.snrDb)));
    QVERIFY(pair.caller.call().media.peakReceived > 3000);
    QCOMPARE(pair.caller.call().media.receivedQuietMs, 0);

    const WavFile recording = pair.recorded();
    QCOMPARE(recording.rate, recordingRate);
    const auto second = static_cast<std::size_t>(recordingRate);
    QVERIFY(recording.left.size() > 3 * second);
    const auto part = [&](const std::vector<std::int16_t>& side) {
        return std::span(side).subspan(2 * second, second / 2);
    };
    QVERIFY(listen(part(recording.right), TalkingPair::callerHz, recordingRate).amplitude > 5000);
    if (highest < recordingRate / 2) {
        QVERIFY(listen(part(recording.left), highest, recordingRate).amplitude > 4000);
    }
}

void CodecsTest::programsHearAndSpeak_data()
{
    QTest::addColumn<QString>("codec");
    for (const QString& codec : model::allCodecs()) {
        QTest::addRow("%s", qPrintable(codec)) << codec;
    }
}

void CodecsTest::programsHearAndSpeak()
{
    QFETCH(QString, codec);
    World world;
    call::CallSettings machines = speaking({codec});
    machines.autoAnswerAfter = 0s;
    CallAgent caller(world, "192.0.2.1", speaking({codec}), said(700));
    CallAgent callee(world, "192.0.2.2", machines);
    Ear ear;
    callee.media.addTap(ear);
    QVERIFY(caller.manager.dial({uriOf(callee), theOperator()}));
    world.run(500ms);
    media::AudioPort* port = callee.media.find(callee.call().id);
    port->setListeners(1, 0);
    const auto voice = tone(1000, 8000, 16000, 8000);
    QVERIFY(port->play(voice).ok());
    QCOMPARE(port->queuedMs(), 2000);
    world.run(1s);
    QVERIFY(std::abs(port->queuedMs() - 1000) <= 40);
    caller.device.takeHeard();
    world.run(500ms);
    const auto heard = caller.device.takeHeard();
    QVERIFY(listen(heard, 1000, headsetRate).amplitude > 5000);
    port->setListeners(1, 1);
    ear.frames.clear();
    world.run(1s);
    std::vector<std::int16_t> packets;
    std::vector<std::int16_t> pcm;
    for (const HeardFrame& frame : ear.frames) {
        const bool isPcm = frame.kind == media::TapFrame::Kind::Pcm;
        const auto samples =
            isPcm || frame.payloadType == 0 ? frame.samples() : decoded(frame.bytes);
        QCOMPARE(frame.bytes.size(), std::size_t(isPcm ? 320 : 160));
        auto& all = isPcm ? pcm : packets;
        all.insert(all.end(), samples.begin(), samples.end());
    }
    QVERIFY(pcm.size() >= 7840);
    QVERIFY(listen(std::span(pcm).last(4000), 700, 8000).amplitude > 5000);
    if (codec != QLatin1String("PCMU")) { // in whose words the packets then are
        QVERIFY(packets.size() >= 7840);
        QVERIFY(listen(std::span(packets).last(4000), 700, 8000).amplitude > 5000);
    }
    ear.frames.clear();
}

// A 48 kHz greeting on an Opus call: its highest notes are heard too.
void CodecsTest::wideGreeting()
{
    World world;
    call::CallSettings machines = speaking({QStringLiteral("opus")});
    machines.autoAnswerAfter = 0s;
    machines.greeting = clip(tone(10000, 48000, 96000, 8000), 48000);
    CallAgent caller(world, "192.0.2.1", speaking({QStringLiteral("opus")}));
    CallAgent callee(world, "192.0.2.2", machines);
    QVERIFY(caller.manager.dial({uriOf(callee), theOperator()}));
    world.run(1s);
    caller.device.takeHeard();
    world.run(500ms);
    QVERIFY(listen(caller.device.takeHeard(), 10000, headsetRate).amplitude > 4000);
}

// RFC 4733 2.1: telephone-events count the clock of the audio beside them.
void CodecsTest::digitsAtTheCodecsClock()
{
    World world;
    CallAgent agent(world, "192.0.2.2", speaking({QStringLiteral("opus")}));
    FarEnd far(world, agent);
    far.invite(offer("192.0.2.9", 4000, "107 108",
                     "a=rtpmap:107 opus/48000/2\r\na=rtpmap:108 telephone-event/48000\r\n"));
    QVERIFY(agent.manager.answer(agent.call().id, theOperator()).ok());
    world.run(100ms);
    QVERIFY(agent.manager.sendDigits(agent.call().id, QStringLiteral("5")).ok());
    world.run(500ms);
    std::vector<int> durations;
    for (const HeardPacket& packet : far.rtp.heard) {
        if (packet.header.payloadType == 108) {
            const auto octet = [&](std::size_t at) {
                return std::to_integer<int>(packet.payload[at]);
            };
            durations.push_back(octet(2) * 256 + octet(3));
        }
    }
    QCOMPARE(durations, std::vector<int>({960, 1920, 2880, 3840, 4800, 4800, 4800}));

    TalkingPair pair({QStringLiteral("opus")}, {QStringLiteral("opus")}, 500);
    QVERIFY(pair.caller.manager.sendDigits(pair.id, QStringLiteral("12#")).ok());
    pair.world.run(2s);
    QCOMPARE(pair.callee.call().digitsReceived, QStringLiteral("12#"));
}

// RFC 7587 3.1.3: usedtx. Time goes on while nothing is sent.
void CodecsTest::silenceIsNotSentToWhoWishesNone()
{
    World world;
    call::CallSettings machines = speaking({QStringLiteral("opus")});
    machines.autoAnswerAfter = 0s;
    CallAgent agent(world, "192.0.2.2", machines);
    FarEnd far(world, agent);
    far.invite(
        offer("192.0.2.9", 4000, "107", "a=rtpmap:107 opus/48000/2\r\na=fmtp:107 usedtx=1\r\n"));
    world.run(2s);
    far.rtp.heard.clear();
    world.run(4s);
    const auto& heard = far.rtp.heard;
    QVERIFY2(heard.size() >= 8 && heard.size() <= 20, qPrintable(QString::number(heard.size())));
    for (std::size_t i = 1; i < heard.size(); ++i) {
        const auto passed = (heard[i].at - heard[i - 1].at) / 1ms;
        QCOMPARE(qint64(heard[i].header.timestamp - heard[i - 1].header.timestamp), passed * 48);
        QCOMPARE(heard[i].header.sequence, std::uint16_t(heard[i - 1].header.sequence + 1));
    }
    QVERIFY(heard.back().header.marker); // RFC 3551 4.1: after silence
}

// RFC 3264 6.1
void CodecsTest::offererChoosesUnlessWeDo()
{
    const QStringList g711{QStringLiteral("PCMU"), QStringLiteral("PCMA")};
    TalkingPair theirs(g711, {QStringLiteral("PCMA"), QStringLiteral("PCMU")}, 500);
    QCOMPARE(theirs.codecs(), QStringList({QStringLiteral("PCMU"), QStringLiteral("PCMU")}));
    TalkingPair nothing({QStringLiteral("G722")}, {QStringLiteral("PCMA")}, 500);
    QCOMPARE(nothing.id, model::CallId(0));
    QCOMPARE(nothing.caller.call().finalCode, 488);
}

void CodecsTest::lateOfferIsRecordedWide_data()
{
    QTest::addColumn<QStringList>("ours");
    QTest::addColumn<int>("rate");
    QTest::newRow("Opus among them")
        << QStringList{QStringLiteral("PCMA"), QStringLiteral("opus")} << 16000;
    QTest::newRow("G.711 alone") << QStringList{QStringLiteral("PCMA")} << 8000;
}

// RFC 3261 13.2.1: an INVITE without an offer; what is spoken is known only by the ACK.
void CodecsTest::lateOfferIsRecordedWide()
{
    QFETCH(QStringList, ours);
    World world;
    CallAgent agent(world, "192.0.2.2", speaking(ours));
    FarEnd far(world, agent);
    far.invite({});
    QVERIFY(agent.manager.answer(agent.call().id, theOperator()).ok());
    world.settle();
    far.request("ACK", 1, offer("192.0.2.9", 4000, "8"));
    world.run(500ms);
    QCOMPARE(agent.call().codec, QStringLiteral("PCMA"));
    const QString path = agent.call().recordingPath;
    QVERIFY(agent.manager.hangUp(agent.call().id, theOperator()).ok());
    world.run(1s);
    QTEST(WavFile(path).rate, "rate");
}

QTEST_GUILESS_MAIN(CodecsTest)
#include "tst_codecs.moc"
