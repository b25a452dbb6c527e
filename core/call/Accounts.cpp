#include "call/Accounts.h"

#include "base/LogCategories.h"

#include <QPointer>

#include <algorithm>

namespace hs::call {

Accounts::Accounts(sip::UserAgent& userAgent, const QByteArray& instance, FindPassword findPassword,
                   QObject* parent)
    : QObject(parent)
    , m_userAgent(userAgent)
    , m_instance(instance)
    , m_findPassword(std::move(findPassword))
{
}

Accounts::~Accounts() = default;

void Accounts::setAccounts(const QList<model::Account>& accounts)
{
    std::vector<std::unique_ptr<AccountLine>> before = std::exchange(m_lines, {});
    for (const model::Account& account : accounts) {
        const auto same = std::find_if(before.begin(), before.end(), [&account](const auto& line) {
            return line && line->account() == account;
        });
        if (same != before.end()) {
            m_lines.push_back(std::move(*same));
            continue;
        }
        const QString name = account.name;
        m_lines.push_back(
            std::make_unique<AccountLine>(m_userAgent, account, m_instance, [this, name] {
                if (const AccountLine* line = find(name)) {
                    Q_EMIT changed(line->state());
                    tellLamps();
                }
            }));
        begin(*m_lines.back());
    }
    for (auto& gone : before) {
        if (!gone) {
            continue;
        }
        const QString name = gone->account().name;
        sendAway(std::move(gone));
        if (!find(name)) {
            Q_EMIT removed(name);
        }
    }
    tellLamps();
}

void Accounts::sendAway(std::unique_ptr<AccountLine> gone)
{
    AccountLine* line = m_leaving.emplace_back(std::move(gone)).get();
    const auto done = [this, line] {
        // Not at once: it is the line itself that calls this.
        m_gone.push_back(line);
        m_sweep = m_userAgent.core().scheduler.after(base::Duration(0), [this] {
            const auto isGone = [this](const auto& each) {
                return std::find(m_gone.begin(), m_gone.end(), each.get()) != m_gone.end();
            };
            std::erase_if(m_leaving, isGone);
            m_gone.clear();
        });
    };
    const bool goesOn = std::any_of(m_lines.begin(), m_lines.end(),
                                    [line](const auto& each) { return each->hasBindingOf(*line); });
    if (goesOn) {
        line->letGo(done); // or the binding that its successor has just made would go as well
    } else {
        line->leave(done);
    }
}

void Accounts::tellLamps()
{
    QList<model::BusyLamp> now = lamps();
    if (now != m_toldLamps) {
        m_toldLamps = std::move(now);
        Q_EMIT lampsChanged(m_toldLamps);
    }
}

QList<model::BusyLamp> Accounts::lamps() const
{
    QList<model::BusyLamp> lamps;
    for (const auto& line : m_lines) {
        lamps += line->watch().lamps();
    }
    return lamps;
}

bool Accounts::onUnsolicitedNotify(const sip::Request& notify, const sip::Hop& from)
{
    AccountLine* best = nullptr;
    auto surest = AccountLine::Match::None;
    for (const auto& line : m_lines) {
        const AccountLine::Match match = line->match(notify);
        if (line->isServer(from.remote.address()) && match > surest) {
            best = line.get();
            surest = match;
        }
    }
    if (best) {
        best->onUnsolicitedNotify(notify);
    }
    return best != nullptr;
}

void Accounts::onConnectionClosed(const sip::Hop& hop)
{
    for (const auto& line : m_lines) {
        line->onConnectionClosed(hop);
    }
}

void Accounts::begin(AccountLine& line)
{
    Q_EMIT changed(line.state());
    const QString name = line.account().name;
    m_findPassword(line.account(),
                   [self = QPointer(this), name](const base::Result<QString>& password) {
                       AccountLine* found = self ? self->lineNamed(name) : nullptr;
                       if (!found) {
                           return;
                       }
                       if (password) {
                           found->setPassword(*password);
                       } else {
                           qCWarning(base::lcCall).noquote()
                               << QStringLiteral("account %1: %2").arg(name, password.error().text);
                       }
                       found->start(); // some servers want no password
                   });
}

void Accounts::stop(std::function<void()> done)
{
    const auto shared = std::make_shared<std::function<void()>>(std::move(done));
    m_stopping = static_cast<int>(m_lines.size()) + 1;
    const auto one = [this, shared] {
        if (--m_stopping == 0) {
            (*shared)();
        }
    };
    for (const auto& line : m_lines) {
        line->stop(one);
    }
    one();
}

void Accounts::networkChanged()
{
    m_userAgent.core().transactions.onNetworkChanged();
    for (const auto& line : m_lines) {
        line->refreshNow();
    }
}

base::Result<void> Accounts::registerNow(const QString& name)
{
    AccountLine* line = lineNamed(name);
    if (!line) {
        return base::Error{QStringLiteral("there is no account '%1'").arg(name)};
    }
    begin(*line);
    return {};
}

base::Result<void> Accounts::unregister(const QString& name)
{
    AccountLine* line = lineNamed(name);
    if (!line) {
        return base::Error{QStringLiteral("there is no account '%1'").arg(name)};
    }
    line->stop([] {});
    return {};
}

void Accounts::passwordChanged(const QString& name)
{
    if (AccountLine* line = lineNamed(name)) {
        begin(*line);
    }
}

void Accounts::passwordFound(const QString& name, const QString& password)
{
    AccountLine* line = lineNamed(name);
    if (!line) {
        return;
    }
    line->setPassword(password);
    using State = model::RegistrationState;
    const State state = line->state().state;
    const bool isTakenBack = state == State::Off || state == State::Unregistering;
    if (!line->account().registers || !isTakenBack) {
        line->start();
    }
}

QList<model::AccountState> Accounts::states() const
{
    QList<model::AccountState> states;
    for (const auto& line : m_lines) {
        states.append(line->state());
    }
    return states;
}

AccountLine* Accounts::lineNamed(const QString& name) const
{
    const auto it = std::find_if(m_lines.begin(), m_lines.end(), [&name](const auto& line) {
        return line->account().name == name;
    });
    return it != m_lines.end() ? it->get() : nullptr;
}

const AccountLine* Accounts::find(const QString& name) const
{
    return lineNamed(name);
}

const AccountLine* Accounts::watching(const QString& extension) const
{
    const auto it = std::find_if(m_lines.begin(), m_lines.end(), [&extension](const auto& line) {
        return line->account().busyLamps.contains(extension);
    });
    return it != m_lines.end() ? it->get() : nullptr;
}

const AccountLine* Accounts::defaultLine() const
{
    const auto it = std::find_if(m_lines.begin(), m_lines.end(),
                                 [](const auto& line) { return line->account().isDefault; });
    if (it != m_lines.end()) {
        return it->get();
    }
    return m_lines.empty() ? nullptr : m_lines.front().get();
}

const AccountLine* Accounts::forUri(const sip::Uri& uri) const
{
    const auto it = std::find_if(m_lines.begin(), m_lines.end(),
                                 [&uri](const auto& line) { return line->isAt(uri); });
    return it != m_lines.end() ? it->get() : nullptr;
}

const AccountLine* Accounts::forRequest(const sip::Request& request, const sip::Hop& from) const
{
    const AccountLine* best = nullptr;
    std::pair<AccountLine::Match, bool> surest{};
    for (const auto& line : m_lines) {
        const bool server = line->isServer(from.remote.address());
        const AccountLine::Match match = line->match(request);
        // Anybody can write a user or a domain that are ours into a direct call: what only the
        // registrar was told (`;line=`), or the server itself makes it the account's.
        const bool isIts = server || match == AccountLine::Match::Line;
        if (isIts && (!best || std::pair(match, server) > surest)) {
            best = line.get();
            surest = {match, server};
        }
    }
    return best;
}

bool Accounts::isServer(const base::IpAddress& address) const
{
    return std::any_of(m_lines.begin(), m_lines.end(),
                       [&address](const auto& line) { return line->isServer(address); });
}

} // namespace hs::call
