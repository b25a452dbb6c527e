// AccountWords: the operator's words for accounts, voice messages that wait and busy lamps: state
// as word, shape and tone, and the sentence behind it. Thread: GUI (pure functions).
#pragma once

#include "model/Account.h"
#include "ui/theme/Palettes.h"

#include <QCoreApplication>
#include <QString>

namespace hs::ui {

class AccountWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::AccountWords)
public:
    static QString state(const model::AccountState& state); // "Registered", "Failing"
    static QString icon(model::RegistrationState state);
    static Tone tone(model::RegistrationState state);
    // "until 14:32"; "The server ... Next try in 25 s."; often empty.
    static QString reason(const model::AccountState& account); // why it fails, and no more
    static QString detail(const model::AccountState& state, qint64 now);
    static QString sentence(const model::AccountState& account, qint64 now); // state and detail
    // All accounts in few words: "2 accounts fine", "1 of 2 accounts failing".
    static QString summary(const QList<model::AccountState>& states);
    static bool isBad(const QList<model::AccountState>& states); // one is failing

    static int newMessages(const QList<model::AccountState>& states); // of all that were told
    static QString newMessages(int count); // "3 new voice messages", empty for none

    static QString lamp(model::LampState state); // "idle", "ringing", "busy", "unknown"
    static QString lampIcon(model::LampState state);
    static Tone lampTone(model::LampState state);
};

} // namespace hs::ui
