#include "call/DialPlan.h"

#include "base/Text.h"

namespace hs::call {

namespace {
bool isUri(const QString& text)
{
    const QString lower = text.trimmed().toLower();
    return lower.startsWith(QStringLiteral("sip:")) || lower.startsWith(QStringLiteral("sips:"))
        || (lower.indexOf(u'@') > 0 && !lower.startsWith(QStringLiteral("tel:"))
            && !lower.startsWith(QStringLiteral("callto:")));
}

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
    } else if (!isUri(text)) {
        line = m_accounts.defaultLine();
    }
    const base::Result<DialTarget> target =
        parseDialTarget(text, line ? std::optional(line->domain()) : m_sipServer);
    if (!target) {
        return target.error();
    }
    DialledCall call{*target, {}};
    if (line && !isUri(text)) {
        setHost(call.target.uri, line->domain());
    } else if (!line && isUri(text)) {
        line = m_accounts.forHost(call.target.uri.host);
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
        call.target.uri = {};
        call.target.uri.scheme = "sip";
        call.target.uri.user = sip::Uri::escapeUser(call.target.number.toUtf8());
        setHost(call.target.uri, line ? line->domain() : m_sipServer.value_or(base::HostPort{}));
    } else if (!line || !line->isHost(target.host)) {
        const AccountLine* ofHost = m_accounts.forHost(target.host);
        line = ofHost ? ofHost : line;
    }
    call.identity = identity(line, call.target.uri);
    return call;
}

OutgoingIdentity DialPlan::identity(const AccountLine* line, const sip::Uri& target) const
{
    return line ? line->identity(target) : OutgoingIdentity{};
}

} // namespace hs::call
