// Panes: the parts of the window around the live sessions: each in a dock that can be moved, put
// behind another as a tab, floated and closed, by mouse and by menu. Arranged anew with arrange();
// the arrangement is kept as bytes of QMainWindow's, with the names of the panes that it knows, so
// that a pane of a later version finds its place in an older arrangement. In compact form there is
// only the dial pane, above the calls. Thread: GUI. The window outlives it.
#pragma once

#include <QMainWindow>
#include <QMap>
#include <QSet>

class QAction;
class QDockWidget;

namespace hs::ui {

class Panes : public QObject {
    Q_OBJECT
public:
    enum class Pane { Dial, Details, Log, Recordings, Programs, Messages };
    Q_ENUM(Pane)

    explicit Panes(QMainWindow& window);

    // Each once, before arrange(). Where it belongs it knows. The content becomes the dock's.
    void add(Pane pane, QWidget* content, const QString& title);
    void setTitle(Pane pane, const QString& title);
    QString title(Pane pane) const;
    QAction* toggle(Pane pane) const; // shows and closes it

    void show(Pane pane); // opens it if it was closed, and before others
    bool isSeen(Pane pane) const; // open, and not behind another

    void arrange(); // as at the first start
    void setCompact(bool compact);
    bool isCompact() const { return !m_beforeCompact.isEmpty(); }

    // Of the whole form, also while it is compact.
    QByteArray state() const;
    QStringList names() const;
    void restore(const QByteArray& state, const QStringList& names);

Q_SIGNALS:
    void seenChanged(hs::ui::Panes::Pane pane, bool seen);

private:
    QDockWidget* dock(Pane pane) const { return m_docks.value(pane); }
    void place(Pane pane);
    void look(); // what has become of it: all at once, once all has been moved
    void tidy(); // bars of titles and tabs

    QMainWindow& m_window;
    QMap<Pane, QDockWidget*> m_docks;
    QSet<Pane> m_seen;
    QByteArray m_beforeCompact;
};

} // namespace hs::ui
