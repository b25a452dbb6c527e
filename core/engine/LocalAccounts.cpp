#include "engine/LocalAccounts.h"

#include "engine/AccountEditor.h"

#include <QCoreApplication>

#include <algorithm>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
Result<void> pickUpCall(EngineCore& core, const QString& account, const QString& extension)
{
    const auto dialled = core.calls()->pickUp(account, extension, model::Actor::consoleOperator());
    return dialled ? Result<void>() : Result<void>(dialled.error());
}
} // namespace

QString notRunning()
{
    return QCoreApplication::translate("hs::engine", "There is no telephone line: see the banner.");
}

LocalAccounts::LocalAccounts(Engine& engine, base::EventLoopMailbox& gui,
                             const model::Settings& settings, QString file)
    : m_engine(engine)
    , m_gui(gui)
    , m_accounts(settings.accounts)
    , m_codecs(settings.codecs)
    , m_file(std::move(file))
{
}

void LocalAccounts::setStates(const QList<model::AccountState>& states)
{
    m_states = states;
    Q_EMIT statesChanged(m_states);
}

void LocalAccounts::refuse(const QString& reason)
{
    m_gui.post([this, reason] { Q_EMIT refused(reason); });
}

std::function<void(const Result<void>&)> LocalAccounts::teller(EngineCore& core)
{
    return [this, &core](const Result<void>& done) {
        // Also after a refusal: a part of what was asked for may have been done.
        m_gui.post([this, accounts = core.configuredAccounts(),
                    states = core.accounts() ? core.accounts()->accounts().states()
                                             : QList<model::AccountState>()] {
            m_accounts = accounts;
            setStates(states);
        });
        core.tellStatus();
        if (!done) {
            refuse(done.error().text);
        }
    };
}

void LocalAccounts::save(const model::Account& account, const QString& formerName,
                         const QString& password)
{
    m_engine.post([this, account, formerName, password, file = m_file](EngineCore& core) {
        AccountEditor::save(core, file, {account, formerName, password}, teller(core));
    });
}

void LocalAccounts::remove(const QString& name)
{
    m_engine.post([this, name, file = m_file](EngineCore& core) {
        AccountEditor::remove(core, file, name, teller(core));
    });
}

void LocalAccounts::run(Command command)
{
    m_engine.post([this, command = std::move(command)](EngineCore& core) {
        const bool up = core.calls() && core.accounts();
        const Result<void> done = up ? command(core) : Result<void>(Error{notRunning()});
        core.tellStatus();
        if (!done) {
            refuse(done.error().text);
        }
    });
}

void LocalAccounts::setRegistered(const QString& name, bool registered)
{
    run([name, registered](EngineCore& core) {
        call::Accounts& accounts = core.accounts()->accounts();
        return registered ? accounts.registerNow(name) : accounts.unregister(name);
    });
}

void LocalAccounts::pickUp(const QString& account, const QString& extension)
{
    run([account, extension](EngineCore& core) { return pickUpCall(core, account, extension); });
}

void LocalAccounts::queryMessages(int limit)
{
    m_engine.post([this, limit](EngineCore& core) {
        if (!core.store()) {
            m_gui.post([this, limit] { m_messagesMissing = limit; });
            return;
        }
        core.store()->messages(limit, m_gui, [this, limit](const auto& messages) {
            if (messages) {
                Q_EMIT messagesListed(*messages);
            } else {
                m_messagesMissing = limit; // a log that can't be read is told of by the status
            }
        });
    });
}

void LocalAccounts::onLogRowsChanged()
{
    if (const int limit = std::exchange(m_messagesMissing, 0); limit > 0) {
        queryMessages(limit);
    }
}

} // namespace hs::engine
