#include "engine/CommandServer.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QTimer>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
constexpr qsizetype mostConnections = 32;
constexpr auto longestSilence = std::chrono::seconds(5);
constexpr auto longestRun = std::chrono::seconds(10);
} // namespace

CommandServer::CommandServer(const QString& path, Run run, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_run(std::move(run))
{
    connect(&m_server, &QLocalServer::newConnection, this, &CommandServer::takeConnection);
}

Result<void> CommandServer::listen()
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QLocalServer::removeServer(m_path); // left over from a crash
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(m_path)) {
        return Error{QStringLiteral("commands can't be taken at '%1': %2; --list and the like will "
                                    "not find this instance")
                         .arg(m_path, m_server.errorString())};
    }
    return {};
}

void CommandServer::takeConnection()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        if (m_sockets.size() >= mostConnections || !isTrustedPeer(socket->socketDescriptor())) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        const quint64 id = ++m_lastId;
        m_sockets.insert(id, socket);
        socket->setReadBufferSize(Command::mostBytes + 1);
        connect(socket, &QLocalSocket::disconnected, this, [this, id, socket] {
            m_sockets.remove(id);
            socket->deleteLater();
        });
        connect(socket, &QLocalSocket::readyRead, this, [this, id] { read(id); });
        QTimer::singleShot(longestSilence, socket, [this, id, socket] {
            if (!socket->property("asked").toBool()) {
                answer(id, CommandResult::refused(QStringLiteral("no command came")));
            }
        });
        read(id);
    }
}

void CommandServer::read(quint64 id)
{
    QLocalSocket* socket = m_sockets.value(id);
    if (!socket || socket->property("asked").toBool()) {
        return; // one command for each connection
    }
    const bool isWhole = socket->canReadLine();
    if (!isWhole && socket->bytesAvailable() <= Command::mostBytes) {
        return;
    }
    socket->setProperty("asked", true);
    if (!isWhole) {
        answer(id, CommandResult::refused(QStringLiteral("the command is too long")));
        return;
    }
    const Result<Command> command = Command::fromJson(socket->readLine(Command::mostBytes + 1));
    if (!command) {
        answer(id, CommandResult::refused(command.error().text));
        return;
    }
    if (command->validUntilMs != 0 && command->validUntilMs < uptimeMs()) {
        answer(id, CommandResult::refused(QStringLiteral("the command comes too late")));
        return;
    }
    QTimer::singleShot(longestRun + timeToDo(*command), socket, [this, id] {
        answer(id, CommandResult::refused(QStringLiteral("the engine does not answer")));
    });
    m_run(*command, [this, id](const CommandResult& result) {
        m_mailbox.post([this, id, result] { answer(id, result); });
    });
}

void CommandServer::answer(quint64 id, const CommandResult& result)
{
    if (QLocalSocket* socket = m_sockets.value(id)) {
        m_sockets.remove(id);
        socket->write(result.toJson());
        socket->disconnectFromServer(); // once that is written
        QTimer::singleShot(longestSilence, socket, [socket] { socket->abort(); });
    }
}

} // namespace hs::engine
