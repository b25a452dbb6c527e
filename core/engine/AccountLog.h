// AccountLog: what the log is told of accounts: that one registers or why it does not, how many
// messages wait, how the extensions are that it watches. Only what has changed. Thread: a value.
#pragma once

#include "model/Account.h"

#include <QHash>

namespace hs::engine {

class AccountLog {
public:
    struct Line {
        QString text; // a sentence
        bool isProblem = false;

        friend bool operator==(const Line&, const Line&) = default;
    };

    QList<Line> linesOf(const model::AccountState& state, qint64 now); // UTC ms
    QList<Line> linesOf(const QList<model::BusyLamp>& lamps); // all there are
    void forget(const QString& account) { m_states.remove(account); }

private:
    QHash<QString, model::AccountState> m_states; // by name, as they were told last
    QList<model::BusyLamp> m_lamps;
};

} // namespace hs::engine
