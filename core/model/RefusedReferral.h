// RefusedReferral: a far end asked us to call somebody else in place of its own call (REFER, RFC
// 3515), and we did not. That call goes on as if it had not asked. Thread: a value.
#pragma once

#include "model/Call.h"

namespace hs::model {

struct RefusedReferral {
    enum class Why {
        NotCallable, // no address, or none of a telephone
        NoAccount, // a number, and nobody to ask where it is
        CallsInUse, // all that max_calls allows
        Unattended // nobody listens on that call: it is the machine's
    };

    Call call; // whose far end asked
    QString target; // as it came, printable; empty: it named none
    Why why = Why::NotCallable;
};

} // namespace hs::model
