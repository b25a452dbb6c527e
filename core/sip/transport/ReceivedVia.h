// ReceivedVia: what the top Via of a request that arrived is to say of where it came from (RFC 3261
// section 18.2.1, RFC 3581 section 4). Thread: a pure function.
#pragma once

#include "base/Endpoint.h"
#include "sip/message/Message.h"

namespace hs::sip {

// A received or rport value that the peer wrote itself does not survive. False: there is no Via.
bool noteSource(Request& request, const base::Endpoint& source);

} // namespace hs::sip
