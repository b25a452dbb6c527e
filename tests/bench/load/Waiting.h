// Waiting in the event loop of this thread: for a time, or until something is so.
#pragma once

#include <functional>

namespace hs::bench {

void wait(int ms);
// False if it is not so within that time.
bool waitUntil(const std::function<bool()>& holds, int mostMs);

} // namespace hs::bench
