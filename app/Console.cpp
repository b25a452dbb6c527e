#include "app/Console.h"

#include "device/QtAudioDevice.h"
#include "engine/EngineCommands.h"
#include "engine/StandardPaths.h"

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QTimer>

namespace hs::app {

namespace {
// A link is dialled late rather than never, but not when nobody thinks of it any more.
constexpr std::chrono::milliseconds longestStart{30000};
constexpr std::chrono::milliseconds startRetry{500};

ui::Theme::Choice themeOf(const engine::Configuration& configuration)
{
    switch (configuration.theme) {
    case engine::Configuration::Theme::Light:
        return ui::Theme::Choice::Light;
    case engine::Configuration::Theme::Dark:
        return ui::Theme::Choice::Dark;
    case engine::Configuration::Theme::System:
        break;
    }
    return ui::Theme::Choice::System;
}
} // namespace

Console::Console(const engine::Configuration& configuration)
    : m_configuration(configuration)
    , m_commands(
          engine::commandSocketPath(configuration.settings.database, engine::CommandPeer::Console),
          [this](const engine::Command& command, const engine::CommandServer::Reply& reply) {
              take(command, reply);
          })
    , m_engine(engineOptions(),
               std::make_unique<device::QtAudioDevice>(QStringLiteral(":/sounds/ring.wav")),
               configuration.filePath)
    , m_log(logOptions(), [this](const QString& sentence) { tellLogProblem(sentence); })
    , m_theme(themeOf(configuration), &m_portal)
{
    for (const QString& warning : configuration.warnings) {
        qWarning().noquote() << warning;
    }
    loadTranslations();
    m_window = std::make_unique<ui::MainWindow>(m_engine, m_theme, consoleOptions());
    if (const auto listening = m_commands.listen(); !listening) {
        qWarning().noquote() << listening.error().text;
    }
}

int Console::run()
{
    m_window->show();
    const auto started = m_engine.start(); // tolerant: what is missing is told by banners
    if (started && !started->sip.isNull()) {
        qInfo().noquote() << "Hookswitch " HS_VERSION " answers at" << started->sip.toString();
    }
    if (m_configuration.command) {
        engine::Command command = *m_configuration.command;
        command.validUntilMs = engine::uptimeMs() + longestStart.count();
        dialOnceUp(command);
    } else {
        prefill(m_configuration.positional.value(0));
    }
    const int code = QApplication::exec();
    m_engine.stop();
    return code;
}

void Console::take(const engine::Command& command, const engine::CommandServer::Reply& reply)
{
    if (command.verb == engine::Command::Verb::Raise) {
        m_window->comeToFront();
        prefill(command.target);
        reply(engine::CommandResult::done());
        return;
    }
    if (command.isLink) {
        m_window->comeToFront();
    }
    runInEngine(command, reply);
}

void Console::runInEngine(const engine::Command& command, const engine::CommandServer::Reply& reply)
{
    m_engine.post([this, command, reply](engine::EngineCore& core) {
        engine::runCommand(core, command, model::Actor::consoleOperator(),
                           [this, command, reply](const engine::CommandResult& result) {
                               reply(result);
                               tellOfLink(command, result);
                           });
    });
}

void Console::tellOfLink(const engine::Command& command, const engine::CommandResult& result)
{
    // Nobody reads what a browser's child says.
    if (command.isLink && result.kind == engine::CommandResult::Kind::Refused) {
        QMetaObject::invokeMethod(
            m_window.get(),
            [this, text = result.text] { Q_EMIT m_engine.calls().refused(0, text); },
            Qt::QueuedConnection);
    }
}

void Console::dialOnceUp(const engine::Command& command)
{
    runInEngine(command, [this, command](const engine::CommandResult& result) {
        QMetaObject::invokeMethod(
            m_window.get(),
            [this, command, result] {
                if (result.kind == engine::CommandResult::Kind::Done) {
                    return;
                }
                const bool isUp = result.kind == engine::CommandResult::Kind::Refused;
                if (!isUp && engine::uptimeMs() < command.validUntilMs) {
                    QTimer::singleShot(startRetry, m_window.get(),
                                       [this, command] { dialOnceUp(command); });
                } else if (!isUp || !command.isLink) {
                    Q_EMIT m_engine.calls().refused(0, result.text);
                }
            },
            Qt::QueuedConnection);
    });
}

void Console::prefill(const QString& target)
{
    if (!target.isEmpty()) {
        m_window->prefill(target);
    }
}

void Console::loadTranslations()
{
    const QLocale locale;
    if (m_ownTranslations.load(locale, QStringLiteral("hookswitch"), QStringLiteral("_"),
                               QStringLiteral(":/i18n"))) {
        QCoreApplication::installTranslator(&m_ownTranslations);
    }
    if (m_qtTranslations.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                              QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&m_qtTranslations);
    }
}

engine::LogOptions Console::logOptions() const
{
    engine::LogOptions options;
    options.filePath = m_configuration.settings.logFile;
    options.level = m_configuration.settings.logLevel;
    return options;
}

engine::EngineCore::Options Console::engineOptions() const
{
    engine::EngineCore::Options options;
    options.settings = m_configuration.settings;
    options.program = QCoreApplication::applicationName();
    options.tolerant = true;
    return options;
}

ui::ConsoleOptions Console::consoleOptions() const
{
    const engine::StandardPaths paths(QProcessEnvironment::systemEnvironment());
    ui::ConsoleOptions options;
    options.stateFile = QDir(paths.stateFolder()).filePath(QStringLiteral("window.ini"));
    options.themeGiven =
        m_configuration.sources.value(QStringLiteral("theme")).startsWith(QLatin1String("option"));
    return options;
}

void Console::tellLogProblem(const QString& sentence)
{
    m_engine.post([sentence](engine::EngineCore& core) {
        if (sentence.isEmpty()) {
            core.clearNotice(model::NoticeKind::LogFileFailed);
        } else {
            core.setNotice(model::NoticeKind::LogFileFailed, {}, sentence);
        }
    });
}

} // namespace hs::app
