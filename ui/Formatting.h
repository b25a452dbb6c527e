// Formatting: numbers and foreign text, turned into what a person reads. Durations and times in,
// localized text out. Thread: GUI (pure functions; QLocale's default).
#pragma once

#include <QCoreApplication>
#include <QString>

namespace hs::ui {

class Formatting {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::Formatting)
public:
    // "0:04", "12:31", "1:02:03"; whole seconds, rounded down; below zero is zero.
    static QString duration(qint64 ms);
    // The same for the ear: "4 seconds", "12 minutes 31 seconds".
    static QString spokenDuration(qint64 ms);
    // Local time: "14:02:11" on the day of `now`, with the date before it on any other. Empty for
    // 0.
    static QString time(qint64 utcMs, qint64 now);
    static QString bytes(qint64 bytes); // "2.1 MB"
    static QString loss(quint32 permille); // "0.3 %"

    // What a peer sent, fit for a label: control and direction marks dropped, cut at `most`.
    static QString plain(const QString& foreign, int most = 200);
    // The same, fit for a tool tip, which Qt would otherwise take for HTML where it looks like it.
    static QString toolTip(const QString& foreign);
};

} // namespace hs::ui
