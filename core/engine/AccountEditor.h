// AccountEditor: one change of the accounts that someone asked for while the engine runs: writes it
// to the configuration file, its password to where passwords are kept, and puts it in force. A
// child of the core, gone once it is done. Errors are sentences for whoever asked; what could be
// done is done all the same (an account stays changed although its password could not be stored).
// Thread: core.
#pragma once

#include "engine/EngineCore.h"

namespace hs::engine {

class AccountEditor final : public QObject {
    Q_OBJECT
public:
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

    void storePassword();
    void movePassword();
    void finish(const QString& problem);
    const model::Account* before() const; // null: it is a new one
    static QString refusal(const EngineCore& core, const QString& file, const Change& change);

    EngineCore& m_core;
    Change m_change;
    Done m_done;
    SecretStore m_secrets;
};

} // namespace hs::engine
