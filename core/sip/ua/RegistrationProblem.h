// RegistrationProblem: why a server does not register us, as a sentence for people: what it means,
// with the code for whoever looks it up, and what to do about it. What a server writes is untrusted
// and made printable. Thread: pure functions.
#pragma once

#include "sip/message/Message.h"
#include "sip/transport/Transport.h"

#include <QString>

namespace hs::sip {

struct RegistrationProblem {
    // A final response, 3xx to 6xx; challenges that can't be answered have a sentence of their own
    // (ChallengedRequest).
    static QString ofRefusal(const Response& response, const Uri& addressOfRecord);
    // "pbx.example (192.0.2.9:5060)": `server` as it was configured, and where that was tried.
    static QString ofSilence(const Uri& server, const Hop& tried);
};

} // namespace hs::sip
