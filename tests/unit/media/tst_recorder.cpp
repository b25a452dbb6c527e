#include "WavFile.h"
#include "media/Recorder.h"
#include "media/RtpSender.h"

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
