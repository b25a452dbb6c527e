#include "ui/theme/Palettes.h"

#include <algorithm>
#include <cmath>

namespace hs::ui {

namespace {

Colors makeLight()
{
    Colors c;
    c.window = QColor(0xf1f3f5);
    c.panel = QColor(0xffffff);
    c.field = QColor(0xffffff);
    c.hover = QColor(0xf3f6fa);
    c.selection = QColor(0xdbe8fa);
    c.chip = QColor(0xeceff2);
    c.border = QColor(0xd3d8de);
    c.notice = QColor(0xfff4d6);
    c.text = QColor(0x16191d);
    c.secondary = QColor(0x57606a);
    c.ringing = QColor(0x8a5000);
    c.active = QColor(0x126b3c);
    c.held = QColor(0x2456b0);
    c.dialing = QColor(0x50585f);
    c.bad = QColor(0xb3261e);
    c.faint = QColor(0x868e96);
    c.accent = QColor(0x1f66d1);
    c.onAccent = QColor(0xffffff);
    c.answer = QColor(0x17804a);
    c.onAnswer = QColor(0xffffff);
    c.hangUp = QColor(0xc22f2b);
    c.onHangUp = QColor(0xffffff);
    return c;
}

Colors makeDark()
{
    Colors c;
    c.window = QColor(0x1f2226);
    c.panel = QColor(0x292d32);
    c.field = QColor(0x1f2226);
    c.hover = QColor(0x30353b);
    c.selection = QColor(0x2c4568);
    c.chip = QColor(0x3a4047);
    c.border = QColor(0x40464d);
    c.notice = QColor(0x453a1c);
    c.text = QColor(0xe9ecef);
    c.secondary = QColor(0xb0b8c0);
    c.ringing = QColor(0xf5b94a);
    c.active = QColor(0x5fd08c);
    c.held = QColor(0x93b9ff);
    c.dialing = QColor(0xb9c1c9);
    c.bad = QColor(0xff9d94);
    c.faint = QColor(0x7f878f);
    c.accent = QColor(0x6aa9ff);
    c.onAccent = QColor(0x0d1c30);
    c.answer = QColor(0x54c684);
    c.onAnswer = QColor(0x06200f);
    c.hangUp = QColor(0xff8078);
    c.onHangUp = QColor(0x2d0705);
    return c;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

const Colors& colors(Scheme scheme)
{
    static const Colors light = makeLight();
    static const Colors dark = makeDark();
    return scheme == Scheme::Dark ? dark : light;
}

QPalette palette(Scheme scheme)
{
    const Colors& c = colors(scheme);
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.field);
    p.setColor(QPalette::AlternateBase, c.hover);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.secondary);
    p.setColor(QPalette::Button, c.panel);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.bad);
    p.setColor(QPalette::ToolTipBase, c.panel);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.held);
    p.setColor(QPalette::LinkVisited, c.held);
    p.setColor(QPalette::Light, c.panel);
    p.setColor(QPalette::Midlight, c.chip);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Dark, c.border);
    p.setColor(QPalette::Shadow, QColor(0, 0, 0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, c.faint);
    }
    return p;
}

Scheme schemeOf(const QPalette& p)
{
    const bool dark = luminance(p.color(QPalette::Active, QPalette::WindowText))
        > luminance(p.color(QPalette::Active, QPalette::Window));
    return dark ? Scheme::Dark : Scheme::Light;
}

QColor toneColor(const Colors& c, Tone tone)
{
    switch (tone) {
    case Tone::Normal:
        return c.text;
    case Tone::Secondary:
    case Tone::Ended:
        return c.secondary;
    case Tone::Ringing:
        return c.ringing;
    case Tone::Active:
        return c.active;
    case Tone::Held:
        return c.held;
    case Tone::Dialing:
        return c.dialing;
    case Tone::Bad:
        return c.bad;
    }
    return c.text;
}

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace hs::ui
