// NoticeWords: what a banner says of a notice: what is the matter with what, what follows from it,
// and what to do, with the key that changes it. Thread: GUI (pure functions).
#pragma once

#include "model/EngineStatus.h"

#include <QCoreApplication>
#include <QString>

namespace hs::ui {

class NoticeWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::NoticeWords)
public:
    static QString title(const model::Notice& notice); // one short sentence: what is the matter
    // What the sound device said, in the window's language; a sentence not known as it is.
    static QString sound(const QString& said);
    static QString remedy(const model::Notice& notice); // what follows and what to do
};

} // namespace hs::ui
