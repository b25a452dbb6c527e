#include "ui/widgets/ActionButton.h"

#include "ui/theme/Fonts.h"
#include "ui/theme/SymbolicIcon.h"

#include <QAction>
#include <QKeySequence>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int side = 11; // left and right of the words
constexpr int gap = 7;
constexpr int radius = 5;

QString keyOf(const QAction& action)
{
    return action.shortcut().toString(QKeySequence::NativeText);
}
} // namespace

ActionButton::ActionButton(QAction* action, Kind kind, QString icon, QStringList words,
                           QWidget* parent)
    : QToolButton(parent)
    , m_kind(kind)
    , m_icon(std::move(icon))
    , m_words(std::move(words))
{
    setDefaultAction(action);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(word());
    connect(action, &QAction::changed, this, [this] { setAccessibleName(word()); });
}

void ActionButton::setIconName(const QString& icon)
{
    m_icon = icon;
    update();
}

QString ActionButton::word() const
{
    return defaultAction()->text().remove(QLatin1Char('&'));
}

void ActionButton::setForm(Form form)
{
    if (m_form != form) {
        m_form = form;
        updateGeometry();
        update();
    }
}

QString ActionButton::keyText() const
{
    return m_form != Form::Whole ? QString() : keyOf(*defaultAction());
}

QSize ActionButton::sizeOf(Form form) const
{
    const QFontMetrics words(strong(font()));
    if (form == Form::IconOnly) {
        return {words.ascent() + 2 * side, words.height() + 14};
    }
    int widest = words.horizontalAdvance(word());
    for (const QString& text : m_words) {
        widest = std::max(widest, words.horizontalAdvance(text));
    }
    const QFontMetrics key(smaller(font()));
    const QString keys = form == Form::Whole ? keyOf(*defaultAction()) : QString();
    const int keyWidth = keys.isEmpty() ? 0 : gap + key.horizontalAdvance(keys);
    const int iconWidth = m_icon.isEmpty() ? 0 : words.ascent() + gap;
    return {2 * side + iconWidth + widest + keyWidth, words.height() + 14};
}

ActionButton::Paint ActionButton::paintOf(const Colors& colors) const
{
    if (!isEnabled()) {
        return {colors.panel, colors.border, colors.faint, colors.faint};
    }
    Paint paint{colors.panel, colors.border, colors.text, colors.secondary};
    if (m_kind == Kind::Answer) {
        paint = {colors.answer, colors.answer, colors.onAnswer, colors.onAnswer};
    } else if (m_kind == Kind::HangUp) {
        paint = {colors.hangUp, colors.hangUp, colors.onHangUp, colors.onHangUp};
    } else if (m_kind == Kind::Accent) {
        paint = {colors.accent, colors.accent, colors.onAccent, colors.onAccent};
    } else if (isChecked()) {
        paint = {colors.notice, colors.bad, colors.text, colors.secondary};
    }
    if (isDown()) {
        paint.ground = paint.ground.darker(115);
    } else if (underMouse()) {
        paint.ground =
            m_kind == Kind::Neutral && !isChecked() ? colors.chip : paint.ground.lighter(108);
    }
    return paint;
}

void ActionButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors& colors = colorsOf(palette());
    const Paint paint = paintOf(colors);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(paint.border);
    painter.setBrush(paint.ground);
    painter.drawRoundedRect(frame, radius, radius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_kind == Kind::Neutral ? colors.accent : paint.text, 2));
        painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), radius - 1, radius - 1);
    }
    const QFontMetrics words(strong(font()));
    const QString text = m_form == Form::IconOnly ? QString() : word();
    const QFont keyFont = smaller(font());
    const QFontMetrics keys(keyFont);
    const int iconSize = m_icon.isEmpty() ? 0 : words.ascent();
    const int keyWidth = keyText().isEmpty() ? 0 : gap + keys.horizontalAdvance(keyText());
    const int used = iconSize + (iconSize > 0 && !text.isEmpty() ? gap : 0)
        + words.horizontalAdvance(text) + keyWidth;
    QRect content(std::max(side / 2, (width() - used) / 2), 0, used, height());
    const auto mirrored = [this](const QRect& r) {
        return QStyle::visualRect(layoutDirection(), rect(), r);
    };
    if (iconSize > 0) {
        const QRect box(content.left(), (height() - iconSize) / 2, iconSize, iconSize);
        painter.drawPixmap(mirrored(box).topLeft(),
                           symbolicPixmap(m_icon, paint.text, iconSize, devicePixelRatioF()));
        content.setLeft(content.left() + iconSize + gap);
    }
    painter.setPen(paint.text);
    painter.setFont(strong(font()));
    const QRect wordBox(content.left(), 0, words.horizontalAdvance(text), height());
    painter.drawText(mirrored(wordBox), Qt::AlignCenter | Qt::TextSingleLine, text);
    if (keyWidth > 0) {
        painter.setPen(paint.key);
        painter.setFont(keyFont);
        const QRect keyBox(wordBox.right() + 1 + gap, 0, keyWidth - gap, height());
        painter.drawText(mirrored(keyBox), Qt::AlignCenter | Qt::TextSingleLine, keyText());
    }
}

} // namespace hs::ui
