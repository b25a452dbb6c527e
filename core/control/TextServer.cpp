#include "control/TextServer.h"

#include "base/LogCategories.h"

#include <algorithm>

namespace hs::control {

using base::lcControl;

namespace {
constexpr int requestTerminated = 487;
constexpr int serviceUnavailable = 503;

bool isByUs(const model::Actor& actor)
{
    return actor.kind == model::ActorKind::Operator || actor.kind == model::ActorKind::Client;
}

// How a call that dialled out and had no 200 ended (RFC 3261 21): the final response, or what
// stands for it where none came.
QString failureOf(const model::Call& call)
{
    if (call.finalCode >= 300) {
        return text::callFailed(call.finalCode, call.reason);
    }
    if (isByUs(call.endedBy)) {
        return text::callFailed(requestTerminated, QStringLiteral("Request Terminated"));
    }
    return text::callFailed(serviceUnavailable, call.reason);
}
} // namespace

TextServer::TextServer(call::CallControl& control, media::AudioPorts& ports,
                       const ControlSettings& settings, base::Scheduler& scheduler)
    : m_control(control)
    , m_legacyRingingEvent(settings.legacyRingingEvent)
    , m_clientsHearOperator(settings.clientsHearOperator)
    , m_scheduler(scheduler)
    , m_commands(control, ports, m_calls)
    , m_fanout(ports)
{
    const QList<model::Call> alive = control.calls();
    for (const model::Call& call : alive) {
        LiveCall& live = m_calls.add(call);
        live.established =
            call.state == model::CallState::Active || call.state == model::CallState::Held;
        if (live.established) {
            m_fanout.open(live.id, live.controlId, isAudible(live));
        }
    }
    connect(&control, &call::CallControl::added, this, &TextServer::onAdded);
    connect(&control, &call::CallControl::changed, this, &TextServer::onChanged);
    connect(&control, &call::CallControl::established, this, &TextServer::onEstablished);
    connect(&control, &call::CallControl::ended, this, &TextServer::onEnded);
}

TextServer::~TextServer()
{
    m_fanout.setSessions({});
    for (const auto& session : m_sessions) {
        session->disconnect(this);
    }
}

std::optional<HttpResponse> TextServer::refuse(const HttpRequest& request) const
{
    const std::optional<QString> why = TextSession::refuse(request);
    return why ? std::optional(HttpResponse::refusal(400, *why)) : std::nullopt;
}

void TextServer::accept(UpgradedClient client)
{
    auto session = std::make_unique<TextSession>(++m_lastId, std::move(client), m_scheduler);
    connect(session.get(), &TextSession::messageReceived, this,
            [this](TextSession* from, const QString& message) { obey(*from, message); });
    // It may be in the middle of sending: it goes when everyone else has had his turn.
    connect(session.get(), &TextSession::gone, this, &TextServer::sweep, Qt::QueuedConnection);
    qCInfo(lcControl).noquote() << "client" << session->name() << "connected";
    m_sessions.push_back(std::move(session));
    if (!m_tick.active()) {
        m_tick = m_scheduler.after(std::chrono::seconds(1), [this] { tick(); });
    }
    updateListeners();
    Q_EMIT clientsChanged();
}

void TextServer::sweep()
{
    const auto kept = std::stable_partition(m_sessions.begin(), m_sessions.end(),
                                            [](const auto& session) { return !session->isGone(); });
    if (kept == m_sessions.end()) {
        return;
    }
    const std::vector<std::unique_ptr<TextSession>> gone(std::make_move_iterator(kept),
                                                         std::make_move_iterator(m_sessions.end()));
    m_sessions.erase(kept, m_sessions.end());
    updateListeners();
    for (const auto& session : gone) {
        qCInfo(lcControl).noquote() << "client" << session->name() << "disconnected";
    }
    Q_EMIT clientsChanged();
}

void TextServer::updateListeners()
{
    std::vector<TextSession*> sessions;
    for (const auto& session : m_sessions) {
        sessions.push_back(session.get());
    }
    m_fanout.setSessions(std::move(sessions));
}

void TextServer::tick()
{
    for (const auto& session : m_sessions) {
        session->tick();
    }
    if (!m_sessions.empty()) {
        m_tick = m_scheduler.after(std::chrono::seconds(1), [this] { tick(); });
    }
}

QList<model::Client> TextServer::clients() const
{
    QList<model::Client> result;
    for (const auto& session : m_sessions) {
        result.append(session->info());
    }
    return result;
}

void TextServer::disconnectClient(quint64 id)
{
    if (TextSession* session = find(id)) {
        session->close(CloseCode::DisconnectedByOperator,
                       QStringLiteral("disconnected by the operator"));
    }
}

void TextServer::disconnectAll()
{
    for (const auto& session : m_sessions) {
        session->close(CloseCode::GoingAway, QStringLiteral("the server stops"));
    }
}

void TextServer::obey(TextSession& session, const QString& message)
{
    const base::Result<text::Command> command = text::parse(message);
    if (!command) {
        session.sendError(command.error().text);
        return;
    }
    const auto outcome = m_commands.run(*command, model::Actor::ofClient(session.name()));
    if (outcome) {
        return;
    }
    if (outcome.error().event == CommandRefusal::Event::CallFailed) {
        session.sendEvent(text::callFailed(serviceUnavailable, outcome.error().reason));
    } else {
        session.sendError(outcome.error().reason);
    }
}

void TextServer::onAdded(const model::Call& call)
{
    LiveCall& live = m_calls.add(call);
    if (call.direction == model::Direction::Incoming) {
        sendToAll(text::ringing(call.number, call.controlId));
        return;
    }
    if (call.owner.kind == model::ActorKind::Client) {
        // By the connection, not by its name: a later one may get the same port.
        const auto dialler =
            std::find_if(m_sessions.begin(), m_sessions.end(), [&](const auto& each) {
                return !each->isGone() && each->name() == call.owner.client;
            });
        live.dialledBy = dialler == m_sessions.end() ? 0 : (*dialler)->id();
    }
    sendToAll(text::dialing(call.number, call.controlId));
}

void TextServer::onChanged(const model::Call& call, const model::Call& before)
{
    LiveCall* live = m_calls.find(call.id);
    if (!live) {
        return;
    }
    m_calls.update(*live, call);
    const bool ringsNow = (call.state == model::CallState::RingingOut && before.state != call.state)
        || (call.ringingAt != 0 && before.ringingAt == 0);
    if (call.direction == model::Direction::Outgoing && ringsNow && !live->ringingTold
        && !live->established) {
        live->ringingTold = true;
        if (m_legacyRingingEvent) {
            sendTo(live->dialledBy, text::callIgnored(live->controlId));
        }
    }
    const bool isAnswered =
        call.state == model::CallState::Active || call.state == model::CallState::Held;
    if (isAnswered && !live->established) {
        m_fanout.prepare(live->id, live->controlId, isAudible(*live));
    }
    m_fanout.setAudible(live->id, isAudible(*live));
}

void TextServer::onEstablished(const model::Call& call)
{
    LiveCall* live = m_calls.find(call.id);
    if (!live || live->established) {
        return;
    }
    m_calls.update(*live, call);
    live->established = true;
    sendToAll(text::answered(live->controlId));
    m_fanout.open(live->id, live->controlId, isAudible(*live));
}

void TextServer::onEnded(const model::Call& call)
{
    const LiveCall* found = m_calls.find(call.id);
    if (!found) {
        return;
    }
    const LiveCall live = *found;
    m_fanout.close(live.id);
    m_calls.remove(live.id);
    if (call.wasAnswered()) {
        sendToAll(text::ended(live.controlId));
    } else if (live.direction == model::Direction::Outgoing) {
        sendTo(live.dialledBy, failureOf(call));
    } else if (isByUs(call.endedBy)) {
        sendToAll(text::callIgnored(live.controlId));
    } else {
        sendToAll(text::ringIgnored(live.controlId));
    }
}

void TextServer::sendToAll(const QString& event)
{
    for (const auto& session : m_sessions) {
        session->sendEvent(event);
    }
}

void TextServer::sendTo(quint64 client, const QString& event)
{
    if (TextSession* session = find(client)) {
        session->sendEvent(event);
    }
}

TextSession* TextServer::find(quint64 client) const
{
    const auto found = std::find_if(m_sessions.begin(), m_sessions.end(),
                                    [=](const auto& each) { return each->id() == client; });
    return found == m_sessions.end() ? nullptr : found->get();
}

bool TextServer::isAudible(const LiveCall& call) const
{
    return m_clientsHearOperator || !call.operatorOwns;
}

} // namespace hs::control
