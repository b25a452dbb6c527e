// AccountEditor: one change of the accounts that someone asked for while the engine runs: writes it
// to the configuration file, puts it in force, and brings its password to where passwords are kept,
// which may take its time. A child of the core, gone once it is done. Errors are sentences for
// whoever asked; what could be done is done all the same (an account stays changed although its
// password could not be stored).
// Thread: core.
#pragma once

#include "engine/EngineCore.h"

namespace hs::engine {

class AccountEditor final : public QObject {
    Q_OBJECT
public:
    // Once it is in force, or with why it is not; again if something is the matter with the
    // password.
    using Done = std::function<void(const base::Result<void>&)>;
    struct Change {
        model::Account account;
        QString formerName; // empty: that of the account
        QString password; // empty: stays as it is
    };

    static void save(EngineCore& core, const QString& file, const Change& change, const Done& done);
    static void remove(EngineCore& core, const QString& file, const QString& name,
                       const Done& done);

private:
    AccountEditor(EngineCore& core, Change change, Done done);

    void putInForce();
    void storePassword();
    void movePassword();
    void removeFormerPassword();
    void tellPassword(); // the account, that it has another one
    void finish(const QString& problem);
    bool isRenamed() const { return m_change.formerName != m_change.account.name; }
    static QString refusal(const EngineCore& core, const QString& file, const Change& change);

    EngineCore& m_core;
    Change m_change;
    Done m_done;
    SecretStore m_secrets;
};

} // namespace hs::engine
