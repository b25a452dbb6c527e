#include "call/DialPlan.h"

#include "base/Text.h"

namespace hs::call {

namespace {
// A port that nobody named is found by DNS (RFC 3263), not made up.
void setHost(sip::Uri& uri, const base::HostPort& domain)
{
    uri.host = domain.host;
    uri.port = domain.port;
}
} // namespace

DialPlan::DialPlan(const Accounts& accounts, const std::optional<base::HostPort>& sipServer)
    : m_accounts(accounts)
    , m_sipServer(sipServer)
{
}

base::Result<DialledCall> DialPlan::read(const QString& text, const QString& account) const
{
    const AccountLine* line = nullptr;
    if (!account.isEmpty()) {
        line = m_accounts.find(account);
        if (!line) {
            return base::Error{
                QStringLiteral("there is no account '%1'").arg(base::printable(account, 64))};
        }
    }
    const AccountLine* numbersLine = line ? line : m_accounts.defaultLine();
    const base::Result<DialTarget> target = parseDialTarget(text, serverOf(numbersLine));
    if (!target) {
        return target.error();
    }
    DialledCall call{*target, {}};
    if (call.target.isNumber && numbersLine) {
        line = numbersLine;
        setHost(call.target.uri, line->domain());
    } else if (!call.target.isNumber && !line) {
        line = m_accounts.forUri(call.target.uri);
    }
    call.identity = identity(line, call.target.uri);
    return call;
}

DialledCall DialPlan::of(const sip::Uri& target, const QString& account) const
{
    DialledCall call{{target, numberOf(target, {})}, {}};
    const AccountLine* line = account.isEmpty() ? nullptr : m_accounts.find(account);
    if (target.scheme == "tel") {
        line = line ? line : m_accounts.defaultLine();
        const auto dialled = parseDialTarget(QString::fromUtf8(target.toBytes()), serverOf(line));
        call.target.uri = dialled ? dialled->uri : sip::Uri();
        call.target.number = dialled ? dialled->number : call.target.number;
        if (dialled && line) {
            setHost(call.target.uri, line->domain());
        }
    } else if (!line || !line->isAt(target)) {
        const AccountLine* ofHost = m_accounts.forUri(target);
        line = ofHost ? ofHost : line;
    }
    call.identity = identity(line, call.target.uri);
    return call;
}

std::optional<base::HostPort> DialPlan::serverOf(const AccountLine* line) const
{
    return line ? std::optional(line->domain()) : m_sipServer;
}

OutgoingIdentity DialPlan::identity(const AccountLine* line, const sip::Uri& target) const
{
    return line ? line->identity(target) : OutgoingIdentity{};
}

} // namespace hs::call
