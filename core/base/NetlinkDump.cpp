#include "base/NetlinkDump.h"

#include <array>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

namespace hs::base {

namespace {
constexpr std::size_t largestPart = 65536; // the kernel makes them as large as the reader's buffer

// The header is as large for all kinds, of which each has the family first.
struct Request {
    nlmsghdr header{};
    rtmsg message{};
};

bool readParts(int socket, const std::function<void(const nlmsghdr*)>& each)
{
    std::vector<nlmsghdr> buffer(largestPart / sizeof(nlmsghdr)); // for its alignment
    const ssize_t size = ::recv(socket, buffer.data(), buffer.size() * sizeof(nlmsghdr), 0);
    if (size <= 0) {
        return false;
    }
    auto left = static_cast<unsigned>(size);
    for (const nlmsghdr* header = buffer.data(); NLMSG_OK(header, left);
         header = NLMSG_NEXT(header, left)) {
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
            return false;
        }
        each(header);
    }
    return true;
}
} // namespace

void dumpNetlink(std::uint16_t request, unsigned char family,
                 const std::function<void(const nlmsghdr*)>& each)
{
    const int socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (socket < 0) {
        return;
    }
    const timeval most{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    Request asked;
    asked.header.nlmsg_len = sizeof asked;
    asked.header.nlmsg_type = request;
    asked.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    asked.message.rtm_family = family;
    if (::send(socket, &asked, sizeof asked, 0) == ssize_t(sizeof asked)) {
        while (readParts(socket, each)) { }
    }
    ::close(socket);
}

} // namespace hs::base
