// Accounts: all accounts, and which of them a call belongs to. Thread: core.
#pragma once

#include "call/AccountLine.h"

#include <QObject>

namespace hs::call {

class Accounts final : public QObject {
    Q_OBJECT
public:
    // Finds the password of an account; the error is a sentence. May answer at once or later.
    using PasswordFound = std::function<void(const base::Result<QString>&)>;
    using FindPassword = std::function<void(const model::Account&, PasswordFound)>;

    Accounts(sip::UserAgent& userAgent, const QByteArray& instance, FindPassword findPassword,
             QObject* parent = nullptr);
    ~Accounts() override;

    // In place of those there were: what has changed is registered anew, what is gone unregistered.
    void setAccounts(const QList<model::Account>& accounts);
    // Takes back all bindings; `done` when the servers have answered, or were given up.
    void stop(std::function<void()> done);
    void networkChanged();
    // By hand: again, or for now no more.
    base::Result<void> registerNow(const QString& name);
    base::Result<void> unregister(const QString& name);
    // The password was changed.
    void passwordChanged(const QString& name);
    // By what finds passwords, after it had given up. An account that is off stays so.
    void passwordFound(const QString& name, const QString& password);

    QList<model::AccountState> states() const;
    bool isEmpty() const { return m_lines.empty(); }
    std::size_t leaving() const { return m_leaving.size(); } // removed, but not quite gone
    const AccountLine* find(const QString& name) const; // null: there is none
    const AccountLine* watching(const QString& extension) const; // the first; null: none does
    const AccountLine* defaultLine() const; // null without accounts
    const AccountLine* forUri(const sip::Uri& uri) const; // whose domain or server it names
    // Whose call an INVITE is: that of the binding that it calls, else of an account at the server
    // that it comes from, by To and Request-URI; null: nobody's.
    const AccountLine* forRequest(const sip::Request& request, const sip::Hop& from) const;
    bool isServer(const base::IpAddress& address) const;

    QList<model::BusyLamp> lamps() const;
    // From the user agent. True: it was of use.
    bool onUnsolicitedNotify(const sip::Request& notify, const sip::Hop& from);
    void onConnectionClosed(const sip::Hop& hop);

Q_SIGNALS:
    void changed(const hs::model::AccountState& state);
    void removed(const QString& name);
    void lampsChanged(const QList<hs::model::BusyLamp>& lamps);

private:
    void begin(AccountLine& line);
    void sendAway(std::unique_ptr<AccountLine> line);
    void tellLamps();
    AccountLine* lineNamed(const QString& name) const;

    sip::UserAgent& m_userAgent;
    QByteArray m_instance;
    FindPassword m_findPassword;
    std::vector<std::unique_ptr<AccountLine>> m_lines;
    std::vector<std::unique_ptr<AccountLine>> m_leaving; // taking their binding back
    std::vector<const AccountLine*> m_gone; // of those, for which nothing is left to do
    base::Timer m_sweep;
    QList<model::BusyLamp> m_toldLamps;
    int m_stopping = 0;
};

} // namespace hs::call
