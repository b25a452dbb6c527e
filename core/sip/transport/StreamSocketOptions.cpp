#include "sip/transport/StreamSocketOptions.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace hs::sip {

namespace {
void set(int descriptor, int level, int option, int value)
{
    // One that a system does not know is no loss.
    [[maybe_unused]] const int done = ::setsockopt(descriptor, level, option, &value, sizeof value);
}
} // namespace

void setStreamOptions(qintptr descriptor)
{
    const int socket = static_cast<int>(descriptor);
    set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, 10);
    set(socket, IPPROTO_TCP, TCP_KEEPCNT, 3);
    // What nobody acknowledges for so long breaks the connection: the time a transaction waits.
    set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, 32'000);
}

} // namespace hs::sip
