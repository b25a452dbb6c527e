#include "control/TextSession.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "control/ControlLimits.h"

#include <algorithm>

namespace hs::control {

using base::lcControl;

namespace {
qint64 backlogWith(qint64 audioBacklog)
{
    return limits::backlogBytes - limits::audioBacklogBytes + audioBacklog;
}
} // namespace

std::optional<QString> TextSession::refuse(const HttpRequest& request)
{
    const std::optional<QByteArray> rtp = request.queryValue("rtp");
    if (rtp && !text::audioFormFromWord(*rtp)) {
        return QStringLiteral("rtp=%1 is no form of audio; there are hex, pt_hex, base64 and off.")
            .arg(base::printable(QByteArrayView(*rtp), 40));
    }
    const std::optional<QByteArray> call = request.queryValue("call");
    if (call && call->isEmpty()) {
        return QStringLiteral("call= names no call; leave it out to hear all of them.");
    }
    return std::nullopt;
}

TextSession::TextSession(quint64 id, UpgradedClient client, base::Scheduler& scheduler)
    : m_socket(std::move(client.socket))
    , m_scheduler(scheduler)
    , m_audioBacklog(limits::audioBacklogBytes)
    , m_backlog(limits::backlogBytes)
{
    m_info.id = id;
    m_info.name = QString::fromLatin1(client.peer.toString());
    m_info.protocol = QStringLiteral("text");
    m_info.userAgent = base::printable(client.request.value("user-agent"), 120);
    m_info.connectedAt = base::toUnixMs(scheduler.clock().wall());
    if (const std::optional<QByteArray> rtp = client.request.queryValue("rtp")) {
        m_audioForm = text::audioFormFromWord(*rtp).value_or(text::AudioForm::Hex);
    }
    m_onlyCall = QString::fromUtf8(client.request.queryValue("call").value_or(QByteArray()));
    m_lastProgress = m_lastHeard = m_lastPing = now();

    m_socket->setMaxAllowedIncomingMessageSize(limits::messageBytes);
    m_socket->setMaxAllowedIncomingFrameSize(limits::messageBytes);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &TextSession::receive);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray& message) {
                m_info.bytesIn += static_cast<quint64>(message.size());
                sendError(QStringLiteral("a binary message; commands are text messages"));
            });
    connect(m_socket.get(), &QWebSocket::pong, this, [this](quint64, const QByteArray& payload) {
        m_info.bytesIn += static_cast<quint64>(payload.size());
        m_lastHeard = now();
    });
    connect(m_socket.get(), &QWebSocket::bytesWritten, this,
            [this](qint64 bytes) { m_info.bytesOut += static_cast<quint64>(bytes); });
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] {
        if (!m_gone) {
            m_gone = m_closing = true;
            Q_EMIT gone();
        }
    });
    // Qt answers pings by itself; their pongs count as unread like everything else.
    connect(client.transport, &QTcpSocket::readyRead, this, &TextSession::checkBacklog);
}

TextSession::~TextSession()
{
    m_socket->disconnect(this); // it says goodbye, to what is half gone by then
}

model::Client TextSession::info() const
{
    model::Client info = m_info;
    info.queuedBytes = m_socket->bytesToWrite();
    return info;
}

void TextSession::receive(const QString& message)
{
    m_info.bytesIn += static_cast<quint64>(message.size());
    if (m_closing) {
        return;
    }
    m_lastHeard = now();
    Q_EMIT messageReceived(this, message);
}

void TextSession::sendEvent(const QString& event)
{
    checkBacklog();
    if (!m_closing) {
        m_socket->sendTextMessage(event);
    }
}

void TextSession::sendError(const QString& reason)
{
    using namespace std::chrono_literals;
    if (now() - m_errorSecond >= 1s) {
        m_errorSecond = now();
        m_errors = 0;
    }
    ++m_errors;
    if (m_errors < limits::errorsPerSecond) {
        sendEvent(text::error(reason));
    } else if (m_errors == limits::errorsPerSecond) {
        qCWarning(lcControl).noquote()
            << QStringLiteral("client %1 sends many wrong commands; one of them: %2")
                   .arg(name(), reason);
        sendEvent(text::error(QStringLiteral("too many errors; no more is said of those within "
                                             "this second")));
    }
}

void TextSession::setCallsHeard(qint64 calls)
{
    m_audioBacklog = std::max(limits::audioBacklogBytes, calls * limits::audioBacklogBytesPerCall);
    m_backlog = std::max(m_backlog, backlogWith(m_audioBacklog));
}

void TextSession::sendAudio(const QString& message)
{
    if (m_closing) {
        return;
    }
    if (m_socket->bytesToWrite() > m_audioBacklog) {
        ++m_info.framesDropped;
        return;
    }
    m_socket->sendTextMessage(message);
}

void TextSession::checkBacklog()
{
    if (!m_closing && m_socket->bytesToWrite() > m_backlog) {
        dropSlow(QStringLiteral("it left %1 bytes unread").arg(m_socket->bytesToWrite()));
    }
}

void TextSession::dropSlow(const QString& why)
{
    qCWarning(lcControl).noquote()
        << QStringLiteral("client %1 is disconnected: %2").arg(name(), why);
    close(CloseCode::SlowClient, why);
}

void TextSession::close(CloseCode code, const QString& reason)
{
    if (m_closing) {
        return;
    }
    m_closing = true;
    m_abort = m_scheduler.after(limits::closeGrace, [this] { abort(); });
    closeWith(*m_socket, code, reason);
}

void TextSession::abort()
{
    m_socket->abort();
}

void TextSession::tick()
{
    if (m_closing) {
        return;
    }
    if (m_socket->bytesToWrite() <= limits::backlogBytes) {
        m_backlog = backlogWith(m_audioBacklog);
    }
    if (m_socket->bytesToWrite() == 0 || m_info.bytesOut != m_bytesOutAtTick) {
        m_lastProgress = now();
        m_bytesOutAtTick = m_info.bytesOut;
    }
    if (now() - m_lastProgress >= limits::stallTime) {
        dropSlow(QStringLiteral("it has read nothing for %1 s").arg(limits::stallTime.count()));
    } else if (now() - m_lastHeard >= limits::silenceTime) {
        dropSlow(
            QStringLiteral("it has not answered a ping for %1 s").arg(limits::silenceTime.count()));
    } else if (now() - m_lastPing >= limits::pingInterval) {
        m_lastPing = now();
        m_socket->ping(QByteArrayLiteral("alive?"));
    }
}

} // namespace hs::control
