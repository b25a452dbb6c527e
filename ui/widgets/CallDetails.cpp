#include "ui/widgets/CallDetails.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/SymbolLine.h"

#include <QHBoxLayout>
#include <QLabel>

namespace hs::ui {

namespace {
const auto dot = QStringLiteral("\u00a0\u00b7 "); // a line never begins with it
constexpr int mostDigits = 24; // the last ones

QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString lastDigits(const QString& digits)
{
    return digits.size() <= mostDigits ? digits : QChar(0x2026) + digits.right(mostDigits);
}

QString facts(const model::Call& call)
{
    const QString number = CallWords::number(call);
    const QString name = CallWords::name(call);
    QStringList words{number};
    words << (name == number ? QString() : name)
          << (call.isAlive() ? QString() : CallWords::ending(call));
    words << TransferWords::whoseCall(call) << TransferWords::origin(call);
    for (QString figure : MediaWords::figures(call)) {
        words << figure.replace(u' ', QChar(QChar::Nbsp)); // a figure stays with its unit
    }
    if (!call.codec.isEmpty()) {
        words << Formatting::plain(call.codec, 20);
    }
    words << MediaWords::codecProblem(call);
    words.removeAll(QString());
    return words.join(dot);
}
} // namespace

CallDetails::CallDetails(QWidget* parent)
    : QFrame(parent)
    , m_facts(makeLabel(QStringLiteral("callFacts"), this))
    , m_digits(makeLabel(QStringLiteral("callDigits"), this))
    , m_trouble(new SymbolLine(QStringLiteral("callTrouble"), this))
    , m_transfer(new SymbolLine(QStringLiteral("callTransfer"), this))
{
    setObjectName(QStringLiteral("callDetails"));
    m_facts->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_facts, 1);
    row->addWidget(m_digits);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 8, 6);
    column->setSpacing(4);
    column->addWidget(m_trouble);
    column->addWidget(m_transfer);
    column->addLayout(row);
    setCall(std::nullopt, 0);
}

void CallDetails::setKeypad(QAction* action)
{
    auto* button =
        new ActionButton(action, ActionButton::Kind::Neutral, QStringLiteral("keypad"), {}, this);
    static_cast<QBoxLayout*>(layout()->itemAt(layout()->count() - 1)->layout())->addWidget(button);
}

void CallDetails::setElsewhere(bool elsewhere)
{
    m_elsewhere = elsewhere;
    if (elsewhere) {
        hide();
    }
}

void CallDetails::setCall(const std::optional<model::Call>& call, qint64 now)
{
    setVisible(call.has_value() && !m_elsewhere);
    if (!call) {
        return;
    }
    const MediaWords::Trouble trouble = MediaWords::trouble(*call, now);
    m_trouble->set(trouble.icon, trouble.tone, trouble.text);
    const TransferWords::Progress transfer = TransferWords::progress(*call);
    m_transfer->set(transfer.icon, transfer.tone, transfer.text);
    m_facts->setText(facts(*call));
    QStringList digits;
    if (!call->digitsSent.isEmpty()) {
        digits << tr("Digits sent: %1").arg(lastDigits(Formatting::plain(call->digitsSent, 10000)));
    }
    if (!call->digitsProblem.isEmpty()) {
        digits << tr("the far end did not take the last one (%1)", "digits")
                      .arg(Formatting::plain(call->digitsProblem, 60));
    }
    if (!call->digitsReceived.isEmpty()) {
        digits << tr("received: %1", "digits")
                      .arg(lastDigits(Formatting::plain(call->digitsReceived, 10000)));
    }
    m_digits->setText(digits.join(dot));
    m_digits->setVisible(!digits.isEmpty());
}

} // namespace hs::ui
