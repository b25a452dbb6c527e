// A conference of whole engines over SIP and RTP on loopback, joined as the window does it: three
// telephones that each say a tone of their own in a codec of their own, and an operator with a
// microphone.
#include "LoopbackEngine.h"
#include "audio/FileAudioDevice.h"
#include "audio/RecordingFile.h"
#include "engine/LocalEngineFacade.h"
#include "support/Soon.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QtEndian>

#include <cmath>
#include <numbers>

using namespace hs;
using namespace std::chrono_literals;

namespace {

constexpr int operatorTone = 400;
constexpr int musicTone = 2300;

std::vector<std::int16_t> toneOf(int hertz, int ms, int rate = 8000)
{
    std::vector<std::int16_t> samples(std::size_t(ms) * std::size_t(rate) / 1000);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(
            4000 * std::sin(2 * std::numbers::pi * hertz * double(i) / rate));
    }
    return samples;
}

QList<int> heardIn(std::span<const std::int16_t> samples, const QList<int>& hertz, int rate)
{
    QList<int> heard;
    for (const int each : hertz) {
        double re = 0;
        double im = 0;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double angle = 2 * std::numbers::pi * each * double(i) / rate;
            re += samples[i] * std::cos(angle);
            im += samples[i] * std::sin(angle);
        }
        if (2 * std::hypot(re, im) / double(samples.size()) > 400) {
            heard << each;
        }
    }
    return heard;
}

QString soundFile(const QString& path, int hertz, int ms)
{
    auto file = audio::RecordingFile::open(path, 1);
    if (!file || !file->write(toneOf(hertz, ms))) {
        qFatal("%s can't be written", qPrintable(path));
    }
    return path;
}

// A machine that answers at once and says its tone for two minutes.
class Telephone {
public:
    Telephone(const QString& folder, std::uint16_t firstPort, int hertz,
              const QString& codec = QStringLiteral("PCMA"))
        : tone(hertz)
        , m_recordings(folder + QStringLiteral("/recordings"))
    {
        auto options = test::loopbackEngine(folder, firstPort);
        options.settings.greeting = soundFile(folder + QStringLiteral("/tone.wav"), hertz, 120'000);
        options.settings.autoAnswerAfter = 0s;
        options.settings.codecs = {codec};
        m_engine = std::make_unique<engine::Engine>(options);
        const auto started = m_engine->start();
        if (!started) {
            qFatal("%s", qPrintable(started.error().text));
        }
        uri = QStringLiteral("sip:x@") + QString::fromLatin1(started->sip.toString());
    }

    // In the last 300 ms of what it has recorded so far of what the desk says.
    QList<int> hears(const QList<int>& hertz) const
    {
        const QStringList names = QDir(m_recordings).entryList({QStringLiteral("*.wav")});
        QFile file(m_recordings + QLatin1Char('/') + names.value(0));
        if (names.isEmpty() || !file.open(QIODevice::ReadOnly)) {
            return {};
        }
        constexpr qint64 header = 44;
        const int rate = qFromLittleEndian<qint32>(file.read(header).constData() + 24);
        const qint64 last = qint64(300) * (rate / 1000) * 4;
        if (file.size() < header + last) {
            return {};
        }
        file.seek(file.size() - last - (file.size() - header) % 4);
        const QByteArray bytes = file.read(last);
        std::vector<std::int16_t> left(std::size_t(bytes.size() / 4));
        for (std::size_t i = 0; i < left.size(); ++i) {
            const auto at = qsizetype(i) * 4;
            left[i] = static_cast<std::int16_t>(static_cast<unsigned char>(bytes[at])
                                                | static_cast<unsigned char>(bytes[at + 1]) << 8);
        }
        return heardIn(left, hertz, rate);
    }

    int tone;
    QString uri;

private:
    QString m_recordings;
    std::unique_ptr<engine::Engine> m_engine;
};

engine::EngineCore::Options deskIn(const QString& folder)
{
    auto options = test::loopbackEngine(folder + QStringLiteral("/desk"), 43300);
    options.tolerant = true;
    options.settings.holdMusic = soundFile(folder + QStringLiteral("/music.wav"), musicTone, 2000);
    return options;
}

} // namespace

class LiveConferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachHearsExactlyTheOthers();
    void brokenMusicIsSaidAndTheCallLives_data();
    void brokenMusicIsSaidAndTheCallLives();
};

void LiveConferenceTest::eachHearsExactlyTheOthers()
{
    QTemporaryDir folder;
    Telephone one(folder.filePath(QStringLiteral("1")), 43000, 650, QStringLiteral("PCMA"));
    Telephone two(folder.filePath(QStringLiteral("2")), 43100, 850, QStringLiteral("G722"));
    Telephone three(folder.filePath(QStringLiteral("3")), 43200, 1050, QStringLiteral("opus"));
    const QList<int> all{operatorTone, 650, 850, 1050, musicTone};
    auto owned = std::make_unique<audio::FileAudioDevice>(
        toneOf(operatorTone, 1000, audio::HeadsetRings::sampleRate));
    audio::FileAudioDevice& device = *owned;
    engine::LocalEngineFacade desk(deskIn(folder.path()), std::move(owned));
    QMap<model::CallId, model::Call> calls;
    QStringList refusals;
    connect(&desk.calls(), &engine::CallsFacade::changed, this,
            [&calls](const QList<model::Call>& changed) {
                for (const model::Call& call : changed) {
                    calls[call.id] = call;
                }
            });
    connect(&desk.calls(), &engine::CallsFacade::refused, this,
            [&refusals](model::CallId, const QString& why) { refusals << why; });
    QVERIFY(desk.start().ok());
    std::vector<std::int16_t> heard;
    QTimer sound; // the sound card's clock
    connect(&sound, &QTimer::timeout, this, [&] {
        device.advance(20);
        const auto more = device.takeHeard();
        heard.insert(heard.end(), more.begin(), more.end());
        heard.erase(heard.begin(),
                    heard.end()
                        - std::ptrdiff_t(std::min<std::size_t>(
                            heard.size(), 300 * audio::HeadsetRings::samplesPerMs)));
    });
    sound.start(20);

    for (const Telephone* telephone : {&one, &two, &three}) {
        const auto before = calls.size();
        desk.calls().dial(telephone->uri);
        SOON_VERIFY(calls.size() > before && calls.last().hasHeadset);
    }
    SOON_COMPARE(one.hears(all), QList{musicTone}); // held for the others
    desk.calls().join(calls.keys());
    SOON_VERIFY(calls.first().conference == 1 && calls.first().hasHeadset);
    SOON_COMPARE(one.hears(all), (QList{operatorTone, 850, 1050}));
    SOON_COMPARE(two.hears(all), (QList{operatorTone, 650, 1050}));
    SOON_COMPARE(three.hears(all), (QList{operatorTone, 650, 850}));
    SOON_COMPARE(heardIn(heard, all, audio::HeadsetRings::sampleRate), (QList{650, 850, 1050}));

    desk.calls().split({calls.keys().at(1)});
    SOON_COMPARE(two.hears(all), QList{musicTone});
    SOON_COMPARE(one.hears(all), (QList{operatorTone, 1050}));
    desk.calls().split({calls.keys().at(0), calls.keys().at(2)}); // the last two, of one order
    SOON_COMPARE(one.hears(all), QList{musicTone});
    SOON_COMPARE(three.hears(all), QList{musicTone});
    QCOMPARE(refusals, QStringList());
    desk.calls().join({calls.firstKey(), 4711});
    SOON_COMPARE(refusals.size(), 1);
    desk.stop();
}

void LiveConferenceTest::brokenMusicIsSaidAndTheCallLives_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("says");
    QTest::newRow("no sound file")
        << QByteArray("this is no music") << 0 << QStringLiteral("music");
    QTest::newRow("empty") << QByteArray() << 0 << QStringLiteral("music");
    QTest::newRow("too long") << QByteArray() << 400 << QStringLiteral("longer than the 5 minutes");
    QTest::newRow("missing") << QByteArray() << -1 << QStringLiteral("music");
}

void LiveConferenceTest::brokenMusicIsSaidAndTheCallLives()
{
    QFETCH(const QByteArray, content);
    QFETCH(const int, seconds);
    QFETCH(const QString, says);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("music.wav"));
    if (seconds > 0) {
        soundFile(path, musicTone, seconds * 1000);
    } else if (seconds == 0) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    Telephone one(folder.filePath(QStringLiteral("1")), 43400, 650);
    auto options = test::loopbackEngine(folder.filePath(QStringLiteral("desk")), 43500);
    options.tolerant = true;
    options.settings.holdMusic = path;
    engine::LocalEngineFacade desk(options, std::make_unique<audio::FileAudioDevice>());
    QMap<model::CallId, model::Call> calls;
    connect(&desk.calls(), &engine::CallsFacade::changed, this,
            [&calls](const QList<model::Call>& changed) { calls[1] = changed.last(); });
    QVERIFY(desk.start().ok());
    const auto told = [&desk] {
        for (const model::Notice& notice : desk.status().status().notices) {
            if (notice.kind == model::NoticeKind::HoldMusicFailed) {
                return notice.detail;
            }
        }
        return QString();
    };
    SOON_VERIFY2(told().contains(says), qPrintable(told()));
    desk.calls().dial(one.uri);
    SOON_COMPARE(calls[1].state, model::CallState::Active);
    desk.calls().setHeld(calls[1].id, true);
    SOON_COMPARE(calls[1].state, model::CallState::Held);
    SOON_VERIFY(!one.hears({262, 330, 392, 523, 659, 784}).isEmpty()); // the built-in instead
    desk.stop();
}

QTEST_GUILESS_MAIN(LiveConferenceTest)
#include "tst_ui_live_conference.moc"
