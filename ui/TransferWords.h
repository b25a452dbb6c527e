// TransferWords: how the transfer of a call goes (RFC 3515), and where a call came from and for
// whom it is, in the operator's words. Thread: GUI (pure functions).
#pragma once

#include "model/RefusedReferral.h"
#include "ui/theme/Palettes.h"

#include <QCoreApplication>
#include <QString>

namespace hs::ui {

class TransferWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::TransferWords)
public:
    struct Progress {
        QString text; // "Transfer to 200: ringing"; empty: there is none
        QString icon;
        Tone tone = Tone::Normal;
    };
    static Progress progress(const model::Call& call);
    // Of a far end that wanted to transfer us: who, to whom, why not, and what goes on.
    static QString refused(const model::RefusedReferral& referral);
    // A SIP status as people know it: "486 Busy Here".
    static QString status(int code);

    // "for 022600 via office"; what is not known is left out.
    static QString whoseCall(const model::Call& call);
    // Who led it here: "diverted by 201", "transferred by 201"; empty: nobody did.
    static QString origin(const model::Call& call);
};

} // namespace hs::ui
