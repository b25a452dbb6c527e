#include "ui/widgets/DialPanel.h"

#include "ui/DialText.h"
#include "ui/Formatting.h"
#include "ui/theme/Fonts.h"
#include "ui/widgets/KeypadButton.h"

#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace hs::ui {

namespace {
constexpr int longestTarget = 512; // a URI of any sensible length

// On one line: a second one would take its room from the keys. A whole number fits.
QString shortTarget(const QString& target)
{
    const bool isAddress = target.startsWith(QLatin1String("sip:"));
    return Formatting::plain(isAddress ? target.mid(4) : target, 16);
}

QLabel* makeText(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}
} // namespace

DialPanel::DialPanel(QWidget* parent)
    : QFrame(parent)
    , m_keypad(new QWidget(this))
    , m_field(new QLineEdit(this))
    , m_hint(makeText(QStringLiteral("dialHint"), this))
    , m_message(makeText(QStringLiteral("dialMessage"), this))
    , m_call(new QPushButton(this))
    , m_account(new QComboBox(this))
{
    setObjectName(QStringLiteral("panel"));
    m_field->setObjectName(QStringLiteral("dialField"));
    m_field->setPlaceholderText(tr("Number or address"));
    m_field->setAccessibleName(tr("Number or address to call"));
    m_field->setMaxLength(longestTarget);
    m_field->setFont(larger(font()));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_message->hide();
    m_call->setObjectName(QStringLiteral("callButton"));
    m_account->setObjectName(QStringLiteral("dialAccount"));
    m_account->setAccessibleName(tr("Account to call by"));
    m_account->setToolTip(tr("Account to call by"));
    m_account->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_account->setMinimumContentsLength(5);
    m_account->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_account->hide();

    // Room for a long number in the system's font.
    setMinimumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 26);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_message);
    column->addWidget(m_hint);
    auto* callRow = new QHBoxLayout;
    callRow->setSpacing(6);
    callRow->addWidget(m_call, 3);
    callRow->addWidget(m_account, 2);
    column->addLayout(callRow);
    auto* grid = new QGridLayout(m_keypad);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    addKeypad(grid);
    column->addWidget(m_keypad);
    column->addStretch(1);

    connect(m_call, &QPushButton::clicked, this, &DialPanel::submit);
    connect(m_field, &QLineEdit::returnPressed, this, &DialPanel::submit);
    connect(m_field, &QLineEdit::textEdited, this, [this] { showMessage({}); });
    connect(m_field, &QLineEdit::textChanged, this, &DialPanel::updateHint);
    updateHint();
}

void DialPanel::addKeypad(QGridLayout* grid)
{
    const struct {
        const char* key;
        const char* letters;
    } keys[] = {{"1", ""},     {"2", "ABC"}, {"3", "DEF"},  {"4", "GHI"},
                {"5", "JKL"},  {"6", "MNO"}, {"7", "PQRS"}, {"8", "TUV"},
                {"9", "WXYZ"}, {"*", ""},    {"0", ""},     {"#", ""}};
    int at = 0;
    for (const auto& [key, letters] : keys) {
        auto* button = new KeypadButton(QLatin1String(key), QLatin1String(letters), m_keypad);
        connect(button, &QPushButton::clicked, this, [this, text = button->key()] { type(text); });
        grid->addWidget(button, at / 3, at % 3);
        ++at;
    }
}

QString DialPanel::text() const
{
    return m_field->text();
}

void DialPanel::setText(const QString& text)
{
    m_field->setText(text.left(longestTarget));
    showMessage({});
    focusField();
    m_field->end(false);
}

void DialPanel::type(const QString& characters)
{
    focusField();
    m_field->insert(characters);
    showMessage({});
}

void DialPanel::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void DialPanel::setRedial(const QString& number)
{
    m_redial = number;
    updateHint();
}

void DialPanel::setReach(bool sipUp, bool numbers)
{
    m_sipUp = sipUp;
    m_numbers = numbers;
    updateHint();
}

void DialPanel::setAccounts(const QStringList& names, const QString& byDefault)
{
    const QString wanted = byDefault.isEmpty() ? names.value(0) : byDefault;
    QStringList present;
    for (int i = 0; i < m_account->count(); ++i) {
        present << m_account->itemText(i);
    }
    if (names == present && wanted == m_defaultAccount) {
        return; // an open list would lose its place
    }
    const QString before = m_account->currentText();
    const bool kept = names.contains(before) && before != m_defaultAccount;
    m_defaultAccount = wanted;
    m_account->clear();
    m_account->addItems(names);
    m_account->setCurrentText(kept ? before : m_defaultAccount);
    m_account->setVisible(names.size() > 1);
    updateHint();
}

// The default is the engine's choice too, which for a full address takes the account that fits it.
QString DialPanel::chosenAccount() const
{
    const QString chosen = m_account->currentText();
    return m_account->count() < 2 || chosen == m_defaultAccount ? QString() : chosen;
}

void DialPanel::updateHint()
{
    const bool empty = m_field->text().trimmed().isEmpty();
    const bool redial = empty && !m_redial.isEmpty();
    m_call->setText(redial ? tr("Redial") : tr("Call"));
    m_call->setAccessibleName(redial ? tr("Redial %1").arg(Formatting::plain(m_redial, 60))
                                     : tr("Call"));
    m_call->setEnabled(m_sipUp && (!empty || redial));
    if (!m_sipUp) {
        m_hint->setText(tr("SIP is down: no call is possible now"));
    } else if (redial) {
        m_hint->setText(tr("Enter calls %1 again").arg(shortTarget(m_redial)));
    } else if (!m_numbers && m_account->count() == 0) {
        m_hint->setText(
            tr("No SIP server and no account is set: only full addresses such as sip:name@host can "
               "be called."));
    } else {
        m_hint->setText(empty ? tr("Type a number and press Enter") : tr("Enter calls"));
    }
}

void DialPanel::showMessage(const QString& message)
{
    m_message->setText(Formatting::plain(message, 300));
    m_message->setVisible(!message.isEmpty());
}

void DialPanel::accepted()
{
    if (m_field->text() == m_submitted) {
        m_field->clear();
    }
    m_submitted.clear();
    showMessage({});
}

void DialPanel::submit()
{
    const QString target = cleanedDialText(m_field->text());
    showMessage({});
    if (target.isEmpty() && m_redial.isEmpty()) {
        return;
    }
    m_submitted = m_field->text();
    Q_EMIT dialRequested(target.isEmpty() ? m_redial : target, chosenAccount());
    m_field->selectAll(); // whatever is typed next replaces it, should the call be refused
}

void DialPanel::setCompact(bool compact)
{
    m_keypad->setVisible(!compact);
    setSizePolicy(QSizePolicy::Preferred, compact ? QSizePolicy::Maximum : QSizePolicy::Preferred);
}

void DialPanel::addBelow(QWidget* widget, int stretch)
{
    static_cast<QBoxLayout*>(layout())->addWidget(widget, stretch);
}

bool DialPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_field->clear();
        showMessage({});
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace hs::ui
