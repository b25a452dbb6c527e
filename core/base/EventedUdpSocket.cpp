#include "base/EventedUdpSocket.h"

#include "base/QtSocketFactory.h"

#include <QUdpSocket>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hs::base {

namespace {
constexpr int receiveBufferBytes = 4 << 20; // a burst of some thousand INVITEs
// How often a call is made again that fails: with reports of earlier datagrams, as a rule one.
constexpr int mostTries = 4;
constexpr std::size_t mostReports = 1024; // that wait to be told

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

void askForDestinations(int descriptor, IpAddress::Family family)
{
    const int yes = 1;
    if (family == IpAddress::Family::V6) {
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, &yes, sizeof yes);
    } else {
        ::setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &yes, sizeof yes);
    }
}

IpAddress destinationIn(msghdr& header)
{
    for (cmsghdr* each = CMSG_FIRSTHDR(&header); each; each = CMSG_NXTHDR(&header, each)) {
        if (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
            in_pktinfo info;
            std::memcpy(&info, CMSG_DATA(each), sizeof info);
            return IpAddress::v4(ntohl(info.ipi_addr.s_addr));
        }
        if (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info;
            std::memcpy(&info, CMSG_DATA(each), sizeof info);
            sockaddr_in6 in6{};
            in6.sin6_family = AF_INET6;
            in6.sin6_addr = info.ipi6_addr;
            in6.sin6_scope_id = info.ipi6_ifindex;
            sockaddr_storage storage{};
            std::memcpy(&storage, &in6, sizeof in6);
            return Endpoint::fromSockaddr(storage).address();
        }
    }
    return {};
}

ssize_t sendFrom(int descriptor, const OutgoingDatagram& outgoing)
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
    return ::sendmsg(descriptor, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool isForWantOfRoom(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS || error == ENOMEM;
}
} // namespace

EventedUdpSocket::EventedUdpSocket(int descriptor, const Endpoint& local)
    : m_descriptor(descriptor)
    , m_local(local)
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    const IpAddress::Family family = local.address().family();
    askForDestinations(m_descriptor, family);
    UndeliveredQueue::turnOn(m_descriptor, family);
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        takeReports(); // they wake it as well as what can be read
        const auto readable = m_readable; // which may destroy this socket
        readable();
    });
}

EventedUdpSocket::~EventedUdpSocket()
{
    m_notifier.setEnabled(false);
    ::close(m_descriptor);
}

Result<std::unique_ptr<NotifyingDatagramSocket>> EventedUdpSocket::bind(const Endpoint& local)
{
    QUdpSocket binder;
    const Result<void> bound = bindUdp(binder, local, receiveBufferBytes);
    if (!bound) {
        return bound.error();
    }
    const int descriptor = ::fcntl(static_cast<int>(binder.socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) {
        return Error{QStringLiteral("UDP %1: %2")
                         .arg(QString::fromLatin1(local.toString()),
                              QString::fromLocal8Bit(std::strerror(errno)))};
    }
    const Endpoint at(IpAddress::fromQt(binder.localAddress()), binder.localPort());
    return std::unique_ptr<NotifyingDatagramSocket>(new EventedUdpSocket(descriptor, at));
}

std::size_t EventedUdpSocket::receive(std::span<IncomingDatagram> datagrams)
{
    std::size_t count = 0;
    while (count < datagrams.size() && receiveOne(datagrams[count])) {
        ++count;
    }
    return count;
}

bool EventedUdpSocket::receiveOne(IncomingDatagram& slot)
{
    for (int i = 0; i < mostTries; ++i) {
        sockaddr_storage source{};
        iovec vector{slot.buffer.data(), slot.buffer.size()};
        alignas(cmsghdr) std::array<char, 256> control{};
        msghdr header{};
        header.msg_name = &source;
        header.msg_namelen = sizeof source;
        header.msg_iov = &vector;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        const ssize_t size = ::recvmsg(m_descriptor, &header, MSG_DONTWAIT);
        if (size >= 0) {
            slot.size = static_cast<std::size_t>(size);
            slot.truncated = (header.msg_flags & MSG_TRUNC) != 0;
            slot.source = Endpoint::fromSockaddr(source);
            slot.destination = destinationIn(header);
            return true;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return false;
        }
        takeReports(); // one of them was the reason; what waits behind it is still to be read
    }
    return false;
}

std::size_t EventedUdpSocket::send(std::span<const OutgoingDatagram> datagrams)
{
    return static_cast<std::size_t>(
        std::count_if(datagrams.begin(), datagrams.end(),
                      [this](const OutgoingDatagram& outgoing) { return sendOne(outgoing); }));
}

bool EventedUdpSocket::sendOne(const OutgoingDatagram& outgoing)
{
    int error = 0;
    for (int i = 0; i < mostTries; ++i) {
        if (sendFrom(m_descriptor, outgoing) >= 0) {
            return true;
        }
        error = errno;
        if (isForWantOfRoom(error)) {
            return true; // lost, as UDP may lose it anywhere
        }
        takeReports(); // one of an earlier datagram may have been the reason
    }
    return error == EINTR || error == ECONNREFUSED;
}

void EventedUdpSocket::takeReports()
{
    for (UndeliveredQueue::Entry& report : UndeliveredQueue::take(m_descriptor)) {
        if (m_reports.size() >= mostReports) {
            return;
        }
        if (m_reports.empty()) {
            QMetaObject::invokeMethod(
                this, [this] { tellReports(); }, Qt::QueuedConnection);
        }
        m_reports.push_back(std::move(report));
    }
}

void EventedUdpSocket::tellReports()
{
    // Copies: who is told may send, and get more of them, or be rid of this socket.
    const auto reports = std::exchange(m_reports, {});
    const auto undelivered = m_undelivered;
    for (const UndeliveredQueue::Entry& report : reports) {
        if (undelivered) {
            undelivered(report.destination, report.what);
        }
    }
}

Endpoint EventedUdpSocket::localEndpoint() const
{
    return m_local;
}

int EventedUdpSocket::descriptor() const
{
    return m_descriptor;
}

void EventedUdpSocket::setReadable(std::function<void()> readable)
{
    m_readable = std::move(readable);
    m_notifier.setEnabled(bool(m_readable)); // or it would wake the loop again and again for nobody
}

void EventedUdpSocket::setUndelivered(std::function<void(const Endpoint&, Undelivered)> undelivered)
{
    m_undelivered = std::move(undelivered);
}

} // namespace hs::base
