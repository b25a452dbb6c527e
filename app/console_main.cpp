// hookswitch: the operator's console with the engine in it, and a client of the one that runs.
#include "app/CommandMode.h"
#include "app/Console.h"
#include "app/PasswordMode.h"
#include "app/ProgramStart.h"
#include "app/StopSignals.h"
#include "device/QtAudioDevice.h"
#include "engine/CommandClient.h"
#include "engine/ConfigurationArguments.h"

#include <QApplication>

#include <algorithm>

using namespace hs;

namespace {
using engine::Configuration;

// A first console that hangs is no reason to open none.
constexpr std::chrono::milliseconds patience{1000};

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("hookswitch"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HS_VERSION));
}

// True if a console that runs has come to the front.
bool raiseOther(const Configuration& configuration)
{
    engine::Command raise;
    raise.target = configuration.positional.value(0);
    const QString path =
        engine::commandSocketPath(configuration.settings.database, engine::CommandPeer::Console);
    return engine::sendCommand(path, raise, patience).has_value();
}

// What needs no display, and shall work where there is none. Nothing: the console is to start.
std::optional<int> runWithoutDisplay(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
    }
    const auto given = engine::ConfigurationArguments::parse(arguments, true);
    if (!given.help && !given.version && !given.printConfig && !given.command
        && given.positional.isEmpty() && given.setPassword.isEmpty()
        && given.removePassword.isEmpty()) {
        return std::nullopt;
    }
    const QCoreApplication application(argc, argv);
    nameProgram();
    const app::ProgramStart start =
        app::startProgram(QCoreApplication::arguments(), Configuration::Face::Console);
    if (!start.configuration) {
        return start.exitCode;
    }
    if (start.configuration->command) {
        return app::runCommandMode(*start.configuration, Configuration::Face::Console);
    }
    if (start.configuration->positional.isEmpty()) {
        return app::runPasswordMode(*start.configuration, Configuration::Face::Console);
    }
    return raiseOther(*start.configuration) ? std::optional(0) : std::nullopt;
}

// Qt would abort the program, with words about its own files.
bool hasDisplay(int argc, char** argv)
{
    const bool isChosen =
        !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qgetenv("QT_QPA_PLATFORM") != "xcb";
    return isChosen || !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || std::any_of(argv + 1, argv + argc, [](const char* argument) {
               return QByteArrayView(argument).startsWith("-platform")
                   || QByteArrayView(argument).startsWith("-display");
           });
}

} // namespace

int main(int argc, char** argv)
{
    if (const auto code = runWithoutDisplay(argc, argv)) {
        return *code;
    }
    if (!hasDisplay(argc, argv)) {
        app::print(stderr,
                   QStringLiteral("hookswitch: there is no display for the window (DISPLAY and "
                                  "WAYLAND_DISPLAY are empty): start it in a desktop session, or "
                                  "hookswitchd, which needs none\n"));
        return 1;
    }
    device::announceAsPhone();
    QApplication application(argc, argv);
    nameProgram();
    QGuiApplication::setDesktopFileName(QStringLiteral("hookswitch"));

    const app::ProgramStart start =
        app::startProgram(QCoreApplication::arguments(), Configuration::Face::Console);
    if (!start.configuration) {
        return start.exitCode;
    }
    if (!start.configuration->command && raiseOther(*start.configuration)) {
        return 0;
    }
    app::raiseDescriptorLimit();
    // Not quit(), which asks the window, which asks the operator.
    const app::StopSignals signals([] { QCoreApplication::exit(); });
    return app::Console(*start.configuration).run();
}
