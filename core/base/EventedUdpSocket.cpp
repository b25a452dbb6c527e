#include "base/EventedUdpSocket.h"

#include "base/QtSocketFactory.h"

#include <QNetworkDatagram>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace hs::base {

namespace {
constexpr int receiveBufferBytes = 4 << 20; // a burst of some thousand INVITEs

// QNetworkDatagram::setSender() of Qt 6.4 fills the wrong field of in_pktinfo for IPv4 (ipi_addr
// instead of ipi_spec_dst), so that the route chose the source after all. Hence our own sendmsg.
void addSource(msghdr& header, const IpAddress& source)
{
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    if (source.family() == IpAddress::Family::V4) {
        in_pktinfo info{};
        info.ipi_spec_dst.s_addr = htonl(source.toV4());
        *control = {CMSG_LEN(sizeof info), IPPROTO_IP, IP_PKTINFO};
        std::memcpy(CMSG_DATA(control), &info, sizeof info);
        header.msg_controllen = CMSG_SPACE(sizeof info);
    } else {
        sockaddr_storage storage;
        Endpoint(source, 0).toSockaddr(storage);
        sockaddr_in6 in6;
        std::memcpy(&in6, &storage, sizeof in6);
        in6_pktinfo info{};
        info.ipi6_addr = in6.sin6_addr;
        *control = {CMSG_LEN(sizeof info), IPPROTO_IPV6, IPV6_PKTINFO};
        std::memcpy(CMSG_DATA(control), &info, sizeof info);
        header.msg_controllen = CMSG_SPACE(sizeof info);
    }
}

bool sendFrom(int descriptor, const OutgoingDatagram& outgoing)
{
    sockaddr_storage to;
    iovec vector{const_cast<std::byte*>(outgoing.bytes.data()), outgoing.bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in6_pktinfo))> control{};
    msghdr header{};
    header.msg_name = &to;
    header.msg_namelen = outgoing.destination.toSockaddr(to);
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    if (!outgoing.source.isNull()) {
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        addSource(header, outgoing.source);
    }
    if (::sendmsg(descriptor, &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) {
        return true;
    }
    // ECONNREFUSED is the ICMP error of an earlier datagram, which may have gone elsewhere.
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS || errno == ENOMEM
        || errno == EINTR || errno == ECONNREFUSED;
}
} // namespace

EventedUdpSocket::EventedUdpSocket()
{
    connect(&m_socket, &QUdpSocket::readyRead, this, [this] {
        if (m_readable) {
            m_readable();
        }
    });
}

Result<std::unique_ptr<NotifyingDatagramSocket>> EventedUdpSocket::bind(const Endpoint& local)
{
    std::unique_ptr<EventedUdpSocket> socket(new EventedUdpSocket);
    const Result<void> bound = bindUdp(socket->m_socket, local, receiveBufferBytes);
    if (!bound) {
        return bound.error();
    }
    return std::unique_ptr<NotifyingDatagramSocket>(std::move(socket));
}

std::size_t EventedUdpSocket::receive(std::span<IncomingDatagram> datagrams)
{
    std::size_t count = 0;
    while (count < datagrams.size() && m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram received = m_socket.receiveDatagram();
        if (!received.isValid()) {
            continue; // an ICMP error of an earlier send, consumed
        }
        IncomingDatagram& slot = datagrams[count++];
        const QByteArray data = received.data();
        const auto size = static_cast<std::size_t>(data.size());
        slot.size = std::min(size, slot.buffer.size());
        slot.truncated = slot.size < size;
        if (slot.size > 0) {
            std::memcpy(slot.buffer.data(), data.constData(), slot.size);
        }
        slot.source = Endpoint(IpAddress::fromQt(received.senderAddress()),
                               static_cast<std::uint16_t>(received.senderPort()));
        slot.destination = IpAddress::fromQt(received.destinationAddress());
    }
    return count;
}

std::size_t EventedUdpSocket::send(std::span<const OutgoingDatagram> datagrams)
{
    return static_cast<std::size_t>(
        std::count_if(datagrams.begin(), datagrams.end(), [this](const OutgoingDatagram& outgoing) {
            return sendFrom(descriptor(), outgoing);
        }));
}

Endpoint EventedUdpSocket::localEndpoint() const
{
    return Endpoint(IpAddress::fromQt(m_socket.localAddress()), m_socket.localPort());
}

int EventedUdpSocket::descriptor() const
{
    return static_cast<int>(m_socket.socketDescriptor());
}

void EventedUdpSocket::setReadable(std::function<void()> readable)
{
    m_readable = std::move(readable);
}

} // namespace hs::base
