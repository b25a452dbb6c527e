#include "audio/RecordingFile.h"
#include "audio/WavPlayback.h"
#include "unit/audio/SoundFiles.h"
#include "unit/audio/Tone.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

class WavPlaybackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void addsTheTwoSides();
    void readsToTheEnd();
    void seeks_data();
    void seeks();
    void playsARecordingInTheMaking();
    void saysWhatIsWrong();

private:
    QString path(const QString& name = u"call.wav"_s) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
    std::vector<std::int16_t> m_left = test::tone(300, 8000, 16000, 5000);
    std::vector<std::int16_t> m_right = test::tone(700, 8000, 16000, 3000);
};

void WavPlaybackTest::initTestCase()
{
    std::vector<std::int16_t> interleaved;
    for (std::size_t i = 0; i < m_left.size(); ++i) {
        interleaved.insert(interleaved.end(), {m_left[i], m_right[i]});
    }
    QVERIFY(test::writeSound(path(), 8000, 2, SF_FORMAT_WAV | SF_FORMAT_PCM_16, interleaved));
}

void WavPlaybackTest::addsTheTwoSides()
{
    auto playback = audio::WavPlayback::open(path());
    QVERIFY(playback.ok());
    QCOMPARE(playback->rate(), 8000);
    QCOMPARE(playback->durationMs(), 2000);
    std::vector<std::int16_t> out(3000);
    QCOMPARE(playback->read(out), out.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        QCOMPARE(int(out[i]), m_left[i] + m_right[i]);
    }
    QCOMPARE(playback->positionMs(), 375);
}

void WavPlaybackTest::readsToTheEnd()
{
    auto playback = audio::WavPlayback::open(path());
    std::vector<std::int16_t> out(20000);
    QCOMPARE(playback->read(out), std::size_t(16000));
    QCOMPARE(playback->positionMs(), playback->durationMs());
    QCOMPARE(playback->read(out), std::size_t(0));
    playback->seek(1990);
    QCOMPARE(playback->read(out), std::size_t(80));
}

void WavPlaybackTest::seeks_data()
{
    QTest::addColumn<qint64>("to");
    QTest::addColumn<qint64>("position");
    QTest::newRow("forward") << qint64(1234) << qint64(1234);
    QTest::newRow("to the start") << qint64(0) << qint64(0);
    QTest::newRow("to the end") << qint64(2000) << qint64(2000);
    QTest::newRow("beyond the end") << qint64(99999) << qint64(2000);
    QTest::newRow("before the start") << qint64(-1) << qint64(0);
    QTest::newRow("far beyond") << std::numeric_limits<qint64>::max() << qint64(2000);
    QTest::newRow("far before") << std::numeric_limits<qint64>::min() << qint64(0);
}

void WavPlaybackTest::seeks()
{
    QFETCH(qint64, to);
    QFETCH(qint64, position);
    auto playback = audio::WavPlayback::open(path());
    std::vector<std::int16_t> out(500);
    playback->read(out);
    playback->seek(to);
    QCOMPARE(playback->positionMs(), position);
    const auto at = std::size_t(position) * 8;
    if (at < m_left.size()) {
        QVERIFY(playback->read(std::span(out).first(10)) == 10);
        QCOMPARE(int(out[0]), m_left[at] + m_right[at]);
    } else {
        QCOMPARE(playback->read(out), std::size_t(0));
    }
}

void WavPlaybackTest::playsARecordingInTheMaking()
{
    auto file = audio::RecordingFile::open(path(u"now.wav"_s), 1);
    QVERIFY(file->write(std::span(m_left).first(8000)).ok());
    const auto playback = audio::WavPlayback::open(path(u"now.wav"_s));
    QVERIFY(playback.ok());
    QCOMPARE(playback->durationMs(), 1000);
}

void WavPlaybackTest::saysWhatIsWrong()
{
    const auto playback = audio::WavPlayback::open(path(u"none.wav"_s));
    QVERIFY(!playback.ok());
    QVERIFY(playback.error().text.contains(u"none.wav"_s));
}

QTEST_GUILESS_MAIN(WavPlaybackTest)
#include "tst_wav_playback.moc"
