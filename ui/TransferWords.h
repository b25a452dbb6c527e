// TransferWords: how the transfer of a call goes (RFC 3515), and where a call came from and for
// whom it is, in the operator's words. Thread: GUI (pure functions).
#pragma once

#include "model/Call.h"
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
    // A SIP status as people know it: "486 Busy Here".
    static QString status(int code);

    // "for 022600 via office"; what is not known is left out.
    static QString whoseCall(const model::Call& call);
    static QString diverted(const model::Call& call); // "diverted by 201", empty for none
};

} // namespace hs::ui
