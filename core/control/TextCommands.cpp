#include "control/TextCommands.h"

#include "base/Text.h"

namespace hs::control {

namespace {
constexpr int busyHere = 486;

CommandRefusal refuse(const QString& reason)
{
    return {CommandRefusal::Event::Error, reason};
}

base::Result<void, CommandRefusal> outcomeOf(const base::Result<void>& result)
{
    return result ? base::Result<void, CommandRefusal>() : refuse(result.error().text);
}

QString shown(const QString& text)
{
    return base::printable(text, 80);
}
} // namespace

TextCommands::TextCommands(call::CallControl& control, media::AudioPorts& ports, LiveCalls& calls)
    : m_control(control)
    , m_ports(ports)
    , m_calls(calls)
{
}

base::Result<void, CommandRefusal> TextCommands::run(const text::Command& command,
                                                     const model::Actor& by)
{
    return std::visit([&](const auto& each) { return run(each, by); }, command);
}

base::Result<LiveCall*> TextCommands::named(const std::optional<QString>& callId)
{
    if (callId) {
        if (LiveCall* call = m_calls.find(*callId)) {
            return call;
        }
        return base::Error{QStringLiteral("there is no call '%1'").arg(shown(*callId))};
    }
    if (LiveCall* call = m_calls.onlyOne()) {
        return call;
    }
    return base::Error{
        QStringLiteral("%1 calls are alive; say which one, with its id").arg(m_calls.size())};
}

TextCommands::Outcome TextCommands::run(const text::Dial& command, const model::Actor& by)
{
    const base::Result<model::CallId> call = m_control.dial({command.target, by});
    if (!call) {
        // A failure of ours looks like one of the far end's: programs know that event already.
        return CommandRefusal{CommandRefusal::Event::CallFailed, call.error().text};
    }
    return {};
}

TextCommands::Outcome TextCommands::run(const text::AnswerCall& command, const model::Actor& by)
{
    const base::Result<LiveCall*> call = named(command.callId);
    if (!call) {
        return refuse(call.error().text);
    }
    if (!(*call)->isRingingIn()) {
        return refuse(
            QStringLiteral("the call '%1' does not ring here").arg(shown(command.callId)));
    }
    return outcomeOf(m_control.answer((*call)->id, by));
}

TextCommands::Outcome TextCommands::run(const text::AnswerNumber& command, const model::Actor& by)
{
    const LiveCall* call = m_calls.oldestRinging(command.number);
    if (!call) {
        return refuse(QStringLiteral("no call from '%1' rings here").arg(shown(command.number)));
    }
    return outcomeOf(m_control.answer(call->id, by));
}

TextCommands::Outcome TextCommands::run(const text::Ignore& command, const model::Actor& by)
{
    const base::Result<LiveCall*> call = named(command.callId);
    if (!call) {
        return refuse(call.error().text);
    }
    if ((*call)->isRingingIn()) {
        return outcomeOf(m_control.reject((*call)->id, by, busyHere));
    }
    if ((*call)->isUnansweredOutgoing()) {
        return outcomeOf(m_control.hangUp((*call)->id, by));
    }
    return refuse(QStringLiteral("the call '%1' is answered already; HANGUP ends it")
                      .arg(shown(command.callId)));
}

TextCommands::Outcome TextCommands::run(const text::HangUp& command, const model::Actor& by)
{
    const base::Result<LiveCall*> call = named(command.callId);
    return call ? outcomeOf(m_control.hangUp((*call)->id, by)) : refuse(call.error().text);
}

TextCommands::Outcome TextCommands::run(const text::Play& command, const model::Actor&)
{
    const base::Result<LiveCall*> call = named(command.callId);
    if (!call) {
        return refuse(u"RTP: " + call.error().text);
    }
    if ((*call)->operatorOwns) {
        return refuse(
            QStringLiteral("RTP: the operator has the call '%1'").arg(shown((*call)->controlId)));
    }
    media::AudioPort* port = m_ports.find((*call)->id);
    if (!port) {
        return refuse(
            QStringLiteral("RTP: the call '%1' has no audio yet").arg(shown((*call)->controlId)));
    }
    if (command.samples.empty()) {
        return {};
    }
    const base::Result<void> played = port->play(command.samples);
    return played ? Outcome() : refuse(u"RTP: " + played.error().text);
}

} // namespace hs::control
