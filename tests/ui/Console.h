// Console: a main window on a FakeEngine, shown and active, with a clock that stands still until
// the test moves it.
#pragma once

#include "SampleCalls.h"
#include "support/FakeEngine.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/Panes.h"

#include <QAbstractEventDispatcher>
#include <QTest>

#include <memory>

namespace hs::test {

class Console {
public:
    Console()
        : theme(ui::Theme::Choice::Light, nullptr)
    {
    }

    FakeEngine engine;
    ui::Theme theme;
    qint64 now = noon;
    QList<QUrl> opened;
    QList<int> askedToQuit; // live calls, each time
    bool mayQuit = true;
    bool keepSize = false; // as remembered

    // Fails the test if the window does not become active.
    bool open(const QString& stateFile = {})
    {
        ui::ConsoleOptions options;
        options.stateFile = stateFile;
        options.now = [this] { return now; };
        options.openUrl = [this](const QUrl& url) { opened << url; };
        options.confirmQuit = [this](int live) {
            askedToQuit << live;
            return mayQuit;
        };
        window = std::make_unique<ui::MainWindow>(engine, theme, options);
        if (!keepSize) {
            window->resize(1280, 800);
        }
        window->show();
        const bool active = QTest::qWaitForWindowActive(window.get());
        settle();
        return active;
    }

    // Lets answers that the engine has queued arrive, and what the window puts off until it is
    // idle.
    static void settle()
    {
        QAbstractEventDispatcher& events = *QAbstractEventDispatcher::instance();
        constexpr int rounds = 1000; // a window that is never idle is a failure to be seen
        for (int i = 0; events.processEvents(QEventLoop::AllEvents); ++i) {
            if (i == rounds) {
                qFatal("the window does not come to rest");
            }
        }
    }

    template <class T>
    T* find(const char* name) const
    {
        T* found = window->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("there is no %s in the window", name);
        }
        return found;
    }

    using Pane = ui::Panes::Pane;
    ui::Panes& panes() const { return *window->findChild<ui::Panes*>(); }

    // Where the operator's key goes.
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QWidget* target = window->focusWidget() != nullptr ? window->focusWidget() : window.get();
        QTest::keyClick(target, Qt::Key(key), modifiers);
    }
    void type(const QString& text) const
    {
        QWidget* target = window->focusWidget() != nullptr ? window->focusWidget() : window.get();
        QTest::keyClicks(target, text);
    }

    std::unique_ptr<ui::MainWindow> window;
};

} // namespace hs::test
