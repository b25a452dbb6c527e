// DialText: what was typed or pasted into the dial field, made fit to be dialled: blanks and line
// ends around it go, full-width digits become plain ones, "tel:" is dropped, and a number loses its
// dashes, dots and parentheses of every script. A sip: URI or a name stays as it is.
// Thread: pure functions.
#pragma once

#include <QString>

namespace hs::ui {

QString cleanedDialText(const QString& text);

// Nothing but digits, '*', '#' and one leading '+', at least one digit or sign.
bool isDialNumber(const QString& text);

} // namespace hs::ui
