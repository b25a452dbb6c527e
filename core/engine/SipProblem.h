// SipProblem: why SIP did not start, for the log, the exit code and the notice of a console.
// Thread: a value; asks the system who holds a port.
#pragma once

#include "sip/transport/TransportLayer.h"

namespace hs::engine {

struct SipProblem {
    int exitCode = 3; // 2: of the configuration, 3: a port
    QString text; // names address, port and key
    QString subject; // of the notice: the address
    QString detail; // who holds it, or the system's reason

    static SipProblem of(const sip::TransportFailure& failure);
};

} // namespace hs::engine
