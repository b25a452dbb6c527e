#include "engine/EngineSettings.h"

#include "audio/SoundFile.h"

#include <QSysInfo>

namespace hs::engine {

namespace {
constexpr auto longestGreeting = std::chrono::minutes(10);
constexpr char builtInGreeting[] = ":/sounds/greeting.wav";
constexpr auto longestMusic = std::chrono::minutes(5);
constexpr char builtInMusic[] = ":/sounds/hold.flac";
constexpr char none[] = "none";
} // namespace

base::Result<Greeting> loadGreeting(const QString& path)
{
    if (path == QLatin1String(none)) {
        return Greeting();
    }
    auto clip =
        audio::readClip(path.isEmpty() ? QLatin1String(builtInGreeting) : path, longestGreeting);
    if (!clip) {
        return clip.error();
    }
    return Greeting(std::make_shared<const audio::Clip>(std::move(*clip)));
}

base::Result<Music> loadHoldMusic(const QString& wanted)
{
    if (wanted == QLatin1String(none)) {
        return Music();
    }
    const QString path = wanted.isEmpty() ? QString::fromLatin1(builtInMusic) : wanted;
    auto samples =
        audio::readMono(path, media::HoldMusic::fullRate, longestMusic + std::chrono::seconds(1));
    if (!samples) {
        return samples.error();
    }
    const auto seconds = static_cast<std::int64_t>(samples->size() / media::HoldMusic::fullRate);
    if (seconds > std::chrono::seconds(longestMusic).count()) {
        return base::Error{
            QStringLiteral("The sound file \"%1\" is longer than the %2 minutes that hold music "
                           "may last.")
                .arg(path)
                .arg(longestMusic.count())};
    }
    auto music = std::make_shared<const media::HoldMusic>(std::move(*samples));
    if (music->loop(media::HoldMusic::fullRate).empty()) {
        return base::Error{QStringLiteral("The sound file \"%1\" is shorter than the tenth of a "
                                          "second that hold music must last.")
                               .arg(path)};
    }
    return Music(music);
}

QString engineId()
{
    const QByteArray machine = QSysInfo::machineUniqueId();
    // Not the host's name, which is a new one for each container.
    return machine.isEmpty() ? QStringLiteral("unknown") : QString::fromLatin1(machine);
}

call::CallSettings callSettings(const model::Settings& settings, const Greeting& greeting,
                                const Music& holdMusic, bool hasOperator)
{
    call::CallSettings calls;
    calls.hasOperator = hasOperator;
    calls.sipServer = settings.sipServer;
    calls.allow = settings.sipAllow;
    calls.autoAnswerAfter = settings.autoAnswerAfter;
    calls.ringTimeout = settings.ringTimeout;
    calls.maxCalls = settings.maxCalls.value_or(0);
    calls.recordingMode = settings.recordingMode;
    calls.recordingChannels = settings.recordingChannels;
    calls.recordingFolder = settings.recordings;
    calls.codecs = settings.codecs;
    calls.greeting = greeting;
    calls.holdMusic = holdMusic;
    calls.followRedirects = settings.followRedirects;
    calls.remoteAutoAnswer = settings.remoteAutoAnswer;
    calls.rtpTimeout = settings.rtpTimeout;
    return calls;
}

} // namespace hs::engine
