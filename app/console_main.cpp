// hookswitch: the operator's console with the engine in it.
#include "app/ProgramStart.h"
#include "app/SingleInstance.h"
#include "app/StopSignals.h"
#include "base/LogCategories.h"
#include "device/QtAudioDevice.h"
#include "engine/LocalEngineFacade.h"
#include "engine/LogSink.h"
#include "engine/StandardPaths.h"
#include "ui/theme/PortalColorScheme.h"
#include "ui/windows/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QTranslator>

using namespace hs;

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

void loadTranslations(QTranslator& own, QTranslator& qts)
{
    const QLocale locale;
    if (own.load(locale, QStringLiteral("hookswitch"), QStringLiteral("_"),
                 QStringLiteral(":/i18n"))) {
        QCoreApplication::installTranslator(&own);
    }
    if (qts.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qts);
    }
}

QString targetOf(const QStringList& positional)
{
    return positional.value(0);
}
} // namespace

int main(int argc, char** argv)
{
    device::announceAsPhone();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hookswitch"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HS_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("hookswitch"));

    const app::ProgramStart start
        = app::startProgram(QCoreApplication::arguments(), engine::Configuration::Face::Console);
    if (!start.configuration) {
        return start.exitCode;
    }
    const engine::Configuration& configuration = *start.configuration;
    app::SingleInstance instance(configuration.settings.database);
    if (instance.handOver(configuration.positional)) {
        return 0;
    }
    instance.listen();
    app::raiseDescriptorLimit();
    const app::StopSignals signals([] { QCoreApplication::quit(); });

    engine::LogOptions logOptions;
    logOptions.filePath = configuration.settings.logFile;
    logOptions.level = configuration.settings.logLevel;
    engine::LogSink log(logOptions);
    for (const QString& warning : configuration.warnings) {
        qCWarning(base::lcEngine).noquote() << warning;
    }
    QTranslator ownTranslations;
    QTranslator qtTranslations;
    loadTranslations(ownTranslations, qtTranslations);

    engine::EngineCore::Options options;
    options.settings = configuration.settings;
    options.program = QCoreApplication::applicationName();
    options.tolerant = true;
    engine::LocalEngineFacade engine(
        options, std::make_unique<device::QtAudioDevice>(QStringLiteral(":/sounds/ring.wav")));

    const ui::PortalColorScheme portal;
    ui::Theme theme(themeOf(configuration), &portal);
    ui::ConsoleOptions consoleOptions;
    consoleOptions.stateFile
        = QDir(engine::StandardPaths(QProcessEnvironment::systemEnvironment()).stateFolder())
              .filePath(QStringLiteral("window.ini"));
    consoleOptions.themeGiven = configuration.sources.value(QStringLiteral("theme"))
                                    .startsWith(QLatin1String("option"));
    ui::MainWindow window(engine, theme, consoleOptions);
    QObject::connect(&instance, &app::SingleInstance::handedOver, &window,
                     [&window](const QStringList& positional) {
                         window.comeToFront();
                         if (!targetOf(positional).isEmpty()) {
                             window.prefill(targetOf(positional));
                         }
                     });
    window.show();
    const auto started = engine.start();
    if (!started) {
        qCCritical(base::lcEngine).noquote() << started.error().text;
    } else {
        log.printLine(QStringLiteral("ready sip=%1 ws=%2")
                          .arg(QString::fromLatin1(started->sip.toString()),
                               started->webSocket.isEmpty()
                                   ? QString()
                                   : QString::fromLatin1(started->webSocket.first().toString())));
    }
    if (!targetOf(configuration.positional).isEmpty()) {
        window.prefill(targetOf(configuration.positional));
    }
    const int code = QApplication::exec();
    engine.stop();
    return code;
}
