#include "engine/EngineSettings.h"

#include "audio/SoundFile.h"

#include <QSysInfo>

namespace hs::engine {

namespace {
constexpr auto longestGreeting = std::chrono::minutes(10);
constexpr char builtInGreeting[] = ":/sounds/greeting.wav";
constexpr char noGreeting[] = "none";
} // namespace

base::Result<Greeting> loadGreeting(const QString& path)
{
    if (path == QLatin1String(noGreeting)) {
        return Greeting();
    }
    auto clip =
        audio::readClip(path.isEmpty() ? QLatin1String(builtInGreeting) : path, longestGreeting);
    if (!clip) {
        return clip.error();
    }
    return Greeting(std::make_shared<const audio::Clip>(std::move(*clip)));
}

QString engineId()
{
    const QByteArray machine = QSysInfo::machineUniqueId();
    // Not the host's name, which is a new one for each container.
    return machine.isEmpty() ? QStringLiteral("unknown") : QString::fromLatin1(machine);
}

call::CallSettings callSettings(const model::Settings& settings, Greeting greeting,
                                bool hasOperator)
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
    calls.greeting = std::move(greeting);
    calls.codecs = settings.codecs;
    calls.followRedirects = settings.followRedirects;
    calls.remoteAutoAnswer = settings.remoteAutoAnswer;
    calls.rtpTimeout = settings.rtpTimeout;
    return calls;
}

} // namespace hs::engine
