// ConsoleOptions: what the console takes from outside: a clock, the desktop, an answer to its one
// question; so that a test can give its own. Thread: GUI.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QUrl>

#include <functional>

class QWidget;

namespace hs::ui {

struct ConsoleOptions {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::ConsoleOptions)
public:
    QString stateFile; // where the window's arrangement is kept; empty: nowhere
    bool themeGiven = false; // on the command line: the remembered choice does not count
    std::function<qint64()> now; // UTC ms; none: the machine's clock
    std::function<void(const QUrl&)> openUrl; // none: the desktop's
    // Whether to quit although so many calls would end; none: asks the operator.
    std::function<bool(int liveCalls)> confirmQuit;

    // With the machine's own in place of what is not given. `window` is what a question is asked
    // on.
    ConsoleOptions completed(QWidget* window) const;
};

} // namespace hs::ui
