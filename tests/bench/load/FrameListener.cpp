#include "FrameListener.h"

#include <QUrl>

namespace hs::bench {

void FrameListener::open(const base::Endpoint& server)
{
    m_socket = std::make_unique<QWebSocket>();
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &FrameListener::take);
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] {
        m_report.complaints << QStringLiteral("disconnected: %1 %2")
                                   .arg(m_socket->closeCode())
                                   .arg(m_socket->closeReason());
    });
    m_socket->open(
        QUrl(QStringLiteral("ws://%1/?rtp=pt_hex").arg(QString::fromLatin1(server.toString()))));
}

void FrameListener::close()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.reset();
    }
}

void FrameListener::take(const QString& message)
{
    if (message.startsWith(u"RTP:")) {
        takeFrame(QStringView(message).mid(4));
    } else {
        takeEvent(message);
    }
}

void FrameListener::takeFrame(QStringView argument)
{
    ++m_report.frames;
    const QByteArray bytes = QByteArray::fromHex(argument.mid(3).toLatin1());
    const auto number = readNumberedFrame({reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                                           static_cast<std::size_t>(bytes.size())});
    if (!argument.startsWith(u"8##") || !number) {
        ++m_report.wrong;
        return;
    }
    std::uint32_t& due = m_report.nextByCall[number->call];
    if (number->packet < due) {
        ++m_report.twiceOrLate;
        return;
    }
    m_report.skipped += number->packet - due;
    due = number->packet + 1;
}

void FrameListener::takeEvent(const QString& message)
{
    const qsizetype colon = message.indexOf(u':');
    const QString name = message.left(colon);
    const QString argument = message.mid(colon + 1);
    if (name == u"DIALING") {
        const qsizetype mark = argument.lastIndexOf(u"##");
        m_dialled.insert(argument.mid(mark + 2), argument.left(mark));
    } else if (name == u"CALL_ANS" && m_dialled.contains(argument)) {
        for (const QString& piece : std::as_const(m_voice)) {
            send(QStringLiteral("RTP:%1##%2").arg(argument, piece));
        }
    } else if (name == u"ERROR" || name == u"CALL_FAILED") {
        m_report.complaints << message.left(200);
    }
}

} // namespace hs::bench
