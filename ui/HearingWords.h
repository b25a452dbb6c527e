// HearingWords: in a sentence or two, who hears whom on a call now. Claims no more than the figures
// show: that they hear us only where their reports say so. Thread: GUI (pure functions).
#pragma once

#include "model/Call.h"
#include "ui/theme/Palettes.h"

#include <QCoreApplication>

namespace hs::ui {

class HearingWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::HearingWords)
public:
    struct Sentence {
        QString text; // never empty
        Tone tone = Tone::Normal;
    };
    static Sentence sentence(const model::Call& call, qint64 now);

private:
    static QString theyHear(const model::Call& call, qint64 now);
    static QString weHear(const model::Call& call, qint64 now);
    static QString whoIsOnOurSide(const model::Call& call);
};

} // namespace hs::ui
