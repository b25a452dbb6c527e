// UndeliveredQueue: what the network reports (ICMP) of the datagrams that a UDP socket sent: the
// error queue of ip(7), IP_RECVERR. Whoever turns it on has to live with its errors: any call on
// the socket may fail once with one of them, which concerns an earlier datagram, not this one.
// Thread: the socket's.
#pragma once

#include "base/DatagramSocket.h"

#include <vector>

namespace hs::base::UndeliveredQueue {

struct Entry {
    Endpoint destination;
    Undelivered what = Undelivered::NoWay;
};

void turnOn(int descriptor, IpAddress::Family family);
// Takes what waits, or the first few hundred of it; the socket's pending error goes with it.
std::vector<Entry> take(int descriptor);

} // namespace hs::base::UndeliveredQueue
