#include "engine/SecretStore.h"

#include "engine/StandardPaths.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
QString service()
{
    return QStringLiteral("hookswitch");
}

QString inKeyring()
{
    return QStringLiteral("the keyring");
}

// Without one the keyring's library would start a bus of its own, or wait for one.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        || (!qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR")
            && QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus")));
}

QString inBrackets(const QString& problem)
{
    return problem.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(problem);
}
} // namespace

SecretStore::Options SecretStore::Options::standard()
{
    Options options;
    const StandardPaths paths(QProcessEnvironment::systemEnvironment());
    options.file = QDir(paths.dataFolder()).filePath(QStringLiteral("secrets"));
    return options;
}

SecretStore::SecretStore(const Options& options, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_file(options.file)
{
}

bool SecretStore::mayAskKeyring() const
{
    return m_options.useKeyring && m_hanging == 0 && hasSessionBus();
}

void SecretStore::later(std::function<void()> run)
{
    QTimer::singleShot(0, this, std::move(run));
}

void SecretStore::ask(std::unique_ptr<QKeychain::Job> job, const QString& account,
                      const Answered& done)
{
    job->setKey(QStringLiteral("account/") + account);
    job->setInsecureFallback(false);
    // It deletes itself when it ends; QtKeychain has no way to end it before.
    QKeychain::Job* running = job.release();
    struct Wait {
        bool isOver = false;
    };
    const auto wait = std::make_shared<Wait>();
    QTimer::singleShot(m_options.patience, this, [this, wait, done, patience = m_options.patience] {
        if (!std::exchange(wait->isOver, true)) {
            ++m_hanging;
            done(nullptr,
                 QStringLiteral("the keyring did not answer within %1 s; is it locked?")
                     .arg(static_cast<double>(patience.count()) / 1000.0));
        }
    });
    connect(running, &QKeychain::Job::finished, this, [this, wait, done](QKeychain::Job* finished) {
        if (std::exchange(wait->isOver, true)) {
            --m_hanging;
            return;
        }
        const bool works = finished->error() == QKeychain::NoError
            || finished->error() == QKeychain::EntryNotFound;
        done(finished,
             works ? QString() : QStringLiteral("the keyring: %1").arg(finished->errorString()));
    });
    running->start();
}

void SecretStore::lookup(const model::Account& account, const Found& done)
{
    if (!account.passwordFile.isEmpty()) {
        later([done, path = account.passwordFile] { done(readPasswordFile(path)); });
        return;
    }
    // The file first: it has a password only where the keyring could not take the newest one.
    const QString name = account.name;
    const Result<std::optional<QString>> inFile = m_file.find(name);
    if (inFile && *inFile) {
        later([done, password = **inFile] { done(password); });
        return;
    }
    const QString fileProblem = inFile ? QString() : inFile.error().text;
    const auto missing = [name, fileProblem, done](const QString& keyringProblem) {
        const QString why = fileProblem.isEmpty() ? keyringProblem : fileProblem;
        done(Error{QStringLiteral("there is no password for the account '%1'%2; store it with: "
                                  "hookswitchd --set-password %1")
                       .arg(name, inBrackets(why))});
    };
    if (!mayAskKeyring()) {
        later([missing] { missing({}); });
        return;
    }
    ask(std::make_unique<QKeychain::ReadPasswordJob>(service()), name,
        [missing, done](QKeychain::Job* job, const QString& problem) {
            const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job);
            if (read && read->error() == QKeychain::NoError) {
                done(read->textData());
            } else {
                missing(problem);
            }
        });
}

void SecretStore::store(const model::Account& account, const QString& password, const Done& done)
{
    const QString name = account.name;
    if (!mayAskKeyring()) {
        later([this, name, password, done] { storeInFile(name, password, done); });
        return;
    }
    auto job = std::make_unique<QKeychain::WritePasswordJob>(service());
    job->setTextData(password);
    ask(std::move(job), name,
        [this, name, password, done](QKeychain::Job* written, const QString&) {
            if (!written || written->error() != QKeychain::NoError) {
                storeInFile(name, password, done);
                return;
            }
            // What the file has is old now, and would go first.
            const Result<bool> removed = m_file.remove(name);
            done(removed ? Result<QString>(inKeyring()) : Result<QString>(removed.error()));
        });
}

void SecretStore::storeInFile(const QString& account, const QString& password, const Done& done)
{
    const Result<void> written = m_file.set(account, password);
    done(written ? Result<QString>(QStringLiteral("the file ") + m_file.path())
                 : Result<QString>(written.error()));
}

void SecretStore::remove(const model::Account& account, const Done& done)
{
    const QString name = account.name;
    if (!mayAskKeyring()) {
        later([this, name, done] { removeFromFile(name, false, {}, done); });
        return;
    }
    // Deleting what is not there succeeds in some keyrings and not in others: look first.
    ask(std::make_unique<QKeychain::ReadPasswordJob>(service()), name,
        [this, name, done](QKeychain::Job* found, const QString& problem) {
            if (!found || found->error() != QKeychain::NoError) {
                removeFromFile(name, false, problem, done);
                return;
            }
            ask(std::make_unique<QKeychain::DeletePasswordJob>(service()), name,
                [this, name, done](QKeychain::Job*, const QString& why) {
                    removeFromFile(name, why.isEmpty(), why, done);
                });
        });
}

void SecretStore::removeFromFile(const QString& account, bool wasInKeyring,
                                 const QString& keyringProblem, const Done& done)
{
    const Result<bool> removed = m_file.remove(account);
    const QString file = QStringLiteral("the file ") + m_file.path();
    if (!removed) {
        done(removed.error());
    } else if (wasInKeyring) {
        done(*removed ? inKeyring() + QStringLiteral(" and ") + file : inKeyring());
    } else if (*removed && keyringProblem.isEmpty()) {
        done(file);
    } else if (!keyringProblem.isEmpty()) {
        done(Error{QStringLiteral("the password of '%1' may still be in the keyring: %2")
                       .arg(account, keyringProblem)});
    } else {
        done(Error{QStringLiteral("there is no password for the account '%1'").arg(account)});
    }
}

} // namespace hs::engine
