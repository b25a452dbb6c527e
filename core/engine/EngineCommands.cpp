#include "engine/EngineCommands.h"

#include "engine/AccountListing.h"
#include "engine/CommandRunner.h"
#include "engine/DigitsAwaited.h"

#include <QDateTime>

namespace hs::engine {

namespace {
CommandResult listedAccounts(EngineCore& core)
{
    CommandResult result;
    for (const model::AccountState& state : core.accounts()->accounts().states()) {
        result.accounts << listedAccount(state);
    }
    return result;
}

// With the call named that a digit is for, whoever comes meanwhile.
Command withCallOf(const call::CallControl& calls, Command command)
{
    if (command.verb == Command::Verb::Dtmf) {
        const base::Result<model::CallId> meant = callMeant(calls, command);
        command.id = meant ? *meant : command.id;
    }
    return command;
}
} // namespace

void runCommand(EngineCore& core, const Command& given, const model::Actor& by,
                const std::function<void(const CommandResult&)>& reply)
{
    if (!core.calls()) {
        reply({CommandResult::Kind::Elsewhere,
               QStringLiteral("the console has no telephone line: see its banner"),
               {}});
        return;
    }
    if (given.verb == Command::Verb::Accounts) {
        reply(listedAccounts(core));
        return;
    }
    call::CallManager& calls = *core.calls();
    const Command command = withCallOf(calls, given);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (command.verb != Command::Verb::Dtmf) {
        const CommandResult result = runCommand(calls, command, by, now);
        core.tellStatus();
        reply(result);
        return;
    }
    const auto before = calls.find(command.id).value_or(model::Call()).digitsSent.size();
    const CommandResult result = runCommand(calls, command, by, now);
    if (result.kind == CommandResult::Kind::Done) {
        new DigitsAwaited(calls, core.scheduler(), command, before, reply);
    } else {
        reply(result);
    }
}

} // namespace hs::engine
