// FrameListener: a program at the daemon's WebSocket (text protocol, ?rtp=pt_hex) that holds each
// audio message against the numbered frame that is due in its call. It can dial too, and speaks
// voiceSamples() into the calls that it dialled. Thread: the one that it is moved to.
#pragma once

#include "NumberedFrame.h"
#include "base/Endpoint.h"

#include <QHash>
#include <QWebSocket>

#include <unordered_map>

namespace hs::bench {

struct ListenerReport {
    std::uint64_t frames = 0;
    std::uint64_t skipped = 0; // numbers that were skipped
    std::uint64_t twiceOrLate = 0;
    std::uint64_t wrong = 0; // no numbered frame, or of another payload type
    std::unordered_map<std::uint32_t, std::uint32_t> nextByCall; // the packet that would be due
    QStringList complaints; // errors, failed calls, a lost connection
};

class FrameListener : public QObject {
    Q_OBJECT
public:
    void open(const base::Endpoint& server);
    bool isOpen() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }
    void send(const QString& command) { m_socket->sendTextMessage(command); }
    // What is said into calls that it dials, as commands' arguments.
    void setVoice(const QStringList& base64) { m_voice = base64; }
    const ListenerReport& report() const { return m_report; }
    void close();

private:
    void take(const QString& message);
    void takeFrame(QStringView argument);
    void takeEvent(const QString& message);

    std::unique_ptr<QWebSocket> m_socket;
    QStringList m_voice;
    QHash<QString, QString> m_dialled; // Call-ID to number
    ListenerReport m_report;
};

} // namespace hs::bench
