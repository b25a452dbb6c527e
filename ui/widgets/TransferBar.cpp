#include "ui/widgets/TransferBar.h"

#include "ui/CallWords.h"
#include "ui/DialText.h"
#include "ui/Formatting.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/SymbolWidget.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace hs::ui {

using model::Call;
using model::CallState;
using model::TransferState;

namespace {
constexpr int longestTarget = 512;

bool isOnItsWay(const Call& call)
{
    return call.transfer == TransferState::Requested || call.transfer == TransferState::Trying
        || call.transfer == TransferState::Ringing || call.transfer == TransferState::Completed;
}

bool canTake(const Call& call)
{
    return call.state == CallState::Active || call.state == CallState::Held;
}

QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}
} // namespace

TransferBar::TransferBar(QWidget* parent)
    : QFrame(parent)
    , m_caption(makeLabel(QStringLiteral("transferCaption"), this))
    , m_target(new QLineEdit(this))
    , m_send(new QPushButton(tr("Transfer"), this))
    , m_calls(new QToolButton(this))
    , m_menu(new QMenu(this))
    , m_message(makeLabel(QStringLiteral("transferMessage"), this))
{
    setObjectName(QStringLiteral("transferBar"));
    m_target->setObjectName(QStringLiteral("transferTarget"));
    m_target->setPlaceholderText(tr("Number or address"));
    m_target->setAccessibleName(tr("Number or address that the call goes to"));
    m_target->setMaxLength(longestTarget);
    m_target->setMinimumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 16);
    m_target->installEventFilter(this);
    m_send->setObjectName(QStringLiteral("transferSend"));
    m_send->setAccessibleName(tr("Transfer"));
    m_calls->setObjectName(QStringLiteral("transferCalls"));
    m_calls->setText(tr("To another call"));
    m_calls->setToolTip(tr("Connect both far ends with each other; you are out of it then."));
    m_calls->setPopupMode(QToolButton::InstantPopup);
    m_calls->setFocusPolicy(Qt::TabFocus);
    m_calls->setMenu(m_menu);
    m_message->setWordWrap(true);
    m_message->hide();
    auto* shut = new QToolButton(this);
    shut->setObjectName(QStringLiteral("transferClose"));
    shut->setIcon(symbolicIcon(QStringLiteral("close")));
    shut->setAccessibleName(tr("Do not transfer"));
    shut->setToolTip(tr("Do not transfer (Esc)"));
    shut->setFocusPolicy(Qt::TabFocus);

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new SymbolWidget(QStringLiteral("transfer"), Tone::Held, this));
    row->addWidget(m_caption);
    row->addWidget(m_target, 1);
    row->addWidget(m_send);
    row->addWidget(m_calls);
    row->addWidget(shut);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 7, 6, 7);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_message);
    connect(m_target, &QLineEdit::returnPressed, this, &TransferBar::submit);
    connect(m_target, &QLineEdit::textEdited, this, [this] { showMessage({}); });
    connect(m_target, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_send->setEnabled(!cleanedDialText(text).isEmpty()); });
    connect(m_send, &QPushButton::clicked, this, &TransferBar::submit);
    connect(shut, &QToolButton::clicked, this, [this] {
        close();
        Q_EMIT closed();
    });
    hide();
}

void TransferBar::open(const Call& call)
{
    if (m_call != call.id) {
        m_target->clear();
    }
    m_call = call.id;
    m_caption->setText(tr("Transfer %1 to").arg(Formatting::plain(CallWords::number(call), 24)));
    m_send->setEnabled(!cleanedDialText(m_target->text()).isEmpty());
    showMessage({});
    show();
    m_target->setFocus(Qt::ShortcutFocusReason);
    m_target->selectAll();
}

void TransferBar::close()
{
    m_call.reset();
    hide();
}

void TransferBar::update(const QList<Call>& calls)
{
    if (!m_call) {
        return;
    }
    QList<Call> others;
    bool goes = false;
    for (const Call& call : calls) {
        if (call.id == *m_call) {
            goes = canTake(call) && !isOnItsWay(call);
        } else if (canTake(call)) {
            others << call;
        }
    }
    if (!goes) {
        close();
        return;
    }
    give(others);
}

void TransferBar::give(const QList<Call>& others)
{
    QList<QPair<model::CallId, QString>> offered;
    for (const Call& call : others) {
        const QString name = CallWords::name(call);
        QString words = Formatting::plain(CallWords::number(call), 40);
        words += name.isEmpty() || name == words ? QString() : QStringLiteral(" \u00b7 ") + name;
        words += QStringLiteral(" \u00b7 ") + CallWords::state(call);
        offered << QPair(call.id, words.replace(QLatin1Char('&'), QLatin1String("&&")));
    }
    m_calls->setEnabled(!offered.isEmpty());
    // Not while somebody chooses from it.
    if (offered == m_offered || m_menu->isVisible()) {
        return;
    }
    m_offered = offered;
    m_menu->clear();
    for (const auto& [id, words] : offered) {
        QAction* choice = m_menu->addAction(words);
        connect(choice, &QAction::triggered, this, [this, other = id] {
            if (m_call) {
                Q_EMIT transferToCallRequested(*m_call, other);
            }
        });
    }
}

void TransferBar::submit()
{
    const QString target = cleanedDialText(m_target->text());
    if (m_call && !target.isEmpty()) {
        showMessage({});
        Q_EMIT transferRequested(*m_call, target);
        m_target->selectAll();
    }
}

void TransferBar::showMessage(const QString& message)
{
    m_message->setText(Formatting::plain(message, 300));
    m_message->setVisible(!message.isEmpty());
}

bool TransferBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_target && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        close();
        Q_EMIT closed();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void TransferBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        Q_EMIT closed();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace hs::ui
