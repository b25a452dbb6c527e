#include "WavFile.h"
#include "media/Recorder.h"
#include "media/RtpSender.h"
#include "unit/audio/Tone.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace hs;
using namespace hs::media;
using namespace std::chrono_literals;

class RecorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportsWhenAFileIsClosed();
    void beginMayComeBeforeTheFileWasAskedFor();
    void recordsOfUnknownRecordingsAreIgnored();
    void longPauseOfTheDiskLosesNothing();
    void overtakenPacketsAreDecodedInOrder_data();
    void overtakenPacketsAreDecodedInOrder();
    void workStopsWithAllClosed();
};

namespace {

struct Bench {
    const base::TimePoint zero = base::SystemClock().now();
    QTemporaryDir dir;
    std::shared_ptr<WakeEvent> core = std::make_shared<WakeEvent>();
    Recorder recorder{1U << 20, core};

    QString path() const { return dir.filePath(QStringLiteral("one.wav")); }
    void put(FeedRecord::Kind kind, int packet = 0)
    {
        FeedRecord record;
        record.recording = 1;
        record.kind = kind;
        record.sequence = static_cast<std::uint16_t>(packet);
        record.timestamp = static_cast<std::uint32_t>(packet) * 160;
        record.ssrc = 5;
        record.at = zero + packet * 20ms;
        record.position = packet * 20 * RtpSender::positionsPerMs;
        const bool hasAudio = kind == FeedRecord::Kind::Received || kind == FeedRecord::Kind::Sent;
        const std::array<std::byte, 160> audio{};
        QVERIFY(recorder.feed().put(record, std::span(audio).first(hasAudio ? 160 : 0)));
    }
    QStringList reports()
    {
        QStringList all;
        for (auto batch = recorder.takeReports(); const auto node = batch.pop();) {
            all += QString::number(node->value.recording) + u':' + node->value.error;
        }
        return all;
    }
};

} // namespace

void RecorderTest::reportsWhenAFileIsClosed()
{
    Bench bench;
    bench.recorder.open(1, {bench.path(), true});
    bench.put(FeedRecord::Kind::Begin);
    bench.put(FeedRecord::Kind::Received);
    bench.recorder.run(bench.zero);
    QVERIFY(bench.reports().isEmpty());
    bench.put(FeedRecord::Kind::End, 1);
    bench.recorder.run(bench.zero);
    bench.core->wait(); // it was told
    QCOMPARE(bench.reports(), QStringList{u"1:"_qs});
    QCOMPARE(test::WavFile(bench.path()).left.size(), std::size_t(160));
}

void RecorderTest::beginMayComeBeforeTheFileWasAskedFor()
{
    // The pass has looked for new files already when the request and its first record arrive; here
    // the request comes between two records of one pass.
    Bench bench;
    bench.recorder.run(bench.zero);
    bench.put(FeedRecord::Kind::Begin);
    bench.put(FeedRecord::Kind::Received);
    bench.put(FeedRecord::Kind::End, 1);
    bench.recorder.open(1, {bench.path(), false});
    bench.recorder.run(bench.zero);
    QCOMPARE(bench.reports(), QStringList{u"1:"_qs});
    QCOMPARE(test::WavFile(bench.path()).left.size(), std::size_t(160));
}

void RecorderTest::recordsOfUnknownRecordingsAreIgnored()
{
    Bench bench;
    bench.put(FeedRecord::Kind::Begin);
    bench.put(FeedRecord::Kind::Received);
    bench.put(FeedRecord::Kind::End);
    bench.recorder.run(bench.zero);
    QVERIFY(bench.reports().isEmpty());
}

void RecorderTest::longPauseOfTheDiskLosesNothing()
{
    Bench bench;
    bench.recorder.open(1, {bench.path(), true});
    bench.put(FeedRecord::Kind::Begin);
    for (int i = 0; i < 1000; ++i) { // 20 s in which no pass is made
        bench.put(FeedRecord::Kind::Received, i);
        bench.put(FeedRecord::Kind::Sent, i);
    }
    bench.recorder.run(bench.zero + 20s);
    bench.put(FeedRecord::Kind::End, 1000);
    bench.recorder.run(bench.zero + 20s);
    const test::WavFile file(bench.path());
    QCOMPARE(file.left.size(), std::size_t(160'000));
    QVERIFY(std::ranges::all_of(file.left, [](auto sample) { return sample != 0; }));
    QVERIFY(std::ranges::all_of(file.right, [](auto sample) { return sample != 0; }));
}

void RecorderTest::overtakenPacketsAreDecodedInOrder_data()
{
    QTest::addColumn<int>("codec");
    QTest::addColumn<int>("by"); // packets
    QTest::addColumn<double>("snrDb");
    QTest::newRow("G.722 has a state") << int(audio::CodecKind::G722) << 2 << 25.0;
    QTest::newRow("Opus has one") << int(audio::CodecKind::Opus) << 2 << 18.0;
    QTest::newRow("by more than is waited for: only that packet suffers")
        << int(audio::CodecKind::G722) << 10 << 25.0;
}

void RecorderTest::overtakenPacketsAreDecodedInOrder()
{
    QFETCH(int, codec);
    QFETCH(int, by);
    QFETCH(double, snrDb);
    constexpr int overtaken = 60;
    const audio::AudioFormat& format = audio::formatOf(audio::CodecKind(codec));
    const auto encoder = audio::makeEncoder(audio::CodecKind(codec));
    const std::size_t size = format.samplesOf(20);
    const auto voice = test::tone(700, format.sampleRate, size * 100);
    std::vector<std::vector<std::byte>> payloads;
    for (std::size_t i = 0; i < 100; ++i) {
        payloads.emplace_back(audio::mostPayloadOctets);
        payloads[i].resize(encoder->encode(std::span(voice).subspan(i * size, size), payloads[i]));
    }
    Bench bench;
    bench.recorder.open(1, {bench.path(), false, 16000});
    bench.put(FeedRecord::Kind::Begin);
    for (int i = 0; i < 100; ++i) { // in the order of arrival
        const bool isShifted = i >= overtaken && i <= overtaken + by;
        const int packet = !isShifted ? i : i == overtaken + by ? overtaken : i + 1;
        FeedRecord record{1, FeedRecord::Kind::Received, audio::CodecKind(codec)};
        record.sequence = static_cast<std::uint16_t>(65500 + packet);
        record.timestamp = static_cast<std::uint32_t>(packet) * format.timestampUnits(size);
        record.at = bench.zero + i * 20ms;
        QVERIFY(bench.recorder.feed().put(record, payloads[static_cast<std::size_t>(packet)]));
        bench.recorder.run(record.at);
    }
    bench.put(FeedRecord::Kind::End, 100);
    bench.recorder.run(bench.zero + 2s);
    const test::WavFile file(bench.path());
    QCOMPARE(file.left.size(), std::size_t(32'000));
    // Around the place; without that packet where it came too late.
    const std::size_t from = static_cast<std::size_t>(overtaken + (by > 3 ? 2 : 0)) * 320;
    const test::Heard heard = test::listen(std::span(file.left).subspan(from, 9600), 700, 16000);
    QVERIFY2(heard.snrDb > snrDb, qPrintable(QString::number(heard.snrDb)));
}

void RecorderTest::workStopsWithAllClosed()
{
    Bench bench;
    std::thread disk([&] { bench.recorder.work(); });
    bench.recorder.open(1, {bench.path(), true});
    bench.put(FeedRecord::Kind::Begin);
    bench.put(FeedRecord::Kind::Received);
    bench.recorder.stop();
    disk.join();
    QCOMPARE(bench.reports(), QStringList{u"1:"_qs});
    QVERIFY(test::WavFile(bench.path()).left.size() >= 160);
}

QTEST_GUILESS_MAIN(RecorderTest)
#include "tst_recorder.moc"
