// CallerFacts: what an INVITE says of the call beside its media: who calls, for whom it was at
// first, and whether it wants to be answered at once (RFC 3325, RFC 5806, RFC 7044, RFC 5373, and
// what telephones have made of Call-Info and Alert-Info). Thread: pure functions.
#pragma once

#include "sip/message/Message.h"

#include <QString>

#include <chrono>

namespace hs::call {

struct CallerFacts {
    sip::NameAddr caller; // whom to show
    QString displayName;
    QString divertedBy; // number of whom the caller had called; empty: it came straight
    bool isAnonymous = false;
};

// P-Asserted-Identity and Remote-Party-ID count only from a server that we trust.
CallerFacts readCaller(const sip::Request& invite, bool trusted);

// Who a later message of a trusted server says is at the far end: a response to our INVITE, or a
// request within the dialog.
std::optional<sip::NameAddr> connectedParty(const sip::Message& message);

// After how long it asks to be answered without anybody's doing; nothing if it does not.
std::optional<std::chrono::seconds> autoAnswerWish(const sip::Request& invite);

} // namespace hs::call
