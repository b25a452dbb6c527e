// SubscriptionEnd: what it means that a server refuses a subscription, ends it or is silent (RFC
// 6665 sections 4.1.2 and 4.1.3): a sentence, and when another one may be tried. Thread: pure
// functions.
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "sip/message/Message.h"

#include <QString>

namespace hs::sip {

struct SubscriptionEnd {
    enum class Retry {
        AtOnce, // it moved, or only ran out
        Later, // after a back-off, or as long as the server says
        MuchLater // it will hardly change: asking again each minute helps nobody
    };
    Retry retry = Retry::Later;
    QString problem{}; // a sentence
    std::optional<std::uint32_t> serverSeconds{}; // Retry-After
    bool isPassword = false;
    int code = 0; // of the response; 0: it was none of a response

    // Until the next try, after that many failures in a row.
    base::Duration wait(int failures, base::Random& random) const;

    // `what` is whom we watch, as a person would call it. `problem` is that of the challenge, if
    // there was one.
    static SubscriptionEnd ofResponse(const Response& response, const QByteArray& event,
                                      const QString& what, const QString& problem);
    // Of a NOTIFY whose Subscription-State is terminated, with its parameters.
    static SubscriptionEnd ofState(const Params& state, const QString& what);
};

} // namespace hs::sip
