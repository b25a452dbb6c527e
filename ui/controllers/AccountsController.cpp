#include "ui/controllers/AccountsController.h"

#include "engine/EngineFacade.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace hs::ui {

namespace {
model::AccountState stateOf(const model::Account& account, const QList<model::AccountState>& states)
{
    const auto at =
        std::find_if(states.begin(), states.end(), [&account](const model::AccountState& state) {
            return state.name == account.name;
        });
    if (at != states.end()) {
        return *at;
    }
    model::AccountState none;
    none.name = account.name;
    none.addressOfRecord = account.addressOfRecord();
    none.isDefault = account.isDefault;
    return none;
}
} // namespace

AccountsController::AccountsController(engine::AccountsFacade& accounts, QObject* parent)
    : QObject(parent)
    , m_accounts(accounts)
{
    connect(&m_accounts, &engine::AccountsFacade::statesChanged, this,
            &AccountsController::refresh);
    connect(&m_accounts, &engine::AccountsFacade::lampsChanged, this,
            [this](const QList<model::BusyLamp>& lamps) {
                m_told = lamps;
                joinLamps();
            });
    connect(&m_accounts, &engine::AccountsFacade::messageReceived, this,
            [this](const model::TextMessage& message) {
                m_messages.prepend(message);
                if (m_messages.size() > mostMessages) {
                    m_messages.removeLast();
                }
                Q_EMIT messageReceived(message);
            });
    connect(&m_accounts, &engine::AccountsFacade::messagesListed, this,
            &AccountsController::joinMessages);
    connect(&m_accounts, &engine::AccountsFacade::refused, this, &AccountsController::refused);
    refresh();
    m_accounts.queryMessages(mostMessages);
}

void AccountsController::refresh()
{
    const QList<model::AccountState> told = m_accounts.states();
    m_rows.clear();
    m_states.clear();
    const QList<model::Account> configured = m_accounts.accounts();
    for (const model::Account& account : configured) {
        m_rows << AccountRow{account, stateOf(account, told)};
        m_rows.last().state.isDefault = account.isDefault;
    }
    const bool none = std::none_of(m_rows.begin(), m_rows.end(),
                                   [](const AccountRow& row) { return row.state.isDefault; });
    if (none && !m_rows.isEmpty()) {
        m_rows.first().state.isDefault = true; // as the engine does it
    }
    for (const AccountRow& row : std::as_const(m_rows)) {
        m_states << row.state;
    }
    Q_EMIT changed();
    joinLamps();
}

void AccountsController::joinLamps()
{
    QList<model::BusyLamp> lamps = m_told;
    for (const AccountRow& row : std::as_const(m_rows)) {
        for (const QString& extension : row.account.busyLamps) {
            const bool isTold =
                std::any_of(m_told.begin(), m_told.end(), [&](const model::BusyLamp& lamp) {
                    return lamp.account == row.account.name && lamp.extension == extension;
                });
            if (!isTold) {
                lamps << model::BusyLamp{row.account.name, extension, {}, {}, {}};
            }
        }
    }
    if (lamps != m_lamps) {
        m_lamps = lamps;
        Q_EMIT lampsChanged();
    }
}

void AccountsController::joinMessages(const QList<model::TextMessage>& logged)
{
    // What has come meanwhile may be in the log already.
    const auto isShown = [this](const model::TextMessage& message) {
        return std::any_of(m_messages.begin(), m_messages.end(), [&message](const auto& shown) {
            return shown.at == message.at && shown.uri == message.uri && shown.text == message.text;
        });
    };
    QList<model::TextMessage> earlier;
    std::copy_if(logged.begin(), logged.end(), std::back_inserter(earlier), std::not_fn(isShown));
    m_messages = (m_messages + earlier).mid(0, mostMessages);
    Q_EMIT messagesListed();
}

QStringList AccountsController::codecs() const
{
    return m_accounts.codecs();
}

std::optional<AccountRow> AccountsController::find(const QString& name) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&name](const AccountRow& row) {
        return row.account.name == name;
    });
    return at == m_rows.end() ? std::nullopt : std::optional(*at);
}

std::optional<AccountRow> AccountsController::withNewMessages() const
{
    std::optional<AccountRow> found;
    for (const AccountRow& row : m_rows) {
        if (row.state.newMessages > 0 && (!found || row.account.isDefault)) {
            found = row;
        }
    }
    return found;
}

void AccountsController::save(const model::Account& account, const QString& formerName,
                              const QString& password)
{
    m_accounts.save(account, formerName, password);
}

void AccountsController::remove(const QString& name)
{
    m_accounts.remove(name);
}

void AccountsController::setRegistered(const QString& name, bool registered)
{
    m_accounts.setRegistered(name, registered);
}

void AccountsController::pickUp(const model::BusyLamp& lamp)
{
    m_accounts.pickUp(lamp.account, lamp.extension);
}

} // namespace hs::ui
