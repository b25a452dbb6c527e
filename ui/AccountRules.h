// AccountRules: what is wrong with what was typed into a field of an account, in plain words, for
// the label below the field. The rules are the configuration file's. Thread: GUI (pure functions).
#pragma once

#include "model/Account.h"

#include <QCoreApplication>
#include <QString>

namespace hs::ui {

class AccountRules {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::AccountRules)
public:
    // `key` is one of the file ("domain", "busy_lamps"). Takes the text into the account if nothing
    // is wrong with it; an empty one sets nothing.
    static QString apply(model::Account& account, const char* key, const QString& text);
    static QString applyName(model::Account& account, const QString& text,
                             const QStringList& taken);

private:
    static QString problem(const QString& key);
};

} // namespace hs::ui
