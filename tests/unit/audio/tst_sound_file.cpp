#include "audio/SoundFile.h"
#include "unit/audio/SoundFiles.h"
#include "unit/audio/Tone.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

class SoundFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void readsWhatLibsndfileReads_data();
    void readsWhatLibsndfileReads();
    void channelsAreAveraged();
    void loudSoundsAreClippedNotWrapped();
    void whatIsNoNumberIsSilence();
    void tooLongIsCutAndSaidSo();
    void exactlyAsLongIsNotCut();
    void readsResources();
    void cutOffFilesGiveWhatIsThere();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

void SoundFileTest::readsWhatLibsndfileReads_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("format");
    QTest::addColumn<double>("snrDb");
    QTest::newRow("44.1 kHz stereo WAV")
        << 44100 << 2 << (SF_FORMAT_WAV | SF_FORMAT_PCM_16) << 55.0;
    QTest::newRow("48 kHz float WAV") << 48000 << 1 << (SF_FORMAT_WAV | SF_FORMAT_FLOAT) << 55.0;
    QTest::newRow("8 kHz 8-bit WAV") << 8000 << 1 << (SF_FORMAT_WAV | SF_FORMAT_PCM_U8) << 30.0;
    QTest::newRow("8 kHz A-law WAV") << 8000 << 1 << (SF_FORMAT_WAV | SF_FORMAT_ALAW) << 30.0;
    QTest::newRow("24-bit six channels")
        << 96000 << 6 << (SF_FORMAT_WAV | SF_FORMAT_PCM_24) << 55.0;
    QTest::newRow("11025 Hz FLAC") << 11025 << 1 << (SF_FORMAT_FLAC | SF_FORMAT_PCM_16) << 55.0;
    QTest::newRow("11025 Hz Ogg") << 11025 << 2 << (SF_FORMAT_OGG | SF_FORMAT_VORBIS) << 20.0;
    QTest::newRow("AU") << 8000 << 1 << (SF_FORMAT_AU | SF_FORMAT_ULAW) << 30.0;
}

void SoundFileTest::readsWhatLibsndfileReads()
{
    QFETCH(int, rate);
    QFETCH(int, channels);
    QFETCH(int, format);
    QFETCH(double, snrDb);
    const auto mono = test::tone(700, rate, std::size_t(rate));
    std::vector<std::int16_t> interleaved;
    for (const std::int16_t sample : mono) {
        interleaved.insert(interleaved.end(), std::size_t(channels), sample);
    }
    const QString name = path(u"tone \u00e4\u6f22.snd"_s);
    QVERIFY(test::writeSound(name, rate, channels, format, interleaved));
    const auto samples = audio::readMono(name, 8000, std::chrono::seconds(10));
    QVERIFY2(samples.ok(), qPrintable(samples.ok() ? QString() : samples.error().text));
    QCOMPARE(samples->size(), std::size_t(8000));
    const test::Heard heard = test::listen(std::span(*samples).subspan(1000, 6000), 700, 8000);
    QVERIFY2(heard.snrDb > snrDb, qPrintable(QString::number(heard.snrDb)));
    QVERIFY2(std::abs(heard.amplitude - 10000) < 200, qPrintable(QString::number(heard.amplitude)));
}

void SoundFileTest::channelsAreAveraged()
{
    std::vector<std::int16_t> interleaved;
    for (int i = 0; i < 800; ++i) {
        interleaved.insert(interleaved.end(), {12000, -2000});
    }
    QVERIFY(test::writeSound(path(u"two.wav"_s), 8000, 2, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             interleaved));
    const auto samples = audio::readMono(path(u"two.wav"_s), 8000, std::chrono::seconds(10));
    QVERIFY(samples.ok());
    QVERIFY(*samples == std::vector<std::int16_t>(800, 5000));
}

void SoundFileTest::loudSoundsAreClippedNotWrapped()
{
    SF_INFO info{0, 8000, 1, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 0, 0};
    SNDFILE* file = sf_open(qPrintable(path(u"loud.wav"_s)), SFM_WRITE, &info);
    const std::array<float, 4> values{3.0F, -3.0F, 1.0F, -1.0F};
    sf_write_float(file, values.data(), 4);
    sf_close(file);
    const auto samples = audio::readMono(path(u"loud.wav"_s), 8000, std::chrono::seconds(10));
    QVERIFY(samples.ok());
    QVERIFY((*samples == std::vector<std::int16_t>{32767, -32768, 32767, -32768}));
}

void SoundFileTest::whatIsNoNumberIsSilence()
{
    SF_INFO info{0, 8000, 2, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 0, 0};
    SNDFILE* file = sf_open(qPrintable(path(u"nan.wav"_s)), SFM_WRITE, &info);
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinite = std::numeric_limits<float>::infinity();
    constexpr float most = std::numeric_limits<float>::max();
    const std::array<float, 8> values{nan, 0.5F, infinite, -0.5F, most, most, 0.25F, 0.25F};
    sf_write_float(file, values.data(), sf_count_t(values.size()));
    sf_close(file);
    const auto samples = audio::readMono(path(u"nan.wav"_s), 8000, std::chrono::seconds(10));
    QVERIFY(samples.ok());
    QVERIFY((*samples == std::vector<std::int16_t>{8192, -8192, 0, 8192}));
}

void SoundFileTest::tooLongIsCutAndSaidSo()
{
    QVERIFY(test::writeSound(path(u"long.wav"_s), 44100, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             test::tone(440, 44100, 44100 * 3)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"long\\.wav.*longer than 2 s"_s));
    const auto samples = audio::readMono(path(u"long.wav"_s), 8000, std::chrono::seconds(2));
    QVERIFY(samples.ok());
    QCOMPARE(samples->size(), std::size_t(16000));
}

void SoundFileTest::exactlyAsLongIsNotCut()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QVERIFY(test::writeSound(path(u"fits.wav"_s), 8000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             test::tone(440, 8000, 16000)));
    QCOMPARE(audio::readMono(path(u"fits.wav"_s), 8000, std::chrono::seconds(2))->size(),
             std::size_t(16000));
}

void SoundFileTest::readsResources()
{
    const auto samples = audio::readMono(u":/sounds/blip.wav"_s, 8000, std::chrono::seconds(10));
    QVERIFY(samples.ok());
    QVERIFY(*samples == test::tone(500, 8000, 800, 8000));
}

void SoundFileTest::cutOffFilesGiveWhatIsThere()
{
    const auto samples = test::tone(440, 8000, 8000);
    QVERIFY(
        test::writeSound(path(u"whole.wav"_s), 8000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16, samples));
    QFile whole(path(u"whole.wav"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QVERIFY(test::writeBytes(path(u"half.wav"_s), whole.read(44 + 2 * 5000)));
    const auto got = audio::readMono(path(u"half.wav"_s), 8000, std::chrono::seconds(10));
    QVERIFY(got.ok());
    QVERIFY(*got == std::vector<std::int16_t>(samples.begin(), samples.begin() + 5000));
}

void SoundFileTest::brokenFilesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes"); // null: make no file
    QTest::addColumn<QString>("says");
    const QByteArray header = QByteArray::fromHex(
        "524946462400000057415645666d74201000000001000100401f0000803e000002001000646174610000"
        "0000");
    QByteArray hasty = header;
    hasty.replace(24, 4, QByteArray::fromHex("ffffff7f"));
    QTest::newRow("missing") << u"none.wav"_s << QByteArray() << u"There is no sound file"_s;
    QTest::newRow("a folder") << u"."_s << QByteArray() << u"is not a file"_s;
    QTest::newRow("no bytes") << u"empty.wav"_s << ""_ba << u"no sound file that can be read"_s;
    QTest::newRow("text") << u"text.wav"_s << "Hello, this is no sound.\n"_ba
                          << u"no sound file that can be read"_s;
    QTest::newRow("noise") << u"noise.wav"_s << QByteArray(5000, '\xa7')
                           << u"no sound file that can be read"_s;
    QTest::newRow("a WAV header cut off")
        << u"cut.wav"_s << header.left(20) << u"no sound file that can be read"_s;
    QTest::newRow("a WAV header alone") << u"bare.wav"_s << header << u"has no audio"_s;
    QTest::newRow("2 GHz") << u"hasty.wav"_s << QByteArray(hasty + QByteArray(20, 'x'))
                           << u"claims a rate of"_s;
}

void SoundFileTest::brokenFilesAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    if (!bytes.isNull()) {
        QVERIFY(test::writeBytes(path(name), bytes));
    }
    const auto samples = audio::readMono(path(name), 8000, std::chrono::seconds(10));
    QVERIFY(!samples.ok());
    QVERIFY2(samples.error().text.contains(says), qPrintable(samples.error().text));
    QVERIFY2(samples.error().text.contains(path(name)), qPrintable(samples.error().text));
}

QTEST_GUILESS_MAIN(SoundFileTest)
#include "tst_sound_file.moc"
