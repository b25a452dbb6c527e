#include "app/CommandMode.h"

#include "app/ProgramStart.h"
#include "engine/AccountListing.h"
#include "engine/CallListing.h"
#include "engine/CommandClient.h"

#include <QJsonDocument>

#include <cstdio>

namespace hs::app {

using engine::Command;
using engine::CommandResult;
using engine::Configuration;

namespace {
void printResult(const CommandResult& result, const Configuration& configuration)
{
    const Command& command = *configuration.command;
    const auto list = [&configuration](const QJsonArray& listed,
                                       QString (*table)(const QJsonArray&)) {
        print(stdout,
              configuration.json ? QString::fromUtf8(QJsonDocument(listed).toJson())
                                 : table(listed));
    };
    if (command.verb == Command::Verb::List) {
        list(result.calls, engine::callTable);
    } else if (command.verb == Command::Verb::Accounts) {
        list(result.accounts, engine::accountTable);
    } else if (!command.isLink && !result.text.isEmpty()) {
        print(stdout, result.text + u'\n');
    }
}
} // namespace

std::optional<int> runCommandMode(const Configuration& configuration, Configuration::Face face)
{
    const QString program = programName(face);
    const Command& command = *configuration.command;
    const auto result = engine::sendToEngine(configuration.settings.database, command);
    if (!result) {
        if (command.verb == Command::Verb::Call && face == Configuration::Face::Console) {
            return std::nullopt;
        }
        print(
            stderr,
            QStringLiteral("%1: no instance answers that works with the call log '%2'; start one, "
                           "or name its call log with --db\n")
                .arg(program, configuration.settings.database));
        return 4;
    }
    if (result->kind == CommandResult::Kind::Done) {
        printResult(*result, configuration);
        return 0;
    }
    print(stderr, QStringLiteral("%1: %2\n").arg(program, result->text));
    return 1;
}

} // namespace hs::app
