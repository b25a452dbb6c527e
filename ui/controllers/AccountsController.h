// AccountsController: accounts, busy lamps and texts between the engine and the window: what is
// configured joined with how it is going, and orders passed on. Texts are those of the log and
// those that came since, newest first, at most as many as fit a list. Thread: GUI.
#pragma once

#include "model/Account.h"
#include "model/TextMessage.h"

#include <QObject>

#include <optional>

namespace hs::engine {
class AccountsFacade;
}

namespace hs::ui {

// One account: as it is configured and how it is. One without the other is possible for a moment,
// and while SIP is down.
struct AccountRow {
    model::Account account;
    model::AccountState state; // isDefault: it is the one that is used, by choice or as the first
    friend bool operator==(const AccountRow&, const AccountRow&) = default;
};

class AccountsController : public QObject {
    Q_OBJECT
public:
    static constexpr int mostMessages = 500;

    // The facade outlives the controller.
    explicit AccountsController(engine::AccountsFacade& accounts, QObject* parent = nullptr);

    const QList<AccountRow>& rows() const { return m_rows; }
    const QList<model::AccountState>& states() const { return m_states; }
    QStringList codecs() const; // of all calls but those of accounts that have their own
    std::optional<AccountRow> find(const QString& name) const;
    // Those told, and those configured of which nothing is known yet.
    const QList<model::BusyLamp>& lamps() const { return m_lamps; }
    const QList<model::TextMessage>& messages() const { return m_messages; }
    // Where new voice messages wait, the default account first; none: nowhere.
    std::optional<AccountRow> withNewMessages() const;

    void save(const model::Account& account, const QString& formerName, const QString& password);
    void remove(const QString& name);
    void setRegistered(const QString& name, bool registered);
    void pickUp(const model::BusyLamp& lamp);

Q_SIGNALS:
    void changed();
    void lampsChanged();
    void messageReceived(const hs::model::TextMessage& message); // once it is among them
    void messagesListed(); // those of the log have joined them
    void refused(const QString& reason);

private:
    void refresh();
    void joinLamps();
    void joinMessages(const QList<model::TextMessage>& logged);

    engine::AccountsFacade& m_accounts;
    QList<AccountRow> m_rows;
    QList<model::AccountState> m_states; // one for each row
    QList<model::BusyLamp> m_told;
    QList<model::BusyLamp> m_lamps;
    QList<model::TextMessage> m_messages;
};

} // namespace hs::ui
