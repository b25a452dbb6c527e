#include "engine/CommandClient.h"

#include <QDeadlineTimer>
#include <QLocalSocket>

namespace hs::engine {

namespace {
constexpr std::chrono::milliseconds enginePatience{4000};

int left(const QDeadlineTimer& deadline)
{
    return static_cast<int>(deadline.remainingTime());
}
} // namespace

std::optional<CommandResult> sendCommand(const QString& socketPath, const Command& command,
                                         std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience + timeToDo(command));
    QLocalSocket socket;
    socket.connectToServer(socketPath);
    if (!socket.waitForConnected(left(deadline)) || !isTrustedPeer(socket.socketDescriptor())) {
        return std::nullopt;
    }
    Command timed = command;
    timed.validUntilMs = uptimeMs() + patience.count();
    socket.write(timed.toJson());
    socket.flush();
    // A stopped process has its connections accepted by the system all the same: its word counts.
    while (!socket.canReadLine() && socket.bytesAvailable() <= CommandResult::mostBytes) {
        if (!socket.waitForReadyRead(left(deadline))) {
            break;
        }
    }
    const auto result = CommandResult::fromJson(socket.readLine(CommandResult::mostBytes));
    return result ? std::optional(*result) : std::nullopt;
}

std::optional<CommandResult> sendToEngine(const QString& databasePath, const Command& command)
{
    std::optional<CommandResult> last;
    for (const CommandPeer peer : {CommandPeer::Console, CommandPeer::Daemon}) {
        const auto result =
            sendCommand(commandSocketPath(databasePath, peer), command, enginePatience);
        if (result && result->kind != CommandResult::Kind::Elsewhere) {
            return result;
        }
        last = result ? result : last;
    }
    return last;
}

} // namespace hs::engine
