// ShortCalls: what a call's beginning and end cost: calls that are hung up as soon as they are
// established, one after the other at a steady rate.
#pragma once

#include "DaemonProcess.h"
#include "FarAgent.h"

namespace hs::bench {

// Prints the daemon's CPU time for each call. False if one of them failed.
bool measureShortCalls(int calls, DaemonProcess& daemon, FarAgent& agent);

} // namespace hs::bench
