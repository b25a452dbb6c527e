// SecretStore: the passwords of accounts: in the system's keyring where there is one (Secret
// Service, KWallet; service "hookswitch", key "account/NAME"), else in a SecretFile. An account's
// password_file goes before both. A keyring that does not answer in time, because it is locked and
// asks its owner, say, is given up for then; what it was asked may still come true.
// Errors are sentences, and never hold a password.
// Thread: that of its making, which has an event loop; all of a process's in the same one, because
// QtKeychain queues its jobs without a lock.
#pragma once

#include "engine/SecretFile.h"
#include "model/Account.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

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
    using Done = std::function<void(base::Result<QString> where)>; // "the keyring", "the file /..."

    explicit SecretStore(const Options& options, QObject* parent = nullptr);

    // That there is none is an error as well, which says how to store one.
    void lookup(const model::Account& account, const Found& done);
    void store(const model::Account& account, const QString& password, const Done& done);
    // From everywhere but the password_file.
    void remove(const model::Account& account, const Done& done);

private:
    // What is wrong with the keyring; empty if nothing is.
    using Answered = std::function<void(QKeychain::Job* job, const QString& problem)>;

    bool mayAskKeyring() const;
    void ask(std::unique_ptr<QKeychain::Job> job, const QString& account, const Answered& done);
    void later(std::function<void()> run);
    void storeInFile(const QString& account, const QString& password, const Done& done);
    void removeFromFile(const QString& account, bool wasInKeyring, const QString& keyringProblem,
                        const Done& done);

    Options m_options;
    SecretFile m_file;
    int m_hanging = 0; // jobs that the keyring has not answered in time: it is not asked meanwhile
};

} // namespace hs::engine
