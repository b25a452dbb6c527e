// TouchMessage: uses a parsed message in every way there is: each accessor, each list, the messages
// that follow from it, and the way over the wire once more. For fuzzers and mutation tests.
#pragma once

#include "sip/message/Parser.h"

namespace hs::test {

// Empty if all went well, else what did not hold: "the response to it does not parse".
QByteArray touchMessage(const QByteArray& datagram);

} // namespace hs::test
