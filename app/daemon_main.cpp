// hookswitchd: the engine without a display.
#include "app/CommandMode.h"
#include "app/PasswordMode.h"
#include "app/ProgramStart.h"
#include "app/StopSignals.h"
#include "engine/CommandServer.h"
#include "engine/Engine.h"
#include "engine/EngineCommands.h"
#include "engine/LogSink.h"

#include <QCoreApplication>

#include <functional>

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

// Until a signal ends it.
int serve(const engine::Configuration& configuration)
{
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
    std::function<void(engine::Engine::Command)> post;
    // Outlives the engine, which replies to it.
    engine::CommandServer commands(
        engine::commandSocketPath(options.settings.database, engine::CommandPeer::Daemon),
        [&post](const engine::Command& command, const engine::CommandServer::Reply& reply) {
            post([command, reply](engine::EngineCore& core) {
                engine::runCommand(core, command, model::Actor::machine(), reply);
            });
        });
    engine::Engine engine(options);
    post = [&engine](engine::Engine::Command run) { engine.post(std::move(run)); };
    const auto started = engine.start();
    if (!started) {
        qCritical().noquote() << started.error().text;
        return started.error().exitCode;
    }
    // We have the lock, so nobody else is there. Before the line that says we are ready.
    if (const auto listening = commands.listen(); !listening) {
        qWarning().noquote() << listening.error().text;
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
} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hookswitchd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HS_VERSION));

    const app::ProgramStart start =
        app::startProgram(QCoreApplication::arguments(), engine::Configuration::Face::Daemon);
    if (!start.configuration) {
        return start.exitCode;
    }
    const engine::Configuration& configuration = *start.configuration;
    if (!configuration.setPassword.isEmpty() || !configuration.removePassword.isEmpty()) {
        return app::runPasswordMode(configuration, engine::Configuration::Face::Daemon);
    }
    if (configuration.command) {
        return app::runCommandMode(configuration, engine::Configuration::Face::Daemon).value_or(4);
    }
    return serve(configuration);
}
