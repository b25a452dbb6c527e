// TextServer: the text protocol at "/": its clients, and the events that calls make for them. Every
// client gets every event, but for what is said to the one that dialled. Each call has exactly one
// ending; the events of one call keep their order.
// Thread: core.
#pragma once

#include "control/AudioFanout.h"
#include "control/ControlSettings.h"
#include "control/LiveCalls.h"
#include "control/TextCommands.h"
#include "control/TextSession.h"
#include "control/WebSocketService.h"

namespace hs::control {

class TextServer final : public QObject, public WebSocketService {
    Q_OBJECT
public:
    TextServer(call::CallControl& control, media::AudioPorts& ports,
               const ControlSettings& settings, base::Scheduler& scheduler);
    ~TextServer() override;

    std::optional<HttpResponse> refuse(const HttpRequest& request) const override;
    void accept(UpgradedClient client) override;
    std::size_t clientCount() const override { return m_sessions.size(); }

    QList<model::Client> clients() const; // in the order in which they came
    void disconnectClient(quint64 id);
    void disconnectAll(); // because we stop

Q_SIGNALS:
    void clientsChanged(); // one came or went

private:
    void onAdded(const model::Call& call);
    void onChanged(const model::Call& call, const model::Call& before);
    void onEstablished(const model::Call& call);
    void onEnded(const model::Call& call);

    void obey(TextSession& session, const QString& message);
    void sendToAll(const QString& event);
    void sendTo(quint64 client, const QString& event);
    TextSession* find(quint64 client) const;
    bool isAudible(const LiveCall& call) const;
    void sweep();
    void updateListeners();
    void tick();

    call::CallControl& m_control;
    bool m_legacyRingingEvent;
    bool m_clientsHearOperator;
    base::Scheduler& m_scheduler;
    LiveCalls m_calls;
    TextCommands m_commands;
    AudioFanout m_fanout;
    std::vector<std::unique_ptr<TextSession>> m_sessions;
    quint64 m_lastId = 0;
    base::Timer m_tick;
};

} // namespace hs::control
