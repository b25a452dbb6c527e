// hookswitch: the operator's console with the engine in it.
#include "app/Console.h"
#include "app/ProgramStart.h"
#include "app/StopSignals.h"
#include "device/QtAudioDevice.h"

#include <QApplication>

using namespace hs;

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
    app::SingleInstance instance(start.configuration->settings.database);
    if (instance.handOver(start.configuration->positional)) {
        return 0; // the first console has come to the front
    }
    instance.listen();
    app::raiseDescriptorLimit();
    // Not quit(), which asks the window, which asks the operator.
    const app::StopSignals signals([] { QCoreApplication::exit(); });
    return app::Console(*start.configuration, instance).run();
}
