#include "ui/widgets/KeypadButton.h"

#include "ui/theme/Fonts.h"
#include "ui/theme/Palettes.h"

#include <QPainter>

namespace hs::ui {

KeypadButton::KeypadButton(QString key, QString letters, QWidget* parent)
    : QPushButton(parent)
    , m_key(std::move(key))
    , m_letters(std::move(letters))
{
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setObjectName(QStringLiteral("keypad") + m_key);
    setAccessibleName(m_key == QLatin1String("*")       ? tr("star key")
                          : m_key == QLatin1String("#") ? tr("hash key")
                                                        : m_key);
}

QSize KeypadButton::sizeHint() const
{
    const QFontMetrics digit(larger(font()));
    const QFontMetrics letters(smaller(font()));
    return {letters.horizontalAdvance(QStringLiteral("WXYZ")) + 16,
            digit.height() + letters.height() + 4};
}

QSize KeypadButton::minimumSizeHint() const
{
    return {sizeHint().width(), QFontMetrics(larger(font())).height() + 4};
}

void KeypadButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors& colors = colorsOf(palette());
    painter.setPen(colors.border);
    painter.setBrush(isDown() ? colors.selection : underMouse() ? colors.chip : colors.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const QFont digitFont = larger(font());
    const QFont lettersFont = smaller(font());
    const int digit = QFontMetrics(digitFont).height();
    const int letters = QFontMetrics(lettersFont).height();
    const bool withLetters = !m_letters.isEmpty() && height() >= sizeHint().height();
    const int top = (height() - digit - (withLetters ? letters : 0)) / 2;
    painter.setPen(colors.text);
    painter.setFont(digitFont);
    painter.drawText(QRect(0, top, width(), digit), Qt::AlignCenter, m_key);
    if (withLetters) {
        painter.setPen(colors.secondary);
        painter.setFont(lettersFont);
        painter.drawText(QRect(0, top + digit, width(), letters), Qt::AlignCenter, m_letters);
    }
}

} // namespace hs::ui
