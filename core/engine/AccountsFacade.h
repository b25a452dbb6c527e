// AccountsFacade: where this telephone is known, as the window sees it: accounts, the extensions
// that they watch, texts that came in. Commands return at once; what comes of them arrives as a
// signal. Thread: the GUI thread, for every call and every signal.
#pragma once

#include "model/Account.h"
#include "model/TextMessage.h"

#include <QObject>

namespace hs::engine {

class AccountsFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QList<model::AccountState> states() const = 0; // the last ones told
    virtual QList<model::Account> accounts() const = 0; // as configured
    // In order of choice, of all calls but those of accounts that have their own; empty: all.
    virtual QStringList codecs() const = 0;
    // Adds the account, or changes the one that has that name or had the former one; takes effect
    // at once. An empty password leaves that of the account as it is.
    virtual void save(const model::Account& account, const QString& formerName,
                      const QString& password) = 0;
    virtual void remove(const QString& name) = 0;
    virtual void setRegistered(const QString& name, bool registered) = 0; // until the next start
    virtual void pickUp(const QString& account, const QString& extension) = 0; // a ringing lamp's
    virtual void queryMessages(int limit) = 0; // the newest texts in the log

Q_SIGNALS:
    void statesChanged(const QList<hs::model::AccountState>& states);
    void lampsChanged(const QList<hs::model::BusyLamp>& lamps); // all there are
    void messageReceived(const hs::model::TextMessage& message);
    void messagesListed(const QList<hs::model::TextMessage>& messages); // newest first
    void refused(const QString& reason); // what was asked could not be done: one sentence
};

} // namespace hs::engine
