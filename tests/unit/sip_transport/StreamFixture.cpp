#include "StreamFixture.h"

#include "sip/message/MessageFactory.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QTimer>

namespace hs::test {

bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds most)
{
    const QDeadlineTimer deadline(most);
    QTimer wake; // so that the deadline is seen where nothing happens
    wake.start(std::chrono::milliseconds(200));
    while (!condition()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

RawPeer::RawPeer(std::unique_ptr<QTcpSocket> given)
    : socket(std::move(given))
{
    socket->setProxy(QNetworkProxy::NoProxy);
    QObject::connect(socket.get(), &QTcpSocket::readyRead, socket.get(),
                     [this] { received += socket->readAll(); });
    if (socket->isOpen()) {
        received += socket->readAll();
    }
}

bool RawPeer::connectTo(std::uint16_t port)
{
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return waitUntil([this] { return socket->state() == QAbstractSocket::ConnectedState; });
}

void RawPeer::send(const QByteArray& bytes)
{
    socket->write(bytes);
    socket->flush();
}

bool RawPeer::waitFor(const QByteArray& text)
{
    return waitUntil([&] { return received.contains(text); });
}

bool RawPeer::waitForEnd()
{
    return waitUntil([this] { return socket->state() == QAbstractSocket::UnconnectedState; });
}

RawServer::RawServer()
{
    server.setProxy(QNetworkProxy::NoProxy);
    server.listen(QHostAddress(QHostAddress::LocalHost), 0);
}

std::unique_ptr<RawPeer> RawServer::accept()
{
    if (!waitUntil([this] { return server.hasPendingConnections(); })) {
        return nullptr;
    }
    std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
    socket->setParent(nullptr);
    return std::make_unique<RawPeer>(std::move(socket));
}

base::Endpoint RawServer::endpoint() const
{
    return {base::IpAddress::loopbackV4(), server.serverPort()};
}

sip::Hop RawServer::hop(sip::TransportKind kind) const
{
    sip::Hop hop;
    hop.remote = endpoint();
    hop.kind = kind;
    return hop;
}

StreamFixture::StreamFixture(const sip::TlsCredentials& tls)
    : streams({sockets, scheduler, random}, {base::IpAddress::loopbackV4(), false, true, 5062, {}},
              tls)
{
    streams.setReceiver(this);
    [[maybe_unused]] const auto listening =
        streams.listen(sip::TransportKind::Tcp, {base::IpAddress::loopbackV4(), 0});
}

StreamFixture::~StreamFixture()
{
    streams.setReceiver(nullptr);
}

bool StreamFixture::send(const QByteArray& bytes, const sip::Hop& to)
{
    return streams.send(bytes, to, [this](const QString& why) { failures.append(why); });
}

void StreamFixture::advance(base::Duration by)
{
    for (base::Duration left = by; left > base::Duration(0); left -= std::chrono::seconds(1)) {
        scheduler.advance(std::min<base::Duration>(left, std::chrono::seconds(1)));
        QCoreApplication::processEvents();
    }
}

bool StreamFixture::waitForRequests(qsizetype count)
{
    return waitUntil([&] { return requests.size() >= count; });
}

void StreamFixture::onRequest(sip::ParsedRequest&& request, const sip::Hop& from)
{
    requests.append(std::move(request));
    hops.append(from);
}

void StreamFixture::onResponse(sip::Response&& response, const sip::Hop& from)
{
    responses.append(std::move(response));
    hops.append(from);
}

void StreamFixture::onUnreadable(const base::Endpoint&, const QByteArray& why)
{
    unreadable.append(why);
}

void StreamFixture::onConnectionClosed(const sip::Hop&, const QString& why)
{
    closed.append(why);
}

QByteArray optionsOf(const QByteArray& callId, std::uint16_t port)
{
    return "OPTIONS sip:100@127.0.0.1 SIP/2.0\r\n"
           "Via: SIP/2.0/TCP 127.0.0.1:"
        + QByteArray::number(port) + ";branch=z9hG4bK-" + callId
        + "\r\n"
          "Max-Forwards: 70\r\n"
          "From: <sip:a@example.com>;tag=1\r\n"
          "To: <sip:100@127.0.0.1>\r\n"
          "Call-ID: "
        + callId
        + "\r\n"
          "CSeq: 1 OPTIONS\r\n"
          "Content-Length: 0\r\n\r\n";
}

QByteArray okTo(const QByteArray& request)
{
    const sip::Parsed parsed = sip::parseDatagram(request);
    return sip::makeResponse(std::get<sip::ParsedRequest>(parsed).request, 200).toBytes();
}

} // namespace hs::test
