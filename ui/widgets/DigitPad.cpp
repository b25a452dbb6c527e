#include "ui/widgets/DigitPad.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/theme/Fonts.h"
#include "ui/widgets/KeypadButton.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>

#include <algorithm>

namespace hs::ui {

using model::CallState;

namespace {
constexpr int lastShown = 16; // digits
const auto rows = QStringLiteral("123456789*0#");

QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignCenter);
    return label;
}
} // namespace

bool DigitPad::canSend(const model::Call& call)
{
    return call.state == CallState::Active || call.state == CallState::Held
        || call.state == CallState::EarlyMedia;
}

bool DigitPad::isDigits(const QString& text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return rows.contains(c); });
}

DigitPad::DigitPad(const model::Call& call, QWidget* parent)
    : QDialog(parent, Qt::Tool)
    , m_call(call.id)
    , m_sent(makeLabel(QStringLiteral("digitsSent"), this))
    , m_received(makeLabel(QStringLiteral("digitsReceived"), this))
{
    setObjectName(QStringLiteral("digitPad"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_sent->setFont(larger(font()));
    m_sent->setMinimumWidth(QFontMetrics(m_sent->font()).horizontalAdvance(u'0') * (lastShown + 2));
    auto* grid = new QGridLayout(this);
    grid->setSpacing(6);
    grid->addWidget(m_sent, 0, 0, 1, 3);
    grid->addWidget(m_received, 1, 0, 1, 3);
    for (int at = 0; at < rows.size(); ++at) {
        auto* key = new KeypadButton(rows.mid(at, 1), {}, this);
        key->setObjectName(QStringLiteral("digit") + rows[at]);
        connect(key, &QPushButton::clicked, this,
                [this, digit = key->key()] { Q_EMIT digitsRequested(m_call, digit); });
        grid->addWidget(key, 2 + at / 3, at % 3);
    }
    setCall(call);
}

void DigitPad::setCall(const model::Call& call)
{
    if (!canSend(call)) {
        close();
        return;
    }
    setWindowTitle(tr("Digits to %1").arg(Formatting::plain(CallWords::number(call), 40)));
    const QString sent = Formatting::plain(call.digitsSent, 10000).right(lastShown);
    m_sent->setText(sent.isEmpty() ? QStringLiteral("\u2014") : sent);
    m_sent->setAccessibleName(tr("Digits sent: %1").arg(sent));
    const QString received = Formatting::plain(call.digitsReceived, 10000).right(lastShown);
    m_received->setText(received.isEmpty() ? tr("Type, or click")
                                           : tr("received: %1", "digits").arg(received));
}

void DigitPad::keyPressEvent(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    if (modifiers == Qt::NoModifier && isDigits(event->text())) {
        Q_EMIT digitsRequested(m_call, event->text());
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace hs::ui
