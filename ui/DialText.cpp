#include "ui/DialText.h"

#include <algorithm>

namespace hs::ui {

namespace {

// Full-width forms (U+FF01 to U+FF5E) are what East Asian keyboards and documents give.
QChar narrowed(QChar c)
{
    return c.unicode() >= 0xff01 && c.unicode() <= 0xff5e ? QChar(c.unicode() - 0xfee0) : c;
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c.category() == QChar::Punctuation_Dash
        || c.category() == QChar::Other_Format || c == QLatin1Char('.') || c == QLatin1Char('(')
        || c == QLatin1Char(')') || c == QLatin1Char('/') || c == QChar(0x2212);
}

bool isDialCharacter(QChar c)
{
    return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('*')
        || c == QLatin1Char('#') || c == QLatin1Char('+');
}

} // namespace

bool isDialNumber(const QString& text)
{
    return !text.isEmpty() && text != QLatin1String("+")
        && std::all_of(text.begin(), text.end(), isDialCharacter)
        && text.lastIndexOf(QLatin1Char('+')) <= 0;
}

QString cleanedDialText(const QString& text)
{
    QString whole;
    for (const QChar c : text) {
        const auto category = c.category();
        const bool separator =
            category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
        if (category == QChar::Other_Control || separator) {
            whole += QLatin1Char(' ');
        } else if (category != QChar::Other_Format) {
            whole += c;
        }
    }
    whole = whole.trimmed();
    QString number = whole;
    if (number.startsWith(QLatin1String("tel:"), Qt::CaseInsensitive)) {
        number = number.mid(4).section(QLatin1Char(';'), 0, 0);
    }
    std::transform(number.begin(), number.end(), number.begin(), narrowed);
    number.removeIf(isSeparator);
    return isDialNumber(number) ? number : whole;
}

} // namespace hs::ui
