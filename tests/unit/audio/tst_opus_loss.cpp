#include "SpeechPackets.h"
#include "audio/OpusCodec.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hs::audio;
using namespace hs::test;

// What becomes of packets that never came.
class OpusLossTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recoversWhatWasLost_data();
    void recoversWhatWasLost();
    void recoversNothing_data();
    void recoversNothing();
    void recoveringLeavesTheNextPacketWhole();
    void concealsAnyLength_data();
    void concealsAnyLength();
};

namespace {
constexpr int rate = 48000;
constexpr std::size_t packetSize = 960; // 20 ms

enum class Gap { Concealed, Recovered };

// Every fifth packet is lost. What is heard of the lost ones alone, and of the same when none is.
struct Loss {
    Samples heard;
    Samples whole;
};

Loss decodeWithLoss(const std::vector<Payload>& payloads, std::size_t size, Gap gap)
{
    OpusSpeechDecoder decoder;
    OpusSpeechDecoder spared;
    Loss result;
    Samples out(size);
    Samples whole(size);
    for (std::size_t i = 0; i + 1 < payloads.size(); ++i) {
        spared.decode(payloads[i], whole);
        if (i % 5 != 4) {
            decoder.decode(payloads[i], out);
            continue;
        }
        if (gap == Gap::Concealed || decoder.recover(payloads[i + 1], out) == 0) {
            decoder.conceal(out);
        }
        result.heard.insert(result.heard.end(), out.begin(), out.end());
        result.whole.insert(result.whole.end(), whole.begin(), whole.end());
    }
    return result;
}
} // namespace

void OpusLossTest::recoversWhatWasLost_data()
{
    QTest::addColumn<int>("ms");
    QTest::addColumn<int>("playbackRate");
    QTest::addColumn<double>("least");
    QTest::newRow("6716 2.1.7: 10 ms") << 10 << 48000 << 0.9;
    QTest::newRow("6716 2.1.7: 20 ms") << 20 << 48000 << 0.9;
    // Frames beyond 20 ms are SILK alone, up to 8 kHz; with more than that there are two or three
    // in the packet, the first of which knows of 20 ms.
    QTest::newRow("6716 2.1.7: 40 ms in one frame") << 40 << 16000 << 0.9;
    QTest::newRow("6716 2.1.7: 60 ms in one frame") << 60 << 16000 << 0.9;
    QTest::newRow("6716 2.1.7: 40 ms in two frames") << 40 << 48000 << 0.7;
    QTest::newRow("6716 2.1.7: 60 ms in three frames") << 60 << 48000 << 0.35;
}

void OpusLossTest::recoversWhatWasLost()
{
    QFETCH(int, ms);
    QFETCH(double, least);
    const auto size = static_cast<std::size_t>(rate / 1000 * ms);
    EncoderWishes wishes;
    QFETCH(const int, playbackRate);
    wishes.playbackRate = playbackRate;
    OpusSpeechEncoder encoder(wishes);
    encoder.setExpectedLoss(20);
    const auto payloads = encodeAll(encoder, speechLike(rate, 6000), ms);
    const Loss concealed = decodeWithLoss(payloads, size, Gap::Concealed);
    const Loss recovered = decodeWithLoss(payloads, size, Gap::Recovered);
    const double before = correlation(concealed.heard, concealed.whole);
    const double after = correlation(recovered.heard, recovered.whole);
    const QByteArray figures = QByteArray::number(before) + ' ' + QByteArray::number(after);
    QVERIFY2(after >= least && after > before + 0.05, figures.constData());
    const double louder = levelDb(recovered.heard) - levelDb(recovered.whole);
    QVERIFY2(std::abs(louder) < 4, qPrintable(QString::number(louder)));
}

void OpusLossTest::recoversNothing_data()
{
    QTest::addColumn<bool>("fec");
    QTest::addColumn<int>("loss");
    QTest::addColumn<std::size_t>("lost");
    QTest::newRow("no loss is expected") << true << 0 << packetSize;
    QTest::newRow("7587 6.1: the far end wants none (useinbandfec=0)") << false << 30 << packetSize;
    QTest::newRow("what was lost is shorter than the next packet") << true << 30 << packetSize / 2;
    QTest::newRow("longer than any packet") << true << 30 << std::size_t(48000);
}

void OpusLossTest::recoversNothing()
{
    QFETCH(bool, fec);
    QFETCH(int, loss);
    QFETCH(std::size_t, lost);
    EncoderWishes wishes;
    wishes.inBandFec = fec;
    OpusSpeechEncoder encoder(wishes);
    encoder.setExpectedLoss(loss);
    OpusSpeechDecoder decoder;
    Samples out(lost);
    for (const Payload& payload : encodeAll(encoder, speechLike(rate, 1000))) {
        QCOMPARE(decoder.recover(payload, out), std::size_t(0));
    }
    // RFC 6716 table 2: a packet of CELT alone has none, whatever its bits look like.
    Payload celt(40, std::byte{0xff});
    celt.front() = std::byte{0xf8};
    QCOMPARE(decoder.samplesIn(celt), packetSize);
    QCOMPARE(decoder.recover(celt, out), std::size_t(0));
}

void OpusLossTest::recoveringLeavesTheNextPacketWhole()
{
    OpusSpeechEncoder encoder({});
    encoder.setExpectedLoss(20);
    const auto payloads = encodeAll(encoder, speechLike(rate, 2000));
    OpusSpeechDecoder lossy;
    OpusSpeechDecoder whole;
    Samples a(packetSize);
    Samples b(packetSize);
    Samples heard;
    Samples expected;
    for (std::size_t i = 0; i + 1 < payloads.size(); ++i) {
        whole.decode(payloads[i], b);
        if (i % 10 == 9) {
            QCOMPARE(lossy.recover(payloads[i + 1], a), packetSize);
            continue;
        }
        QCOMPARE(lossy.decode(payloads[i], a), packetSize);
        heard.insert(heard.end(), a.begin(), a.end());
        expected.insert(expected.end(), b.begin(), b.end());
    }
    QVERIFY(correlation(heard, expected) > 0.97);
}

void OpusLossTest::concealsAnyLength_data()
{
    QTest::addColumn<int>("samples");
    for (const int samples : {1, 119, 120, 441, 960, 2881, 5760, 6001, 20000}) {
        QTest::addRow("%d", samples) << samples;
    }
}

void OpusLossTest::concealsAnyLength()
{
    QFETCH(int, samples);
    OpusSpeechEncoder encoder({});
    OpusSpeechDecoder decoder;
    Samples out(packetSize);
    for (const Payload& payload : encodeAll(encoder, speechLike(rate, 80))) { // the loudest part
        decoder.decode(payload, out);
    }
    Samples lost(std::size_t(samples), 12345);
    QCOMPARE(decoder.conceal(lost), lost.size());
    QVERIFY(std::ranges::find(lost, 12345) == lost.end());
    QVERIFY(energy(lost) > 0);
    QVERIFY(std::abs(lost.front() - out.back()) < 6000); // no click where it begins
}

QTEST_GUILESS_MAIN(OpusLossTest)
#include "tst_opus_loss.moc"
