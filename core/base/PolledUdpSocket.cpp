#include "base/PolledUdpSocket.h"

#include "base/QtSocketFactory.h"

#include <QUdpSocket>
#include <QVariant>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hs::base {

namespace {
constexpr int receiveBufferBytes = 256 << 10; // a second and more of one call
constexpr std::size_t batch = 16;
constexpr int expeditedForwarding = 0xb8; // DSCP 46, RFC 3246 and RFC 4594 telephony
} // namespace

Result<std::unique_ptr<DatagramSocket>> PolledUdpSocket::bind(const Endpoint& local)
{
    QUdpSocket binder;
    const Result<void> bound = bindUdp(binder, local, receiveBufferBytes);
    if (!bound) {
        return bound.error();
    }
    binder.setSocketOption(QAbstractSocket::TypeOfServiceOption, expeditedForwarding);
    std::unique_ptr<PolledUdpSocket> socket(new PolledUdpSocket);
    socket->m_local = Endpoint(IpAddress::fromQt(binder.localAddress()), binder.localPort());
    socket->m_descriptor = ::fcntl(static_cast<int>(binder.socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    if (socket->m_descriptor < 0) {
        return Error{QStringLiteral("UDP %1: %2")
                         .arg(QString::fromLatin1(local.toString()),
                              QString::fromLocal8Bit(std::strerror(errno)))};
    }
    return std::unique_ptr<DatagramSocket>(std::move(socket));
}

PolledUdpSocket::~PolledUdpSocket()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

std::size_t PolledUdpSocket::receive(std::span<IncomingDatagram> datagrams)
{
    std::array<mmsghdr, batch> headers{};
    std::array<iovec, batch> vectors;
    std::array<sockaddr_storage, batch> sources;
    const std::size_t wanted = std::min(batch, datagrams.size());
    for (std::size_t i = 0; i < wanted; ++i) {
        vectors[i] = {datagrams[i].buffer.data(), datagrams[i].buffer.size()};
        headers[i].msg_hdr.msg_iov = &vectors[i];
        headers[i].msg_hdr.msg_iovlen = 1;
        headers[i].msg_hdr.msg_name = &sources[i];
        headers[i].msg_hdr.msg_namelen = sizeof sources[i];
    }
    const int got = ::recvmmsg(m_descriptor, headers.data(), static_cast<unsigned>(wanted),
                               MSG_DONTWAIT, nullptr);
    if (got <= 0) {
        return 0;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
        datagrams[i].size = headers[i].msg_len;
        datagrams[i].truncated = (headers[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
        datagrams[i].source = Endpoint::fromSockaddr(sources[i]);
        datagrams[i].destination = m_local.address();
    }
    return static_cast<std::size_t>(got);
}

std::size_t PolledUdpSocket::send(std::span<const OutgoingDatagram> datagrams)
{
    for (const OutgoingDatagram& outgoing : datagrams) {
        sockaddr_storage to;
        const unsigned length = outgoing.destination.toSockaddr(to);
        ::sendto(m_descriptor, outgoing.bytes.data(), outgoing.bytes.size(),
                 MSG_DONTWAIT | MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to), length);
    }
    return datagrams.size();
}

} // namespace hs::base
