// MediaWords: the operator's words for how a call sounds: who hears nothing and since when, and the
// quality as a word and a number (mean opinion score, 1.0 to 4.5). Thread: GUI (pure functions).
#pragma once

#include "model/Call.h"
#include "ui/theme/Palettes.h"

#include <QCoreApplication>
#include <QString>

namespace hs::ui {

class MediaWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::MediaWords)
public:
    struct Trouble {
        QString text; // a sentence; empty: there is none
        QString brief; // in a few words, where there is little room
        QString icon;
        Tone tone = Tone::Bad;
    };
    static Trouble trouble(const model::Call& call, qint64 now);
    // That the codec chosen last is not spoken, and why; empty: it is.
    static QString codecProblem(const model::Call& call);
    // Nothing comes in from the far end that should: its score is one of former days.
    static bool hearsNothing(const model::Call& call, qint64 now);
    static constexpr qint64 noAudioAfterMs = 4000; // from the answer on

    // Of a score in hundredths: "excellent" (above 4.2), "good", "fair", "poor", "bad"; empty for
    // none.
    static QString quality(qint32 mosCentis);
    static QString score(qint32 mosCentis); // "4.2", empty for none
    static Tone tone(qint32 mosCentis);
    // The one to show: of the last seconds, or of the whole call once it has ended.
    static qint32 mosReceived(const model::Call& call);
    static qint32 mosSent(const model::Call& call);
    // "Quality good 4.1", "they hear good 4.0", "loss 0.3 %", "jitter 4 ms", "round trip 38 ms";
    // what is not known, or no longer so, is left out.
    static QStringList figures(const model::Call& call);
};

} // namespace hs::ui
