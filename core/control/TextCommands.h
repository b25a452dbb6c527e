// TextCommands: carries out the text protocol's commands on the calls. Thread: core.
#pragma once

#include "call/CallControl.h"
#include "control/LiveCalls.h"
#include "control/TextProtocol.h"
#include "media/AudioPort.h"

namespace hs::control {

// What the sender is told of a command that could not be carried out.
struct CommandRefusal {
    enum class Event { Error, CallFailed };
    Event event = Event::Error;
    QString reason;
    friend bool operator==(const CommandRefusal&, const CommandRefusal&) = default;
};

class TextCommands {
public:
    TextCommands(call::CallControl& control, media::AudioPorts& ports, LiveCalls& calls);

    base::Result<void, CommandRefusal> run(const text::Command& command, const model::Actor& by);

private:
    using Outcome = base::Result<void, CommandRefusal>;

    Outcome run(const text::Dial& command, const model::Actor& by);
    Outcome run(const text::AnswerCall& command, const model::Actor& by);
    Outcome run(const text::AnswerNumber& command, const model::Actor& by);
    Outcome run(const text::Ignore& command, const model::Actor& by);
    Outcome run(const text::HangUp& command, const model::Actor& by);
    Outcome run(const text::Play& command, const model::Actor& by);
    base::Result<LiveCall*> named(const std::optional<QString>& callId);

    call::CallControl& m_control;
    media::AudioPorts& m_ports;
    LiveCalls& m_calls;
};

} // namespace hs::control
