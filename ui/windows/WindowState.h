// WindowState: how the console was arranged when it was last closed, kept in one INI file. The
// group carries the version, so a newer program's state is neither read nor overwritten; a file or
// value that makes no sense counts as absent. Thread: a value.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QStringList>

namespace hs::ui {

struct WindowState {
    QByteArray geometry; // QWidget::saveGeometry
    QMap<QString, QList<int>> sizes; // of columns, by the name of their table, in pixels
    QByteArray panes; // QMainWindow::saveState, and whom it knows
    QStringList paneNames;
    bool isCompact = false;
    QByteArray compactGeometry;
    QString theme; // a word of Theme's, empty: none was chosen
    int autoAnswerSeconds = 0; // what a click on the switch turns it on with

    // An empty path loads nothing and saves nothing.
    static WindowState load(const QString& path);
    bool save(const QString& path) const; // false if it could not be written

    friend bool operator==(const WindowState&, const WindowState&) = default;
};

} // namespace hs::ui
