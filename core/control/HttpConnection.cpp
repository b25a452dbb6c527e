#include "control/HttpConnection.h"

#include "control/ControlLimits.h"

namespace hs::control {

void putBack(QTcpSocket& socket, QByteArrayView bytes)
{
    for (qsizetype i = bytes.size(); i > 0; --i) {
        socket.ungetChar(bytes[i - 1]);
    }
}

HttpConnection::HttpConnection(QTcpSocket& socket, base::Scheduler& scheduler)
    : m_socket(socket)
{
    m_socket.setParent(this);
    m_socket.setReadBufferSize(limits::headBytes);
    connect(&m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(&m_socket, &QTcpSocket::disconnected, this, [this] { Q_EMIT finished(this); });
    m_deadline = scheduler.after(limits::headTime, [this] {
        m_socket.abort();
        Q_EMIT finished(this);
    });
    // What came before there was anyone to tell.
    if (m_socket.bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &HttpConnection::read, Qt::QueuedConnection);
    }
}

base::Endpoint HttpConnection::local() const
{
    return {base::IpAddress::fromQt(m_socket.localAddress()), m_socket.localPort()};
}

base::Endpoint HttpConnection::peer() const
{
    return {base::IpAddress::fromQt(m_socket.peerAddress()), m_socket.peerPort()};
}

void HttpConnection::read()
{
    if (m_answered || m_upgrading) {
        return;
    }
    const QByteArray received = m_socket.peek(limits::headBytes);
    const std::optional<qsizetype> length = headLength(received);
    if (!length) {
        if (received.size() >= limits::headBytes) {
            answer(HttpResponse::refusal(431,
                                         QStringLiteral("The request's head is longer than %1 "
                                                        "bytes.")
                                             .arg(limits::headBytes)));
        }
        return;
    }
    m_headLength = *length;
    const base::Result<HttpRequest> request =
        HttpRequest::parse(QByteArrayView(received).first(*length));
    if (!request) {
        answer(HttpResponse::refusal(400, request.error().text));
        return;
    }
    if (request->fields.size() > limits::headFields) {
        answer(HttpResponse::refusal(
            431, QStringLiteral("The request has more than %1 headers.").arg(limits::headFields)));
        return;
    }
    m_request = *request;
    Q_EMIT requestReceived(this);
}

void HttpConnection::answer(const HttpResponse& response)
{
    m_answered = true;
    m_socket.write(response.toBytes(m_request.method != QByteArrayView("HEAD")));
    m_socket.disconnectFromHost();
}

QTcpSocket& HttpConnection::beginUpgrade()
{
    m_upgrading = true;
    if (m_socket.bytesAvailable() > m_headLength) {
        const QByteArray received = m_socket.readAll();
        m_behindHead = received.sliced(m_headLength);
        putBack(m_socket, QByteArrayView(received).first(m_headLength));
    }
    // Full with what it has: the rest stays in the kernel.
    m_socket.setReadBufferSize(1);
    return m_socket;
}

} // namespace hs::control
