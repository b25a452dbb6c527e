#include "engine/EngineCommands.h"

#include "engine/AccountListing.h"
#include "engine/CommandRunner.h"

#include <QDateTime>

namespace hs::engine {

CommandResult runCommand(EngineCore& core, const Command& command, const model::Actor& by)
{
    if (!core.calls()) {
        return {CommandResult::Kind::Elsewhere,
                QStringLiteral("the console has no telephone line: see its banner"),
                {}};
    }
    if (command.verb == Command::Verb::Accounts) {
        CommandResult result;
        for (const model::AccountState& state : core.accounts()->accounts().states()) {
            result.accounts << listedAccount(state);
        }
        return result;
    }
    const CommandResult result =
        runCommand(*core.calls(), command, by, QDateTime::currentMSecsSinceEpoch());
    core.tellStatus();
    return result;
}

} // namespace hs::engine
