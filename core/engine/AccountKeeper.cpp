#include "engine/AccountKeeper.h"

#include "base/LogCategories.h"

#include <QUuid>

#include <algorithm>
#include <cstdlib>

namespace hs::engine {

namespace {
// A network that never rests must not keep us from registering.
constexpr base::Duration settling = std::chrono::milliseconds(500);
constexpr base::Duration mostSettling = std::chrono::seconds(2);
constexpr std::chrono::milliseconds tolerance(100);

QByteArray urnOf(const QString& instance)
{
    const QUuid space(QStringLiteral("{6f1d3c1a-9d5b-4b0a-8f0e-6a1f4f3c2b10}"));
    return "urn:uuid:"
        + QUuid::createUuidV5(space, instance).toString(QUuid::WithoutBraces).toLatin1();
}

void log(const QList<AccountLog::Line>& lines)
{
    for (const AccountLog::Line& line : lines) {
        if (line.isProblem) {
            qCWarning(base::lcEngine).noquote() << line.text;
        } else {
            qCInfo(base::lcEngine).noquote() << line.text;
        }
    }
}

// One and the same time, taken from two clocks, differs a little each time.
void settle(qint64& time, qint64 before)
{
    time = std::abs(time - before) <= tolerance.count() ? before : time;
}

bool areSame(const QList<model::AccountState>& before, QList<model::AccountState> now)
{
    for (qsizetype i = 0; i < std::min(before.size(), now.size()); ++i) {
        settle(now[i].registeredUntil, before[i].registeredUntil);
        settle(now[i].nextTryAt, before[i].nextTryAt);
    }
    return before == now;
}
} // namespace

AccountKeeper::AccountKeeper(sip::UserAgent& userAgent, base::Scheduler& scheduler,
                             const QString& instance, Outputs outputs,
                             const SecretStore::Options& secrets)
    : m_scheduler(scheduler)
    , m_outputs(std::move(outputs))
    , m_secrets(secrets)
    , m_accounts(userAgent, urnOf(instance),
                 [this](const model::Account& account, const call::Accounts::PasswordFound& found) {
                     m_secrets.lookup(account, found);
                 })
    , m_network([this] { onNetworkChanged(); })
{
    QObject::connect(&m_secrets, &SecretStore::foundAfterAll, &m_accounts,
                     &call::Accounts::passwordFound);
    QObject::connect(&m_accounts, &call::Accounts::changed, &m_accounts,
                     [this](const model::AccountState& state) {
                         log(m_log.linesOf(state, base::toUnixMs(m_scheduler.clock().wall())));
                         tell();
                     });
    QObject::connect(&m_accounts, &call::Accounts::lampsChanged, &m_accounts,
                     [this](const QList<model::BusyLamp>& lamps) {
                         log(m_log.linesOf(lamps));
                         if (m_outputs.lamps) {
                             m_outputs.lamps(lamps);
                         }
                     });
    QObject::connect(&m_accounts, &call::Accounts::removed, &m_accounts,
                     [this](const QString& name) {
                         m_log.forget(name);
                         tell();
                     });
}

void AccountKeeper::start(const QList<model::Account>& accounts)
{
    m_accounts.setAccounts(accounts);
    tell();
}

void AccountKeeper::stop(std::function<void()> done)
{
    m_settled.cancel();
    m_secrets.disconnect(&m_accounts); // nothing registers any more
    m_accounts.stop(std::move(done));
}

// A lamp of a busy PBX changes several times a second, and nothing else with it.
void AccountKeeper::tell()
{
    QList<model::AccountState> states = m_accounts.states();
    if (m_outputs.states && (!m_told || !areSame(*m_told, states))) {
        m_outputs.states(states);
        m_told = std::move(states);
    }
}

void AccountKeeper::onNetworkChanged()
{
    const base::TimePoint now = m_scheduler.clock().now();
    m_firstStep = m_settled.active() ? m_firstStep : now;
    m_settled = m_scheduler.at(std::min(now + settling, m_firstStep + mostSettling), [this] {
        qCInfo(base::lcEngine) << "the network has changed; all accounts register again";
        m_accounts.networkChanged();
        if (m_outputs.networkChanged) {
            m_outputs.networkChanged();
        }
    });
}

} // namespace hs::engine
