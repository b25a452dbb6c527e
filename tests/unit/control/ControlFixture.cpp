#include "ControlFixture.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>
#include <QUrl>

#include <utility>

namespace hs::test {

bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds most)
{
    const QDeadlineTimer deadline(most);
    QTimer wake; // so that the deadline is seen where nothing happens
    wake.start(std::chrono::seconds(1));
    while (!condition()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

TextClient::TextClient()
{
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                     [this](const QString& message) { messages.append(message); });
    QObject::connect(&socket, &QWebSocket::pong, &socket, [this] { ++pongs; });
}

bool TextClient::connectTo(const base::Endpoint& endpoint, const QString& pathAndQuery)
{
    bool failed = false;
    QObject connecting;
    QObject::connect(&socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error),
                     &connecting, [&failed] { failed = true; });
    socket.open(
        QUrl(QStringLiteral("ws://") + QString::fromLatin1(endpoint.toString()) + pathAndQuery));
    const bool known = waitUntil([&] { return socket.isValid() || failed; });
    return known && socket.isValid();
}

bool TextClient::catchUp()
{
    const int before = pongs;
    socket.ping();
    return waitUntil([&] { return pongs > before; });
}

bool TextClient::waitForClose()
{
    return waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
}

QStringList TextClient::take()
{
    return std::exchange(messages, {});
}

QString TextClient::name() const
{
    return QString::fromLatin1(
        base::Endpoint(base::IpAddress::fromQt(socket.localAddress()), socket.localPort())
            .toString());
}

bool RawClient::connectTo(const base::Endpoint& endpoint)
{
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                     [this] { received += socket.readAll(); });
    socket.connectToHost(endpoint.address().toQt(), endpoint.port());
    return waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
}

bool RawClient::fallAsleep(const base::Endpoint& endpoint, const QByteArray& target)
{
    if (!connectTo(endpoint)) {
        return false;
    }
    QObject::disconnect(&socket, &QTcpSocket::readyRead, nullptr, nullptr);
    socket.setReadBufferSize(1);
    socket.write(handshake(endpoint, target));
    return true;
}

void RawClient::wakeUp()
{
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                     [this] { received += socket.readAll(); });
    socket.setReadBufferSize(0);
    received += socket.readAll();
}

QByteArray RawClient::request(const QByteArray& bytes)
{
    socket.write(bytes);
    waitForEnd();
    return received;
}

bool RawClient::waitForBytes(qsizetype count)
{
    return waitUntil([&] { return received.size() >= count; });
}

bool RawClient::waitForEnd()
{
    return waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
}

QByteArray maskedFrame(const QByteArray& payload, quint8 firstByte)
{
    QByteArray frame;
    frame += static_cast<char>(firstByte);
    frame += static_cast<char>(0x80 | payload.size());
    const QByteArray mask("\x11\x22\x33\x44", 4);
    frame += mask;
    for (qsizetype i = 0; i < payload.size(); ++i) {
        frame += static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    return frame;
}

QByteArray handshake(const base::Endpoint& endpoint, const QByteArray& target,
                     const QByteArray& more)
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + endpoint.toString()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + more + "\r\n";
}

control::ControlSettings ControlFixture::onLoopback()
{
    control::ControlSettings settings;
    settings.listen = {{base::IpAddress::loopbackV4(), 0}};
    return settings;
}

ControlFixture::ControlFixture(const control::ControlSettings& settings)
    : server(calls, ports, settings, scheduler)
{
    listening = server.listen().ok();
}

bool ControlFixture::connect(TextClient& client, const QString& pathAndQuery)
{
    const qsizetype before = server.clients().size();
    // The client hears of its 101 before the server's event loop is back.
    return client.connectTo(endpoint(), pathAndQuery)
        && waitUntil([&] { return server.clients().size() > before; });
}

bool ControlFixture::connectAsleep(RawClient& client)
{
    const qsizetype before = server.clients().size();
    return client.fallAsleep(endpoint())
        && waitUntil([&] { return server.clients().size() > before; });
}

quint64 ControlFixture::clientId(const TextClient& client) const
{
    const QList<model::Client> all = server.clients();
    for (const model::Client& each : all) {
        if (each.name == client.name()) {
            return each.id;
        }
    }
    return 0;
}

} // namespace hs::test
