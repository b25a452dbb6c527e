#include "app/Console.h"

#include "device/QtAudioDevice.h"
#include "engine/StandardPaths.h"

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>

namespace hs::app {

namespace {
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

Console::Console(const engine::Configuration& configuration, SingleInstance& instance)
    : m_configuration(configuration)
    , m_engine(engineOptions(),
               std::make_unique<device::QtAudioDevice>(QStringLiteral(":/sounds/ring.wav")))
    , m_log(logOptions(), [this](const QString& sentence) { tellLogProblem(sentence); })
    , m_theme(themeOf(configuration), &m_portal)
{
    for (const QString& warning : configuration.warnings) {
        qWarning().noquote() << warning;
    }
    loadTranslations();
    m_window = std::make_unique<ui::MainWindow>(m_engine, m_theme, consoleOptions());
    QObject::connect(&instance, &SingleInstance::handedOver, m_window.get(),
                     [this](const QStringList& positional) {
                         m_window->comeToFront();
                         takeArguments(positional);
                     });
}

int Console::run()
{
    m_window->show();
    const auto started = m_engine.start(); // tolerant: what is missing is told by banners
    if (started && !started->sip.isNull()) {
        qInfo().noquote()
            << "Hookswitch " HS_VERSION " answers at" << started->sip.toString();
    }
    takeArguments(m_configuration.positional);
    const int code = QApplication::exec();
    m_engine.stop();
    return code;
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
    options.themeGiven = m_configuration.sources.value(QStringLiteral("theme"))
                             .startsWith(QLatin1String("option"));
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

void Console::takeArguments(const QStringList& positional)
{
    if (!positional.isEmpty()) {
        m_window->prefill(positional.first());
    }
}

} // namespace hs::app
