// SecretStore: the passwords of accounts: in the system's keyring where there is one (Secret
// Service, KWallet; service "hookswitch", key "account/NAME"), else in a SecretFile. An account's
// password_file goes before both. A keyring that does not answer in time, because it is locked and
// asks its owner, say, is given up for then; what it was asked may still come true, and a password
// that it finds then is told (foundAfterAll).
// Errors are sentences, and never hold a password.
// Thread: that of its making, which has an event loop; all of a process's in the same one, because
// QtKeychain queues its jobs without a lock.
#pragma once

#include "engine/SecretFile.h"
#include "model/Account.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace QKeychain {
class Job;
}

namespace hs::engine {

class SecretStore final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString file; // where the SecretFile is, or will be
        bool useKeyring = true; // if there is one
        std::chrono::milliseconds patience{5000};

        static Options standard(); // of this process's environment
    };
    // Called once, never before the function that it was given to returned; not at all once the
    // store is gone.
    using Found = std::function<void(base::Result<QString>)>;
    using Searched = std::function<void(base::Result<std::optional<QString>>)>;
    using Done = std::function<void(base::Result<QString> where)>; // "the keyring", "the file /..."

    explicit SecretStore(const Options& options, QObject* parent = nullptr);

    // That there is none is an error as well, which says how to store one.
    void lookup(const model::Account& account, const Found& done);
    // What is kept under that name, the password_file aside: nothing where there is none, an error
    // where nobody knows.
    void find(const QString& account, const Searched& done);
    void store(const model::Account& account, const QString& password, const Done& done);
    // From everywhere but the password_file.
    void remove(const model::Account& account, const Done& done);
    // The same, but that there was none is no error: an empty `where`.
    void clear(const QString& account, const Done& done);

Q_SIGNALS:
    // By a lookup() that was given up, or not even begun, because the keyring did not answer.
    void foundAfterAll(const QString& account, const QString& password);

private:
    // What is wrong with the keyring; empty if nothing is.
    using Answered = std::function<void(QKeychain::Job* job, const QString& problem)>;
    using Late = std::function<void(QKeychain::Job* job)>;

    bool mayAskKeyring() const;
    QString whyNotAsked() const;
    void ask(std::unique_ptr<QKeychain::Job> job, const QString& account, const Answered& done,
             const Late& late = {});
    void later(std::function<void()> run);
    // The error is what hindered it, without a sentence around.
    void search(const QString& account, const Searched& done, const Late& late = {});
    void searchForLookup(const QString& account, const Searched& done);
    void tellAfterAll(const QString& account, const QString& password);
    void onKeyringBack();
    void storeInFile(const QString& account, const QString& password, const Done& done);
    void clearFile(const QString& account, bool wasInKeyring, const QString& keyringProblem,
                   const Done& done);

    Options m_options;
    SecretFile m_file;
    int m_hanging = 0; // jobs that the keyring has not answered in time: it is not asked meanwhile
    QStringList m_notAsked; // whose passwords were looked up then
};

} // namespace hs::engine
