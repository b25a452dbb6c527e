// TextSession: one client of the text protocol, its WebSocket and what it has not read yet. A
// client that does not read loses audio first, then its connection; nobody waits for it. Thread:
// core. Signals may come from within any function that sends; who receives gone() must not destroy
// the session before the event loop has run.
#pragma once

#include "base/Scheduler.h"
#include "control/CloseCodes.h"
#include "control/TextProtocol.h"
#include "control/WebSocketService.h"
#include "model/Client.h"

#include <memory>

namespace hs::control {

class TextSession final : public QObject {
    Q_OBJECT
public:
    TextSession(quint64 id, UpgradedClient client, base::Scheduler& scheduler);
    ~TextSession() override;

    // Words for a 400 where ?rtp= or ?call= make no sense.
    static std::optional<QString> refuse(const HttpRequest& request);

    quint64 id() const { return m_info.id; }
    const QString& name() const { return m_info.name; }
    text::AudioForm audioForm() const { return m_audioForm; }
    bool hears(const QString& callId) const { return m_onlyCall.isEmpty() || m_onlyCall == callId; }
    model::Client info() const;
    bool isGone() const { return m_gone; }

    void sendEvent(const QString& event);
    // ERROR; at most limits::errorsPerSecond, the rest of the second nothing.
    void sendError(const QString& reason);
    // What may be unread grows with them: after any delay the frames of all come at once.
    void setCallsHeard(qint64 calls);
    // Left out, and counted, while the client is behind.
    void sendAudio(const QString& message);

    void close(CloseCode code, const QString& reason);
    void abort();
    // To be called every second: progress, ping, silence.
    void tick();

Q_SIGNALS:
    void messageReceived(hs::control::TextSession* from, const QString& message);
    void gone(); // once

private:
    void receive(const QString& message);
    void checkBacklog();
    void dropSlow(const QString& why);
    base::TimePoint now() const { return m_scheduler.clock().now(); }

    std::unique_ptr<QWebSocket> m_socket;
    base::Scheduler& m_scheduler;
    model::Client m_info;
    text::AudioForm m_audioForm = text::AudioForm::Hex;
    QString m_onlyCall; // empty: all
    qint64 m_audioBacklog; // bytes; above: audio is left out
    qint64 m_backlog; // above: disconnected; not lowered while calls' audio is still unread

    bool m_closing = false;
    bool m_gone = false;
    base::Timer m_abort;

    quint64 m_bytesOutAtTick = 0;
    base::TimePoint m_lastProgress;
    base::TimePoint m_lastHeard;
    base::TimePoint m_lastPing;
    base::TimePoint m_errorSecond;
    int m_errors = 0;
};

} // namespace hs::control
