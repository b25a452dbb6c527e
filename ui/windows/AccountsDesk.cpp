#include "ui/windows/AccountsDesk.h"

#include "ui/AccountWords.h"
#include "ui/Formatting.h"
#include "ui/controllers/CallController.h"
#include "ui/widgets/BannerBar.h"
#include "ui/widgets/DialPanel.h"
#include "ui/widgets/LampsPanel.h"
#include "ui/widgets/MessagesPanel.h"
#include "ui/widgets/SessionsView.h"
#include "ui/widgets/StatusBar.h"
#include "ui/widgets/Table.h"
#include "ui/windows/AccountsDialog.h"
#include "ui/windows/MainMenu.h"
#include "ui/windows/Panes.h"

namespace hs::ui {

namespace {
constexpr int noticeText = 160; // characters of a text; the rest is in the list
} // namespace

AccountsDesk::AccountsDesk(engine::AccountsFacade& accounts, CallController& calls,
                           std::function<qint64()> now)
    : m_accounts(accounts)
    , m_calls(calls)
    , m_now(std::move(now))
    , m_messageModel(m_now)
{
}

AccountsDesk::~AccountsDesk() = default;

void AccountsDesk::connectTo(const Parts& parts)
{
    m_parts = parts;
    connect(&m_accounts, &AccountsController::changed, this, &AccountsDesk::refresh);
    connect(&m_accounts, &AccountsController::lampsChanged, this, &AccountsDesk::refreshLamps);
    connect(&m_accounts, &AccountsController::messageReceived, this, &AccountsDesk::take);
    connect(&m_accounts, &AccountsController::messagesListed, this,
            [this] { m_messageModel.setRows(m_accounts.messages()); });
    connect(&m_accounts, &AccountsController::refused, this, [this](const QString& reason) {
        // Whoever has the dialog open reads it there.
        if (m_dialog == nullptr || !m_dialog->isVisible()) {
            m_parts.banners->showMessage(reason);
        }
    });
    connect(parts.menu, &MainMenu::accountsRequested, this, &AccountsDesk::showAccounts);
    connect(parts.statusBar, &StatusBar::accountsRequested, this, &AccountsDesk::showAccounts);
    connect(parts.menu, &MainMenu::voiceMailRequested, this, &AccountsDesk::listenToMessages);
    connect(parts.statusBar, &StatusBar::voiceMailRequested, this, &AccountsDesk::listenToMessages);
    connect(parts.menu, &MainMenu::extensionsRequested, this, [this] {
        Table* table = m_parts.lamps->table();
        if (!table->selectedId().isValid()) {
            table->selectRowAt(0);
        }
        table->setFocus(Qt::ShortcutFocusReason);
    });
    connect(parts.lamps, &LampsPanel::dialRequested, &m_calls, &CallController::dial);
    connect(parts.lamps, &LampsPanel::pickUpRequested, &m_accounts, &AccountsController::pickUp);
    connect(parts.lamps->table(), &Table::typed, parts.dial, &DialPanel::type);
    connect(parts.messages->table(), &Table::typed, parts.dial, &DialPanel::type);
    connect(parts.messages, &MessagesPanel::callBackRequested, parts.dial, &DialPanel::setText);
    connect(parts.banners, &BannerBar::textRequested, this, &AccountsDesk::showMessages);
    connect(parts.panes, &Panes::seenChanged, this, [this](Panes::Pane pane, bool seen) {
        if (pane == Panes::Pane::Messages && seen && m_unseen > 0) {
            setUnseen(0);
            m_parts.banners->showText({}, {});
        }
    });
    refresh();
    refreshLamps();
    m_messageModel.setRows(m_accounts.messages());
}

void AccountsDesk::refresh()
{
    m_accountModel.setRows(m_accounts.rows());
    QStringList names;
    QString byDefault;
    for (const AccountRow& row : m_accounts.rows()) {
        names << row.account.name;
        byDefault = row.state.isDefault ? row.account.name : byDefault;
    }
    m_parts.dial->setAccounts(names, byDefault);
    const auto& states = m_accounts.states();
    QStringList lines;
    QStringList addresses;
    for (const model::AccountState& state : states) {
        if (state.state == model::RegistrationState::Registered) {
            addresses << QStringLiteral("sip:") + Formatting::plain(state.addressOfRecord, 120);
        }
        lines << QStringLiteral("%1: %2").arg(state.name, AccountWords::sentence(state, m_now()));
    }
    m_parts.statusBar->setAccounts(AccountWords::summary(states), AccountWords::isBad(states),
                                   lines.join(u'\n'));
    m_parts.sessions->setAccountAddresses(addresses);
    m_parts.statusBar->setNewMessages(AccountWords::newMessages(AccountWords::newMessages(states)));
}

void AccountsDesk::refreshLamps()
{
    m_lampModel.setRows(m_accounts.lamps());
    m_parts.lamps->refresh();
}

void AccountsDesk::showAccounts()
{
    if (m_dialog == nullptr) {
        m_dialog =
            new AccountsDialog(m_accounts, m_accountModel, m_calls.model(), m_now, m_parts.window);
        m_dialog->addActions(m_parts.menu->everywhere());
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void AccountsDesk::listenToMessages()
{
    std::optional<AccountRow> row = m_accounts.withNewMessages();
    for (const AccountRow& other : m_accounts.rows()) {
        const bool better = !row || (other.account.isDefault && row->state.newMessages <= 0);
        if (better && !other.account.voicemailNumber.isEmpty()) {
            row = other;
        }
    }
    if (!row) {
        m_parts.banners->showMessage(tr("No account has a voice mail number. Set one under "
                                        "Accounts."));
    } else if (row->account.voicemailNumber.isEmpty()) {
        m_parts.banners->showMessage(tr("The account %1 has no voice mail number. Set one under "
                                        "Accounts.")
                                         .arg(row->account.name));
    } else {
        m_calls.dial(row->account.voicemailNumber, row->account.name);
    }
}

void AccountsDesk::take(const model::TextMessage& message)
{
    m_messageModel.insertAtTop(message, AccountsController::mostMessages);
    if (messagesAreSeen()) {
        return;
    }
    setUnseen(m_unseen + 1);
    const QString sender = MessageListModel::sender(message);
    //: %1 is who sent a text
    m_parts.banners->showText(
        m_unseen == 1 ? tr("Message from %1").arg(sender)
                      : tr("%n new messages, the last from %1", nullptr, m_unseen).arg(sender),
        Formatting::plain(message.text, noticeText));
}

bool AccountsDesk::messagesAreSeen() const
{
    return m_parts.panes->isSeen(Panes::Pane::Messages);
}

void AccountsDesk::setUnseen(int texts)
{
    m_unseen = texts;
    m_parts.panes->setTitle(Panes::Pane::Messages,
                            //: %1 is how many of them are new
                            texts > 0 ? tr("Messages (%1 new)").arg(texts) : tr("Messages"));
}

void AccountsDesk::showMessages()
{
    m_parts.panes->show(Panes::Pane::Messages);
    m_parts.messages->showNewest();
}

} // namespace hs::ui
