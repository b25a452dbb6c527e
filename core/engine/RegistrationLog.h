// RegistrationLog: writes into the log how the registration of each account goes, each state once:
// an account tells of its lamps and messages as well, and that is no news of its registration.
// Thread: core.
#pragma once

#include "base/Clock.h"
#include "model/Account.h"

#include <QHash>

namespace hs::engine {

class RegistrationLog {
public:
    explicit RegistrationLog(const base::Clock& clock)
        : m_clock(clock)
    {
    }

    // Whatever an account tells.
    void take(const model::AccountState& state);
    void forget(const QString& account) { m_last.remove(account); }

private:
    struct Seen {
        model::RegistrationState state{};
        QString detail{};
        friend bool operator==(const Seen&, const Seen&) = default;
    };

    const base::Clock& m_clock;
    QHash<QString, Seen> m_last; // by account
};

} // namespace hs::engine
