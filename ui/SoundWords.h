// SoundWords: what there is to say of the operator's sound devices. Thread: GUI, as everything that
// is translated.
#pragma once

#include "model/SoundSettings.h"

#include <QCoreApplication>

namespace hs::ui {

class SoundWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::SoundWords)
public:
    // "The speaker "X" is gone; you hear "Y" meanwhile."
    static QString sentence(const model::SoundChange& change);
    // A country's name by its code; the code itself for one that is not known.
    static QString country(const QString& code);
    // "65 %"
    static QString percent(int percent);
};

} // namespace hs::ui
