// StatusCode: the default reason phrases of all registered SIP response codes (the IANA registry:
// RFC 3261 section 21 and its extensions). Thread: a pure function.
#pragma once

#include <QByteArray>

namespace hs::sip {

// A code that is not registered gets the phrase of its class, the x00 code (RFC 3261 section
// 8.1.3.2); one outside 100..699 none.
QByteArray reasonPhrase(int code);

} // namespace hs::sip
