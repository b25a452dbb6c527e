// CompactMode: the console as a narrow window that stays on top of others: dial field, buttons,
// live sessions, headset, and nothing else; every key works as in the whole one. Each of the two
// forms has a place and size of its own on the screen. Thread: GUI. What it is given outlives it.
#pragma once

#include <QByteArray>
#include <QObject>

class QMainWindow;

namespace hs::ui {

class ActionBar;
class DialPanel;
class Panes;
class SessionsView;
struct WindowState;

class CompactMode : public QObject {
    Q_OBJECT
public:
    static constexpr int mostWidth = 360; // pixels, when it is first entered

    struct Parts {
        QMainWindow* window;
        Panes* panes;
        ActionBar* actionBar;
        DialPanel* dial;
        SessionsView* sessions;
    };
    explicit CompactMode(const Parts& parts);

    void set(bool compact);
    bool isOn() const { return m_on; }

    void restore(const WindowState& state); // after the whole form's arrangement
    void take(WindowState& state) const; // likewise

Q_SIGNALS:
    void changed(bool compact);

private:
    Parts m_parts;
    bool m_on = false;
    QByteArray m_wholeGeometry;
    QByteArray m_compactGeometry;
};

} // namespace hs::ui
