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
    , m_secrets(SecretStore::Options::standard())
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
    if (!editor->m_change.password.isEmpty()) {
        editor->storePassword();
    } else if (editor->m_change.formerName != editor->m_change.account.name) {
        editor->movePassword();
    } else {
        editor->finish({});
    }
}

void AccountEditor::storePassword()
{
    m_secrets.store(m_change.account, m_change.password, [this](const Result<QString>& stored) {
        m_change.password.clear();
        finish(stored ? QString() : stored.error().text);
    });
}

// It is kept under the account's name.
void AccountEditor::movePassword()
{
    Account former = m_change.account;
    former.name = m_change.formerName;
    if (!former.passwordFile.isEmpty()) {
        finish({});
        return;
    }
    m_secrets.lookup(former, [this, former](const Result<QString>& found) {
        if (!found) {
            finish({}); // there was none
            return;
        }
        m_secrets.store(m_change.account, *found, [this, former](const Result<QString>& stored) {
            if (!stored) {
                finish(stored.error().text);
                return;
            }
            m_secrets.remove(former, [this](const Result<QString>&) { finish({}); });
        });
    });
}

const Account* AccountEditor::before() const
{
    const QList<Account>& accounts = m_core.configuredAccounts();
    const auto at = std::find_if(accounts.begin(), accounts.end(), [this](const Account& account) {
        return account.name == m_change.formerName;
    });
    return at == accounts.end() ? nullptr : &*at;
}

void AccountEditor::finish(const QString& problem)
{
    const Account& account = m_change.account;
    const Account* old = before();
    const bool onlyPassword = old && *old == account;
    const qsizetype place =
        old ? old - m_core.configuredAccounts().constData() : m_core.configuredAccounts().size();
    QList<Account> accounts = m_core.configuredAccounts();
    for (Account& other : accounts) {
        other.isDefault = other.isDefault && !account.isDefault;
    }
    if (place < accounts.size()) {
        accounts[place] = account;
    } else {
        accounts.append(account);
    }
    m_core.setAccounts(accounts);
    if (onlyPassword && m_core.accounts()) {
        m_core.accounts()->accounts().passwordChanged(account.name);
    }
    m_done(problem.isEmpty() ? Result<void>() : Result<void>(Error{problem}));
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
    Account gone;
    gone.name = name;
    auto* editor = new AccountEditor(core, {gone, {}, {}}, done);
    editor->m_secrets.remove(gone, [editor](const Result<QString>&) { editor->deleteLater(); });
    done(Result<void>());
}

} // namespace hs::engine
