#include "ui/windows/AccountsDialog.h"

#include "ui/AccountWords.h"
#include "ui/Formatting.h"
#include "ui/models/AccountListModel.h"
#include "ui/models/CallListModel.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/LostFocus.h"
#include "ui/widgets/Table.h"
#include "ui/windows/AccountForm.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace hs::ui {

using model::RegistrationState;

namespace {
constexpr QSize firstSize{900, 420};
constexpr std::chrono::milliseconds tick{500};

QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}
} // namespace

AccountsDialog::AccountsDialog(AccountsController& accounts, AccountListModel& model,
                               const CallListModel& calls, std::function<qint64()> now,
                               QWidget* parent)
    : QDialog(parent)
    , m_accounts(accounts)
    , m_model(model)
    , m_calls(calls)
    , m_now(std::move(now))
    , m_table(new Table(this))
    , m_detail(makeLabel(QStringLiteral("accountDetail"), this))
    , m_message(makeLabel(QStringLiteral("accountsMessage"), this))
{
    setObjectName(QStringLiteral("accountsDialog"));
    setWindowTitle(tr("Accounts"));
    resize(firstSize);
    auto* frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("panel"));
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_table);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 10);
    column->setSpacing(8);
    column->addWidget(frame, 1);
    column->addWidget(m_detail);
    column->addWidget(m_message);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    m_add = addButton(*row, QStringLiteral("addAccount"), tr("&Add..."), {});
    m_edit = addButton(*row, QStringLiteral("editAccount"), tr("&Edit..."), {});
    m_remove = addButton(*row, QStringLiteral("removeAccount"), tr("Re&move..."), {});
    row->addSpacing(16);
    m_register = addButton(*row, QStringLiteral("registerAccount"), tr("&Register now"),
                           tr("Try at once instead of waiting"));
    m_unregister = addButton(*row, QStringLiteral("unregisterAccount"), tr("&Unregister"),
                             tr("Not to be reached there, until you register again or the program "
                                "is started anew"));
    row->addStretch(1);
    auto* shut = addButton(*row, QStringLiteral("closeAccounts"), tr("&Close"), {});
    connect(shut, &QPushButton::clicked, this, &QDialog::close);
    column->addLayout(row);
    addTable();
    connectButtons();
    refresh();
}

QPushButton* AccountsDialog::addButton(QHBoxLayout& row, const QString& name, const QString& text,
                                       const QString& toolTip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    button->setAutoDefault(false); // Enter belongs to the list
    row.addWidget(button);
    return button;
}

void AccountsDialog::addTable()
{
    m_table->setObjectName(QStringLiteral("accounts"));
    m_table->setAccessibleName(tr("Accounts"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    Table::Columns columns;
    for (int i = 0; i < accountColumnCount; ++i) {
        columns.samples << AccountListModel::sample(AccountColumn(i));
    }
    columns.stretched = int(AccountColumn::State);
    columns.shedFirst = {int(AccountColumn::Server), int(AccountColumn::Messages)};
    columns.grow = true;
    m_table->setUp(&m_model, columns, true);
    m_table->setEscapeClears(false); // it closes the window
    m_table->setEmptyText(tr("No account yet"),
                          tr("An account is your extension at a PBX, or your number at a provider. "
                             "Add one to be reachable there and to call by it."));
    auto* removal = new QAction(m_table);
    removal->setShortcut(QKeySequence(Qt::Key_Delete));
    removal->setShortcutContext(Qt::WidgetShortcut);
    removal->setText(tr("Remove..."));
    m_table->addAction(removal);
    connect(removal, &QAction::triggered, this, &AccountsDialog::askToRemove);
}

void AccountsDialog::connectButtons()
{
    connect(m_table, &Table::selectionMoved, this, &AccountsDialog::refresh);
    connect(m_table, &Table::chosen, m_edit, &QPushButton::click);
    connect(m_add, &QPushButton::clicked, this, [this] { openForm(std::nullopt); });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto row = selected()) {
            openForm(row->account);
        }
    });
    connect(m_remove, &QPushButton::clicked, this, &AccountsDialog::askToRemove);
    const auto order = [this](bool registered) {
        if (const auto row = selected()) {
            m_message->clear();
            m_accounts.setRegistered(row->account.name, registered);
        }
    };
    connect(m_register, &QPushButton::clicked, this, [order] { order(true); });
    connect(m_unregister, &QPushButton::clicked, this, [order] { order(false); });
    connect(&m_accounts, &AccountsController::changed, this, [this] {
        // How a new or renamed account fares is what one waits for.
        if (!m_saved.isEmpty() && m_accounts.find(m_saved)) {
            m_table->selectRowOf(std::exchange(m_saved, {}));
        }
        refresh();
    });
    connect(&m_accounts, &AccountsController::refused, this, [this](const QString& reason) {
        m_saved.clear();
        m_message->setText(Formatting::plain(reason, 400));
        m_message->setVisible(!reason.isEmpty());
    });
    m_clock.setInterval(tick);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        m_model.setNow(m_now());
        refresh();
    });
}

void AccountsDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    m_model.setNow(m_now());
    m_message->clear();
    m_clock.start();
    if (!m_table->selectedId().isValid()) {
        m_table->selectRowAt(0);
    }
    m_table->setFocus();
    refresh();
}

bool AccountsDialog::focusNextPrevChild(bool next)
{
    if (isFocusLost(*this)) {
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QDialog::focusNextPrevChild(next);
}

void AccountsDialog::hideEvent(QHideEvent* event)
{
    m_clock.stop();
    QDialog::hideEvent(event);
}

std::optional<AccountRow> AccountsDialog::selected() const
{
    const QVariant name = m_table->selectedId();
    return name.isValid() ? m_accounts.find(name.toString()) : std::nullopt;
}

void AccountsDialog::refresh()
{
    const auto row = selected();
    m_edit->setEnabled(row.has_value());
    m_remove->setEnabled(row.has_value());
    m_register->setEnabled(row && row->account.registers);
    m_unregister->setEnabled(row && row->account.registers
                             && row->state.state != RegistrationState::Off
                             && row->state.state != RegistrationState::Unregistering);
    m_detail->setText(
        row ? tr("%1: %2").arg(row->account.name, AccountWords::sentence(row->state, m_now()))
            : QString());
    m_detail->setVisible(row.has_value());
    m_message->setVisible(!m_message->text().isEmpty());
}

void AccountsDialog::openForm(const std::optional<model::Account>& account)
{
    QStringList others;
    for (const AccountRow& row : m_accounts.rows()) {
        others << row.account.name;
    }
    if (account) {
        others.removeAll(account->name);
    }
    auto* form = new AccountForm(account, others, m_accounts.codecs(), this);
    form->addActions(actions()); // the keys of the calls
    connect(
        form, &AccountForm::saveRequested, this,
        [this](const model::Account& changed, const QString& formerName, const QString& password) {
            m_message->clear();
            m_saved = changed.name;
            m_accounts.save(changed, formerName, password);
        });
    form->open();
}

void AccountsDialog::askToRemove()
{
    const auto row = selected();
    if (!row) {
        return;
    }
    QString question = tr("Remove the account %1 and its password? You are no longer "
                          "reachable at %2 then.")
                           .arg(row->account.name, row->account.addressOfRecord());
    const auto& calls = m_calls.calls();
    const auto running = std::count_if(calls.begin(), calls.end(), [&row](const model::Call& call) {
        return call.isAlive() && call.account == row->account.name;
    });
    if (running > 0) {
        question += QStringLiteral("\n\n")
            + (running == 1 ? tr("A call is going on by this account. It goes on without it.")
                            : tr("%n calls are going on by this account. They go on without it.",
                                 nullptr, int(running)));
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Remove account"), question,
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("removeQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("removeYes"));
    QPushButton* no = box->addButton(tr("Keep"), QMessageBox::RejectRole);
    box->setDefaultButton(no);
    connect(yes, &QPushButton::clicked, this, [this, name = row->account.name] {
        m_message->clear();
        m_accounts.remove(name);
    });
    box->open();
}

} // namespace hs::ui
