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

// Without a keyring on the bus there is nothing in it. QtKeychain's code for that is "other".
bool isNone(const QKeychain::Job& job)
{
    return job.error() == QKeychain::EntryNotFound || job.error() == QKeychain::NoBackendAvailable
        || job.errorString().contains(QLatin1String("ServiceUnknown"));
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
                      const Answered& done, const Late& late)
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
    const auto onFinished = [this, wait, done, late](QKeychain::Job* finished) {
        if (std::exchange(wait->isOver, true)) {
            if (late) {
                late(finished);
            }
            if (--m_hanging == 0) {
                onKeyringBack();
            }
            return;
        }
        const bool works = finished->error() == QKeychain::NoError || isNone(*finished);
        done(finished,
             works ? QString() : QStringLiteral("the keyring: %1").arg(finished->errorString()));
    };
    connect(running, &QKeychain::Job::finished, this, onFinished);
    running->start();
}

QString SecretStore::whyNotAsked() const
{
    return m_hanging > 0 ? QStringLiteral("the keyring still does not answer; is it locked?")
                         : QString();
}

void SecretStore::search(const QString& account, const Searched& done, const Late& late)
{
    // Later, so that it finds what was to be stored before it was asked.
    later([this, account, done, late] {
        // The file first: it has a password only where the keyring could not take the newest one.
        const Result<std::optional<QString>> inFile = m_file.find(account);
        if (inFile && *inFile) {
            done(inFile);
            return;
        }
        const QString fileProblem = inFile ? QString() : inFile.error().text;
        const auto without = [fileProblem, done](const QString& keyringProblem) {
            const QString why = fileProblem.isEmpty() ? keyringProblem : fileProblem;
            done(why.isEmpty() ? Result<std::optional<QString>>(std::nullopt)
                               : Result<std::optional<QString>>(Error{why}));
        };
        if (!mayAskKeyring()) {
            if (late && m_hanging > 0 && !m_notAsked.contains(account)) {
                m_notAsked << account;
            }
            without(whyNotAsked());
            return;
        }
        const auto onAnswer = [without, done](QKeychain::Job* job, const QString& problem) {
            const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job);
            if (read && read->error() == QKeychain::NoError) {
                done(std::optional(read->textData()));
            } else {
                without(problem);
            }
        };
        ask(std::make_unique<QKeychain::ReadPasswordJob>(service()), account, onAnswer, late);
    });
}

void SecretStore::searchForLookup(const QString& account, const Searched& done)
{
    search(account, done, [this, account](QKeychain::Job* job) {
        const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job);
        if (read && read->error() == QKeychain::NoError) {
            tellAfterAll(account, read->textData());
        }
    });
}

void SecretStore::tellAfterAll(const QString& account, const QString& password)
{
    const Result<std::optional<QString>> inFile = m_file.find(account);
    if (!inFile || !*inFile) { // else there is a newer one
        Q_EMIT foundAfterAll(account, password);
    }
}

void SecretStore::onKeyringBack()
{
    const QStringList names = std::exchange(m_notAsked, {});
    for (const QString& name : names) {
        searchForLookup(name, [this, name](const Result<std::optional<QString>>& found) {
            if (found && *found) {
                Q_EMIT foundAfterAll(name, **found);
            }
        });
    }
}

void SecretStore::lookup(const model::Account& account, const Found& done)
{
    if (!account.passwordFile.isEmpty()) {
        later([done, path = account.passwordFile] { done(readPasswordFile(path)); });
        return;
    }
    const QString name = account.name;
    searchForLookup(name, [name, done](const Result<std::optional<QString>>& found) {
        if (found && *found) {
            done(**found);
            return;
        }
        done(Error{QStringLiteral("there is no password for the account '%1'%2; store it with: "
                                  "hookswitchd --set-password %1")
                       .arg(name, inBrackets(found ? QString() : found.error().text))});
    });
}

void SecretStore::find(const QString& account, const Searched& done)
{
    search(account, [account, done](const Result<std::optional<QString>>& found) {
        done(found ? found
                   : Error{QStringLiteral("the password of '%1' could not be looked up: %2")
                               .arg(account, found.error().text)});
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
    clear(account.name, [name = account.name, done](const Result<QString>& where) {
        const bool wasNone = where && where->isEmpty();
        done(!wasNone
                 ? where
                 : Error{QStringLiteral("there is no password for the account '%1'").arg(name)});
    });
}

void SecretStore::clear(const QString& account, const Done& done)
{
    if (!mayAskKeyring()) {
        later([this, account, done, why = whyNotAsked()] { clearFile(account, false, why, done); });
        return;
    }
    // Deleting what is not there succeeds in some keyrings and not in others: look first.
    ask(std::make_unique<QKeychain::ReadPasswordJob>(service()), account,
        [this, account, done](QKeychain::Job* found, const QString& problem) {
            if (!found || found->error() != QKeychain::NoError) {
                clearFile(account, false, problem, done);
                return;
            }
            ask(std::make_unique<QKeychain::DeletePasswordJob>(service()), account,
                [this, account, done](QKeychain::Job*, const QString& why) {
                    clearFile(account, why.isEmpty(), why, done);
                });
        });
}

void SecretStore::clearFile(const QString& account, bool wasInKeyring,
                            const QString& keyringProblem, const Done& done)
{
    const Result<bool> removed = m_file.remove(account);
    const QString file = QStringLiteral("the file ") + m_file.path();
    if (!removed) {
        done(removed.error());
    } else if (wasInKeyring) {
        done(*removed ? inKeyring() + QStringLiteral(" and ") + file : inKeyring());
    } else if (!keyringProblem.isEmpty()) {
        done(Error{QStringLiteral("the password of '%1' may still be in the keyring: %2")
                       .arg(account, keyringProblem)});
    } else {
        done(*removed ? file : QString());
    }
}

} // namespace hs::engine
