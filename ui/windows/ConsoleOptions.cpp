#include "ui/windows/ConsoleOptions.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>

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
            QMessageBox box(QMessageBox::Question, tr("Quit Hookswitch"), question,
                            QMessageBox::NoButton, window);
            box.setObjectName(QStringLiteral("quitQuestion"));
            box.setTextFormat(Qt::PlainText);
            QPushButton* quit = box.addButton(tr("Quit"), QMessageBox::DestructiveRole);
            quit->setObjectName(QStringLiteral("quitYes"));
            QPushButton* stay = box.addButton(tr("Stay"), QMessageBox::RejectRole);
            box.setDefaultButton(stay); // Enter ends nobody's call
            box.setEscapeButton(stay);
            box.exec();
            return box.clickedButton() == quit;
        };
    }
    return options;
}

} // namespace hs::ui
