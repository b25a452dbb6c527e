// hookswitchd: the engine without a display.
#include "app/ProgramStart.h"
#include "app/StopSignals.h"
#include "engine/Engine.h"
#include "engine/LogSink.h"

#include <QCoreApplication>

using namespace hs;

namespace {
QString readyLine(const engine::ReadyAddresses& ready)
{
    QStringList webSockets;
    for (const base::Endpoint& endpoint : ready.webSocket) {
        webSockets << QString::fromLatin1(endpoint.toString());
    }
    return QStringLiteral("ready sip=%1 ws=%2")
        .arg(QString::fromLatin1(ready.sip.toString()), webSockets.value(0));
}
} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hookswitchd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HS_VERSION));

    const app::ProgramStart start
        = app::startProgram(QCoreApplication::arguments(), engine::Configuration::Face::Daemon);
    if (!start.configuration) {
        return start.exitCode;
    }
    const engine::Configuration& configuration = *start.configuration;
    app::raiseDescriptorLimit();
    const app::StopSignals signals([] { QCoreApplication::quit(); });

    engine::LogOptions logOptions;
    logOptions.filePath = configuration.settings.logFile;
    logOptions.level = configuration.settings.logLevel;
    engine::LogSink log(logOptions);
    for (const QString& warning : configuration.warnings) {
        qWarning().noquote() << warning;
    }

    engine::EngineCore::Options options;
    options.settings = configuration.settings;
    options.program = QCoreApplication::applicationName();
    engine::Engine engine(options);
    const auto started = engine.start();
    if (!started) {
        qCritical().noquote() << started.error().text;
        return started.error().exitCode;
    }
    qInfo().noquote() << "Hookswitch " HS_VERSION " is ready, recordings in"
                                     << options.settings.recordings;
    log.printLine(readyLine(*started));

    QCoreApplication::exec();
    qInfo() << "stopping";
    engine.stop();
    qInfo() << "stopped";
    return 0;
}
