#include "base/QtSocketFactory.h"

#include "base/EventedUdpSocket.h"
#include "base/PolledUdpSocket.h"

#include <QNetworkProxy>
#include <QUdpSocket>
#include <QVariant>

namespace hs::base {

Result<std::unique_ptr<NotifyingDatagramSocket>>
QtSocketFactory::bindNotifying(const Endpoint& local)
{
    return EventedUdpSocket::bind(local);
}

Result<std::unique_ptr<DatagramSocket>> QtSocketFactory::bindPolled(const Endpoint& local)
{
    return PolledUdpSocket::bind(local);
}

IpAddress QtSocketFactory::localAddressFor(const IpAddress& remote)
{
    // Connecting a UDP socket sends nothing; it makes the kernel look up the route.
    QUdpSocket probe;
    probe.setProxy(QNetworkProxy::NoProxy);
    probe.connectToHost(remote.toQt(), 9);
    if (probe.state() != QAbstractSocket::ConnectedState && !probe.waitForConnected(0)) {
        return {};
    }
    return IpAddress::fromQt(probe.localAddress());
}

Result<void> bindUdp(QUdpSocket& socket, const Endpoint& local, int receiveBufferBytes)
{
    socket.setProxy(QNetworkProxy::NoProxy);
    if (!socket.bind(local.address().toQt(), local.port(), QAbstractSocket::DontShareAddress)) {
        return Error{QStringLiteral("UDP %1: %2")
                         .arg(QString::fromLatin1(local.toString()), socket.errorString())};
    }
    socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, receiveBufferBytes);
    return {};
}

} // namespace hs::base
