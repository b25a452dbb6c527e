// Speech through a bad network, from one whole engine to another, measured against the clean
// recording: it keeps a stated quality, and is no worse than through a buffer of 60 ms that never
// changes, which gets the very packets that arrived in the same run. Segmental signal-to-noise
// ratio (frames of 20 ms, -10..35 dB), log-spectral distance, delay: see support/SpeechQuality.
#include "ImpairedCall.h"
#include "Networks.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ImpairedSpeechTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsItsQuality_data();
    void keepsItsQuality();
    void headsetHearsTheSame();
};

namespace {
constexpr int sentenceMs = 20'000;
constexpr int mostDelayMs = 400;
} // namespace

void ImpairedSpeechTest::keepsItsQuality_data()
{
    QTest::addColumn<int>("network"); // of networks()
    QTest::addColumn<double>("leastSnrDb");
    QTest::addColumn<double>("mostDistanceDb");
    QTest::addColumn<double>("mostDelayMs"); // mean, from queue to ear
    QTest::addColumn<double>("worseBy"); // dB that the fixed buffer may be better by
    // Of the delay up to 20 ms are the talker's grid and up to 20 the listener's; the rest is line
    // and buffer.
    const std::vector<Network> all = networks();
    const auto row = [&](int i, double snr, double distance, double delay, double worse) {
        QTest::newRow(all[std::size_t(i)].name) << i << snr << distance << delay << worse;
    };
    row(0, 34.0, 1.5, 70, 0.1);
    row(1, 29.5, 2.1, 110, 0.5);
    row(2, 28.0, 2.5, 280, 0.5);
    row(3, 28.0, 2.5, 280, 0.5);
    row(4, 30.5, 3.0, 90, 0.5);
    row(5, 33.5, 1.5, 90, 0.1);
}

void ImpairedSpeechTest::keepsItsQuality()
{
    QFETCH(int, network);
    QFETCH(double, leastSnrDb);
    QFETCH(double, mostDistanceDb);
    QFETCH(double, mostDelayMs);
    QFETCH(double, worseBy);
    ImpairedCall call;
    call.impair(networks()[std::size_t(network)].impairments);
    QVERIFY(call.establish());
    call.run(5s);
    const Quality adaptive = call.hears(sentenceMs);
    const Quality fixed =
        alignedQuality(call.said, call.throughFixedBuffer(60), 8000, ::mostDelayMs);
    const QByteArray said = (figures(adaptive) + u"; with 60 ms fixed " + figures(fixed)).toUtf8();
    qInfo("%s", said.constData());
    QVERIFY2(adaptive.segmentalSnrDb >= leastSnrDb, said.constData());
    QVERIFY2(adaptive.spectralDistanceDb <= mostDistanceDb, said.constData());
    QVERIFY2(adaptive.delayMs <= mostDelayMs, said.constData());
    QVERIFY2(adaptive.segmentalSnrDb >= fixed.segmentalSnrDb - worseBy, said.constData());
    QVERIFY2(adaptive.spectralDistanceDb <= fixed.spectralDistanceDb + worseBy, said.constData());
}

void ImpairedSpeechTest::headsetHearsTheSame()
{
    ImpairedCall::Setup setup;
    setup.operatorListens = true;
    ImpairedCall call(setup);
    call.impair(networks()[1].impairments);
    QVERIFY(call.establish());
    call.run(5s);
    const Quality is = call.hears(sentenceMs);
    const QByteArray said = figures(is).toUtf8();
    qInfo("%s", said.constData());
    QVERIFY2(is.segmentalSnrDb >= 29.5, said.constData());
    QVERIFY2(is.spectralDistanceDb <= 2.1, said.constData());
    QVERIFY2(is.delayMs <= 150, said.constData());
}

QTEST_GUILESS_MAIN(ImpairedSpeechTest)
#include "tst_impaired_speech.moc"
