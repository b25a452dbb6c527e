// dumpNetlink: what the kernel has of one kind (RTM_GETADDR, RTM_GETROUTE) and address family,
// message by message (rtnetlink(7)). Nothing comes where the system does not let it ask. Waits for
// the kernel, a second at the most. Thread: any.
#pragma once

#include <cstdint>
#include <functional>

struct nlmsghdr;

namespace hs::base {

void dumpNetlink(std::uint16_t request, unsigned char family,
                 const std::function<void(const nlmsghdr*)>& each);

} // namespace hs::base
