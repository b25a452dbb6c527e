#include "engine/AccountEditor.h"

#include "engine/AccountKeys.h"
#include "engine/AccountStore.h"

#include <QCoreApplication>

#include <algorithm>

namespace hs::engine {

using base::Error;
using base::Result;
using model::Account;

namespace {
bool has(const QList<Account>& accounts, const QString& name)
{
    return std::any_of(accounts.begin(), accounts.end(),
                       [&name](const Account& account) { return account.name == name; });
}

QString noFile()
{
    return QCoreApplication::translate(
        "hs::engine", "There is no configuration file in which accounts could be kept.");
}
} // namespace

AccountEditor::AccountEditor(EngineCore& core, Change change, Done done)
    : QObject(&core)
    , m_core(core)
    , m_change(std::move(change))
    , m_done(std::move(done))
    , m_secrets(core.secrets())
{
}

QString AccountEditor::refusal(const EngineCore& core, const QString& file, const Change& change)
{
    const QString& name = change.account.name;
    if (file.isEmpty()) {
        return noFile();
    }
    if (QString problem = accountNameProblem(name); !problem.isEmpty()) {
        return problem;
    }
    const bool renamed = !change.formerName.isEmpty() && change.formerName != name;
    if (renamed && has(core.configuredAccounts(), name)) {
        return QCoreApplication::translate("hs::engine",
                                           "There is an account '%1' already; choose another name.")
            .arg(name);
    }
    return {};
}

void AccountEditor::save(EngineCore& core, const QString& file, const Change& change,
                         const Done& done)
{
    if (const QString problem = refusal(core, file, change); !problem.isEmpty()) {
        done(Error{problem});
        return;
    }
    Change complete = change;
    if (!has(core.configuredAccounts(), change.formerName)) {
        complete.formerName = change.account.name;
    }
    if (const auto written = writeAccount(file, complete.account, complete.formerName); !written) {
        done(written.error());
        return;
    }
    auto* editor = new AccountEditor(core, std::move(complete), done);
    // The password first, so that the account finds it; for no keyring is anything else kept
    // waiting: what is asked for meanwhile must not be undone by what was asked for before.
    const bool hasPassword = !editor->m_change.password.isEmpty();
    const bool mayHaveHadOne =
        editor->isRenamed() && editor->m_change.account.passwordFile.isEmpty();
    if (hasPassword) {
        editor->storePassword();
    } else if (mayHaveHadOne) {
        editor->movePassword();
    }
    editor->putInForce();
    if (!hasPassword && !mayHaveHadOne) {
        editor->finish({});
    }
}

void AccountEditor::storePassword()
{
    m_secrets.store(m_change.account, m_change.password, [this](const Result<QString>& stored) {
        m_change.password.clear();
        if (!stored) {
            finish(stored.error().text);
            return;
        }
        tellPassword();
        removeFormerPassword();
    });
}

// It is kept under the account's name.
void AccountEditor::movePassword()
{
    m_secrets.find(m_change.formerName, [this](const Result<std::optional<QString>>& found) {
        if (!found) {
            finish(found.error().text
                   + QStringLiteral(" - enter it again for '%1'").arg(m_change.account.name));
        } else if (!*found) {
            finish({});
        } else if (!has(m_core.configuredAccounts(), m_change.account.name)) {
            removeFormerPassword(); // it was removed meanwhile, or has another name again
        } else {
            m_secrets.store(m_change.account, **found, [this](const Result<QString>& stored) {
                if (!stored) {
                    finish(stored.error().text);
                    return;
                }
                tellPassword();
                removeFormerPassword();
            });
        }
    });
}

void AccountEditor::removeFormerPassword()
{
    // There may be another account of that name by now.
    if (!isRenamed() || has(m_core.configuredAccounts(), m_change.formerName)) {
        finish({});
        return;
    }
    m_secrets.clear(m_change.formerName, [this](const Result<QString>& cleared) {
        finish(cleared ? QString() : cleared.error().text);
    });
}

void AccountEditor::putInForce()
{
    const Account& account = m_change.account;
    QList<Account> accounts = m_core.configuredAccounts();
    for (Account& other : accounts) {
        other.isDefault = other.isDefault && !account.isDefault;
    }
    const auto old = std::find_if(accounts.begin(), accounts.end(), [this](const Account& each) {
        return each.name == m_change.formerName;
    });
    if (old != accounts.end()) {
        *old = account;
    } else {
        accounts.append(account);
    }
    m_core.setAccounts(accounts);
    m_done(Result<void>());
}

void AccountEditor::tellPassword()
{
    if (m_core.accounts()) {
        m_core.accounts()->accounts().passwordChanged(m_change.account.name);
    }
}

void AccountEditor::finish(const QString& problem)
{
    if (!problem.isEmpty()) {
        m_done(Error{problem});
    }
    deleteLater();
}

void AccountEditor::remove(EngineCore& core, const QString& file, const QString& name,
                           const Done& done)
{
    if (file.isEmpty()) {
        done(Error{noFile()});
        return;
    }
    if (const auto removed = removeAccount(file, name); !removed) {
        done(removed.error());
        return;
    }
    QList<Account> accounts = core.configuredAccounts();
    accounts.removeIf([&name](const Account& account) { return account.name == name; });
    core.setAccounts(accounts);
    done(Result<void>());
    Account gone;
    gone.name = name;
    auto* editor = new AccountEditor(core, {gone, name, {}}, done);
    editor->m_secrets.clear(name, [editor](const Result<QString>& cleared) {
        editor->finish(cleared ? QString() : cleared.error().text);
    });
}

} // namespace hs::engine
