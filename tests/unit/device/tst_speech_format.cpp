#include "device/SpeechFormat.h"

#include <QTest>

#include <cstring>
#include <limits>

using namespace hs;

class SpeechFormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void monoPassesThrough();
    void stereoIsAveraged();
    void floatsAreClippedAndChecked();
    void everyChannelIsFilled();
    void halfAFrameIsLeft();
    void noDeviceHasNoFormat();
    void takesWhatThereIs_data();
    void takesWhatThereIs();

private:
    static QAudioFormat format(int channels, QAudioFormat::SampleFormat sample);
    template <class T>
    static std::vector<std::byte> bytes(std::initializer_list<T> samples)
    {
        std::vector<std::byte> result(samples.size() * sizeof(T));
        std::memcpy(result.data(), samples.begin(), result.size());
        return result;
    }
};

QAudioFormat SpeechFormatTest::format(int channels, QAudioFormat::SampleFormat sample)
{
    QAudioFormat result;
    result.setSampleRate(48000);
    result.setChannelCount(channels);
    result.setSampleFormat(sample);
    return result;
}

void SpeechFormatTest::monoPassesThrough()
{
    const std::vector<std::int16_t> samples{0, 1, -1, 32767, -32768, 12345};
    std::vector<std::byte> raw;
    std::vector<std::int16_t> back;
    for (const auto sample : {QAudioFormat::Int16, QAudioFormat::Float}) {
        device::fromMono(samples, format(1, sample), raw);
        back.clear();
        device::toMono(raw, format(1, sample), back);
        QVERIFY(back == samples);
    }
}

void SpeechFormatTest::stereoIsAveraged()
{
    std::vector<std::int16_t> mono{7};
    device::toMono(bytes<std::int16_t>({100, 300, -32768, -32768, 32767, -32767}),
                   format(2, QAudioFormat::Int16), mono);
    QVERIFY((mono == std::vector<std::int16_t>{7, 200, -32768, 0})); // appended
}

void SpeechFormatTest::floatsAreClippedAndChecked()
{
    std::vector<std::int16_t> mono;
    device::toMono(bytes<float>({2.0F, -2.0F, std::numeric_limits<float>::quiet_NaN(),
                                 std::numeric_limits<float>::infinity(), 0.5F}),
                   format(1, QAudioFormat::Float), mono);
    QVERIFY((mono == std::vector<std::int16_t>{32767, -32768, 0, 0, 16384}));
}

void SpeechFormatTest::everyChannelIsFilled()
{
    std::vector<std::byte> raw(99);
    device::fromMono(std::vector<std::int16_t>{5, -6}, format(3, QAudioFormat::Int16), raw);
    QVERIFY(raw == bytes<std::int16_t>({5, 5, 5, -6, -6, -6}));
}

void SpeechFormatTest::halfAFrameIsLeft()
{
    std::vector<std::byte> raw = bytes<std::int16_t>({10, 20, 30});
    raw.pop_back();
    std::vector<std::int16_t> mono;
    device::toMono(raw, format(2, QAudioFormat::Int16), mono);
    QVERIFY((mono == std::vector<std::int16_t>{15}));
}

void SpeechFormatTest::noDeviceHasNoFormat()
{
    QVERIFY(!device::speechFormat(QAudioDevice()));
}

void SpeechFormatTest::takesWhatThereIs_data()
{
    constexpr auto none = QAudioFormat::Unknown;
    QTest::addColumn<int>("rate"); // all that the device takes; 0: any
    QTest::addColumn<int>("channels");
    QTest::addColumn<QAudioFormat::SampleFormat>("sample");
    QTest::addColumn<int>("ownRate");
    QTest::addColumn<int>("chosenRate"); // 0: there is no format
    QTest::addColumn<int>("chosenChannels");
    QTest::newRow("24 bits only: none") << 0 << 0 << none << 48000 << 0 << 0;
    QTest::newRow("all of it: mono at its rate")
        << 0 << 0 << QAudioFormat::Int16 << 44100 << 44100 << 1;
    QTest::newRow("a high rate is halved") << 0 << 0 << QAudioFormat::Int16 << 96000 << 48000 << 1;
    QTest::newRow("eight channels, float")
        << 44100 << 8 << QAudioFormat::Float << 44100 << 44100 << 8;
    QTest::newRow("192000 Hz only") << 192000 << 2 << QAudioFormat::Int16 << 192000 << 192000 << 2;
}

void SpeechFormatTest::takesWhatThereIs()
{
    QFETCH(int, rate);
    QFETCH(int, channels);
    QFETCH(QAudioFormat::SampleFormat, sample);
    QFETCH(int, ownRate);
    QFETCH(int, chosenRate);
    QFETCH(int, chosenChannels);
    QAudioFormat own = format(channels == 0 ? 2 : channels, QAudioFormat::Int32);
    own.setSampleRate(ownRate);
    const auto chosen = device::speechFormat(own, [&](const QAudioFormat& asked) {
        return (rate == 0 || asked.sampleRate() == rate)
            && (channels == 0 || asked.channelCount() == channels)
            && asked.sampleFormat() == sample;
    });
    QCOMPARE(chosen.has_value(), chosenRate != 0);
    if (chosen) {
        QCOMPARE(chosen->sampleRate(), chosenRate);
        QCOMPARE(chosen->channelCount(), chosenChannels);
        QCOMPARE(chosen->sampleFormat(), sample);
    }
}

QTEST_GUILESS_MAIN(SpeechFormatTest)
#include "tst_speech_format.moc"
