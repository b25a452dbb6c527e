// Cell: what one cell of a table says: one or two lines, a shape and a tone, what to sort by and
// what a screen reader says. Models make cells, CellDelegate draws them. Thread: a value.
#pragma once

#include "ui/models/RowOrder.h"
#include "ui/theme/Palettes.h"

#include <QSize>
#include <QString>
#include <QVariant>

namespace hs::ui {

// Roles beside Qt's own.
enum ItemRole {
    SortRole = Qt::UserRole + 1, // a raw number or text, never what is displayed
    SecondLineRole, // QString
    SecondBriefRole, // QString, in place of the second line where that has no room
    SecondToneRole, // Tone as int, of the second line
    SecondIconRole, // name of a symbolic icon before it
    ToneRole, // Tone as int
    IconRole, // name of a symbolic icon
    StyleRole, // Cell::Style as int
    IdRole, // the row's own number (CallId, row id, client id) or path
    NumberRole, // what to dial or copy for this row
    LevelsRole, // QSize
    AgeRole, // int, per cent
    OrdersRole, // QList<RowOrder>
    WholeTextRole, // of a message, as it came
    GroupRole, // int: the rows of one number belong together; 0: to none
};

struct Cell {
    enum class Style { Plain, Strong, KeyCap, Levels, Orders };

    QString text;
    QString second; // a smaller line below
    QString brief; // the same in few words, where there is no room for it; empty: it is cut
    Tone secondTone = Tone::Secondary;
    QString secondIcon;
    QString icon;
    QString spoken; // for a screen reader, where it differs from the text
    QString toolTip; // plain text, never taken for HTML
    QVariant sort;
    Tone tone = Tone::Normal;
    Style style = Style::Plain;
    bool alignRight = false;
    QSize levels; // of Style::Levels: what we hear and what they hear, in per cent
    int age = -1; // per cent of how long one should wait at the most; -1: nobody waits
    QList<RowOrder> orders; // of Style::Orders

    friend bool operator==(const Cell&, const Cell&) = default;
};

// The cell's answer to a role, none for a role that it has nothing to say to.
QVariant cellData(const Cell& cell, int role);

// The roles in which two cells differ.
QList<int> changedRoles(const Cell& before, const Cell& after);

} // namespace hs::ui
