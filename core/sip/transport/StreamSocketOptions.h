// StreamSocketOptions: what every SIP connection asks of the system's TCP: no waiting for more to
// send, and to find out within a minute or so that the far end is gone. Thread: a pure function.
#pragma once

#include <QtGlobal>

namespace hs::sip {

void setStreamOptions(qintptr descriptor);

} // namespace hs::sip
