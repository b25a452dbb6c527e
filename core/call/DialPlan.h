// DialPlan: from what was dialled to whom it goes and as whom: by the account that was named, by
// the default one for a number, by that of its host for a URI, or by none. Thread: core.
#pragma once

#include "call/Accounts.h"
#include "call/DialTarget.h"

namespace hs::call {

struct DialledCall {
    DialTarget target;
    OutgoingIdentity identity;
};

class DialPlan {
public:
    DialPlan(const Accounts& accounts, const std::optional<base::HostPort>& sipServer);

    // The error is a sentence for whoever dialled. An empty account leaves the choice to us.
    base::Result<DialledCall> read(const QString& text, const QString& account) const;
    // For a target that a far end named: by REFER, or by a redirection. `account` is that of the
    // call in which it did. Without a host if it is a number, and no server is known for it.
    DialledCall of(const sip::Uri& target, const QString& account) const;

private:
    std::optional<base::HostPort> serverOf(const AccountLine* line) const;
    OutgoingIdentity identity(const AccountLine* line, const sip::Uri& target) const;

    const Accounts& m_accounts;
    std::optional<base::HostPort> m_sipServer;
};

} // namespace hs::call
