// AccountKeeper: the accounts of one engine from the configuration to the end of the program: finds
// their passwords, registers again when the network comes back, takes the bindings back at the end,
// and tells whoever looks how they are. Thread: core.
#pragma once

#include "base/NetworkMonitor.h"
#include "call/Accounts.h"
#include "engine/AccountLog.h"
#include "engine/SecretStore.h"

namespace hs::engine {

class AccountKeeper {
public:
    struct Outputs { // empty ones tell nobody
        std::function<void(const QList<model::AccountState>&)> states;
        std::function<void(const QList<model::BusyLamp>&)> lamps;
        std::function<void()> networkChanged; // and has come to rest
    };

    // `instance` is anything that names this program on this machine and stays the same.
    AccountKeeper(sip::UserAgent& userAgent, base::Scheduler& scheduler, const QString& instance,
                  Outputs outputs,
                  const SecretStore::Options& secrets = SecretStore::Options::standard());

    call::Accounts& accounts() { return m_accounts; }
    void start(const QList<model::Account>& accounts);
    void stop(std::function<void()> done);

private:
    void tell();
    void onNetworkChanged();

    base::Scheduler& m_scheduler;
    Outputs m_outputs;
    std::optional<QList<model::AccountState>> m_told;
    AccountLog m_log;
    SecretStore m_secrets;
    call::Accounts m_accounts;
    base::NetworkMonitor m_network;
    base::Timer m_settled; // a network comes back in several steps
    base::TimePoint m_firstStep{}; // while that is awaited
};

} // namespace hs::engine
