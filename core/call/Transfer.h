// Transfer: how a far end is to be asked to call somebody else (RFC 3515, RFC 5589): where to, in
// which order, and what follows. Thread: a value.
#pragma once

#include "sip/message/NameAddr.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace hs::call {

struct Transfer {
    QList<sip::NameAddr> targets; // the next one if one leads nowhere
    QString words; // whom the operator named
    // In place of the others where the target does not know Replaces (420).
    std::optional<sip::NameAddr> withoutReplaces{};
    std::function<void()> connected{}; // they have each other
    sip::NameAddr asked{}; // the target that is asked for now
    int timesPending = 0; // that it was answered 491
};

} // namespace hs::call
