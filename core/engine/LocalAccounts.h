// LocalAccounts: the AccountsFacade of an engine in this process. Thread: GUI, setStates() and
// onLogRowsChanged() too. Engine and mailbox outlive it, as does it what was posted to them.
#pragma once

#include "base/EventLoopMailbox.h"
#include "engine/Engine.h"
#include "engine/EngineFacade.h"

namespace hs::engine {

// What the operator hears who wants a line while there is none.
QString notRunning();

class LocalAccounts final : public AccountsFacade {
    Q_OBJECT
public:
    // `file` is the configuration file in which accounts are kept; empty: none, and no account can
    // be changed.
    LocalAccounts(Engine& engine, base::EventLoopMailbox& gui, const model::Settings& settings,
                  QString file);

    QList<model::AccountState> states() const override { return m_states; }
    QList<model::Account> accounts() const override { return m_accounts; }
    QStringList codecs() const override { return m_codecs; }
    void save(const model::Account& account, const QString& formerName,
              const QString& password) override;
    void remove(const QString& name) override;
    void setRegistered(const QString& name, bool registered) override;
    void pickUp(const QString& account, const QString& extension) override;
    void queryMessages(int limit) override;

    void setStates(const QList<model::AccountState>& states);
    void onLogRowsChanged(); // or there is a log only now

private:
    using Command = std::function<base::Result<void>(EngineCore&)>;

    void run(Command command);
    void refuse(const QString& reason); // from the core thread
    std::function<void(const base::Result<void>&)> teller(EngineCore& core);

    Engine& m_engine;
    base::EventLoopMailbox& m_gui;
    QList<model::Account> m_accounts;
    QList<model::AccountState> m_states;
    QStringList m_codecs;
    QString m_file;
    int m_messagesMissing = 0; // how many were asked for when they could not be had
};

} // namespace hs::engine
