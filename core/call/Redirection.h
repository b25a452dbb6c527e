// Redirection: where a 3xx sends a call (RFC 3261 section 21.3): the Contacts that can be called,
// the best first. Thread: pure functions.
#pragma once

#include "sip/message/Message.h"

namespace hs::call {

// sip, sips and tel only, without headers, each once, ordered by q; at most ten.
QList<sip::Uri> redirectionTargets(const sip::Response& response);

} // namespace hs::call
