// From mouth to ear: how long it takes from one operator's microphone to the other's speaker, all
// of it real: PulseAudio with null sinks, two programs with an engine and Qt Multimedia each, a
// call on loopback, voice processing as it is by default. Speech is played to the microphone and
// what comes out at the speaker is held against it by cross-correlation. Prints figures; no test.
// With "plain" in the environment's HS_BENCH_VOICE the voice is not processed, which shows what
// that takes.
#include "bench/headset/SinkRecorder.h"
#include "device/QtAudioDevice.h"
#include "engine/LocalEngineFacade.h"
#include "support/SpeechQuality.h"
#include "unit/audio/SoundFiles.h"
#include "unit/device/PulseServer.h"

#include <QCoreApplication>
#include <QTimer>

#include <cmath>
#include <cstdio>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int settleMs = 15000; // buffers find their depth
constexpr int measureMs = 20000;
constexpr int windowMs = 4000;
constexpr int mostMs = 500;

engine::EngineCore::Options optionsIn(const QString& folder, std::uint16_t port)
{
    engine::EngineCore::Options options;
    options.program = u"bench"_s;
    options.settings.sipAddress = base::IpAddress::loopbackV4();
    options.settings.sipPort = 0;
    options.settings.rtpPortFirst = port;
    options.settings.rtpPortLast = std::uint16_t(port + 39);
    options.settings.webSocketListen = {{base::IpAddress::loopbackV4(), 0}};
    options.settings.greeting = u"none"_s;
    options.settings.database = folder + u"/calls.db"_s;
    options.settings.recordings = folder;
    return options;
}

// An operator with a headset: dials, or answers whatever rings.
class Desk {
public:
    Desk(const QString& folder, std::uint16_t port, const QByteArray& microphone,
         const QByteArray& speaker)
        : m_engine(optionsIn(folder, port), std::make_unique<device::QtAudioDevice>(QString()))
    {
        model::SoundSettings sound;
        sound.speak.choose({microphone, {}});
        sound.listen.choose({speaker, {}});
        if (qgetenv("HS_BENCH_VOICE") == "plain") {
            sound.cancelsEcho = sound.reducesNoise = sound.controlsGain = false;
        }
        m_engine.sound().apply(sound);
        QObject::connect(&m_engine.calls(), &engine::CallsFacade::changed, qApp,
                         [this](const QList<model::Call>& calls) {
                             for (const model::Call& call : calls) {
                                 if (call.state == model::CallState::RingingIn) {
                                     m_engine.calls().answer(call.id);
                                 }
                                 talks = talks || call.state == model::CallState::Active;
                             }
                         });
    }
    ~Desk() { m_engine.stop(); }

    QString start()
    {
        const auto started = m_engine.start();
        return started ? QString::fromLatin1(started->sip.toString()) : QString();
    }
    void dial(const QString& address) { m_engine.calls().dial(u"sip:far@"_s + address); }

    bool talks = false;

private:
    engine::LocalEngineFacade m_engine;
};

// In ms; the likeness of the best fit as well.
std::pair<double, double> delay(std::span<const std::int16_t> said,
                                std::span<const std::int16_t> heard, int mostLag)
{
    std::pair<double, double> best{0, 0};
    for (int lag = 0; lag < mostLag; ++lag) {
        double both = 0;
        double first = 1;
        double second = 1;
        for (std::size_t i = 0; i < said.size() && i + std::size_t(lag) < heard.size(); ++i) {
            const double a = said[i];
            const double b = heard[i + std::size_t(lag)];
            both += a * b;
            first += a * a;
            second += b * b;
        }
        const double likeness = both / std::sqrt(first * second);
        if (likeness > best.second) {
            best = {lag * 1000.0 / bench::SinkRecorder::rate, likeness};
        }
    }
    return best;
}

void report(const bench::SinkRecorder& mouth, const bench::SinkRecorder& ear)
{
    constexpr int rate = bench::SinkRecorder::rate;
    const double apart = std::chrono::duration<double>(ear.began() - mouth.began()).count();
    for (int at = 0; at + windowMs + mostMs <= measureMs; at += windowMs) {
        const auto from = std::ptrdiff_t(at + 1000) * rate / 1000;
        const auto heardFrom = from - std::ptrdiff_t(std::lround(apart * rate));
        const std::size_t length = std::size_t(windowMs) * rate / 1000;
        const std::size_t more = length + std::size_t(mostMs) * rate / 1000;
        if (heardFrom < 0 || std::size_t(from) + length > mouth.samples().size()
            || std::size_t(heardFrom) + more > ear.samples().size()) {
            break;
        }
        const auto [ms, likeness] = delay(
            std::span(mouth.samples()).subspan(std::size_t(from), length),
            std::span(ear.samples()).subspan(std::size_t(heardFrom), more), mostMs * rate / 1000);
        std::printf("mouth to ear: %6.1f ms (likeness %.2f)\n", ms, likeness);
    }
}

int farSide(const QStringList& arguments)
{
    Desk desk(arguments.at(2), 33200, "quietmic", "ear");
    std::printf("%s\n", qPrintable(desk.start()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

int nearSide()
{
    test::PulseServer pulse;
    if (!pulse.start()) {
        std::fprintf(stderr, "%s\n", qPrintable(pulse.problem()));
        return 1;
    }
    for (const QString& sink : {u"mouth"_s, u"quiet"_s}) {
        pulse.pactl(
            {u"load-module"_s, u"module-null-sink"_s, u"norewinds=1"_s, u"sink_name="_s + sink});
        pulse.pactl({u"load-module"_s, u"module-remap-source"_s,
                     u"source_name="_s + sink + u"mic"_s, u"master="_s + sink + u".monitor"_s});
    }
    const QTemporaryDir folder;
    QProcess far;
    far.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    far.start(QCoreApplication::applicationFilePath(), {u"far"_s, folder.filePath(u"far"_s)});
    if (!far.waitForReadyRead(20000)) {
        return 1;
    }
    Desk desk(folder.filePath(u"near"_s), 33100, "mouthmic", "quiet");
    desk.start();
    desk.dial(QString::fromLatin1(far.readLine().trimmed()));
    const QString file = folder.filePath(u"speech.wav"_s);
    test::writeSound(file, 48000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                     test::speech(48000, settleMs + measureMs + 10000));
    QProcess voice;
    voice.start(u"paplay"_s, {u"--device=mouth"_s, u"--latency-msec=30"_s, file});
    std::unique_ptr<bench::SinkRecorder> mouth;
    std::unique_ptr<bench::SinkRecorder> ear;
    QTimer::singleShot(settleMs, qApp, [&] {
        mouth = std::make_unique<bench::SinkRecorder>(u"mouth"_s);
        ear = std::make_unique<bench::SinkRecorder>(u"ear"_s);
    });
    QTimer::singleShot(settleMs + measureMs + 1500, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    mouth->stop();
    ear->stop();
    if (!desk.talks) {
        std::fprintf(stderr, "there was no call\n");
    }
    report(*mouth, *ear);
    voice.kill();
    voice.waitForFinished();
    far.kill();
    far.waitForFinished();
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    device::announceAsPhone();
    const QStringList arguments = QCoreApplication::arguments();
    return arguments.size() > 2 && arguments.at(1) == u"far"_s ? farSide(arguments) : nearSide();
}
