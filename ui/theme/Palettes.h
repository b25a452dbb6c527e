// Palettes: the colours of the console in its two schemes. Every colour that carries text has a
// contrast of at least 4.5:1 on every ground that it is used on (held by tst_palettes). A tone is
// what a colour means; it always comes with a word and a shape.
// Thread: values and pure functions.
#pragma once

#include <QColor>
#include <QPalette>

namespace hs::ui {

enum class Scheme { Light, Dark };

enum class Tone { Normal, Secondary, Ringing, Active, Held, Dialing, Ended, Bad };

struct Colors {
    // Grounds
    QColor window;
    QColor panel;
    QColor field;
    QColor hover;
    QColor selection;
    QColor chip;
    QColor border;
    QColor notice; // of a banner
    // Text on them
    QColor text;
    QColor secondary;
    QColor ringing;
    QColor active;
    QColor held;
    QColor dialing;
    QColor bad;
    QColor faint; // of what cannot be used now: 3:1 is enough
    // Filled buttons and what is written on them
    QColor accent;
    QColor onAccent;
    QColor answer;
    QColor onAnswer;
    QColor hangUp;
    QColor onHangUp;
};

const Colors& colors(Scheme scheme);
QPalette palette(Scheme scheme);

// Dark when the text is lighter than the ground.
Scheme schemeOf(const QPalette& palette);
inline const Colors& colorsOf(const QPalette& p)
{
    return colors(schemeOf(p));
}

QColor toneColor(const Colors& colors, Tone tone);

// WCAG 2.1, 1 to 21.
double contrast(const QColor& a, const QColor& b);

} // namespace hs::ui
