#include "ui/windows/ConsoleOptions.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QMessageBox>

namespace hs::ui {

ConsoleOptions ConsoleOptions::completed(QWidget* window) const
{
    ConsoleOptions options = *this;
    if (!options.now) {
        options.now = [] { return QDateTime::currentMSecsSinceEpoch(); };
    }
    if (!options.openUrl) {
        options.openUrl = [](const QUrl& url) { QDesktopServices::openUrl(url); };
    }
    if (!options.confirmQuit) {
        options.confirmQuit = [window](int live) {
            const QString question = live == 1
                ? tr("A call is still going on. Quit and end it?")
                : tr("%n calls are still going on. Quit and end them?", nullptr, live);
            return QMessageBox::question(window, tr("Quit Hookswitch"), question)
                == QMessageBox::Yes;
        };
    }
    return options;
}

} // namespace hs::ui
