// LoopbackYardstick: what the bare packets of calls cost on this machine: each of 50 a second sent
// and received once over loopback by plain send() and recv(), on the grid, with nothing done to
// them. Other figures are told as multiples of it, so that machines can be compared.
#pragma once

namespace hs::bench {

// ms of this thread's CPU time for each call-second. Takes that many seconds; 20 ms of PCMA.
double loopbackMs(int calls, int seconds);

} // namespace hs::bench
