// loopbackOf: this machine as itself knows it: 127.0.0.1 or ::1. What is said to be our address where
// there is none that others could reach. Thread: pure.
#pragma once

#include "base/Endpoint.h"

namespace hs::base {

inline IpAddress loopbackOf(IpAddress::Family family)
{
    return family == IpAddress::Family::V6 ? *IpAddress::parse("::1") : IpAddress::loopbackV4();
}

} // namespace hs::base
