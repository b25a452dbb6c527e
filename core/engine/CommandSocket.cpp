#include "engine/CommandSocket.h"

#include "engine/EngineLock.h"

#include <QCryptographicHash>
#include <QFile>
#include <QStandardPaths>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hs::engine {

namespace {
constexpr qsizetype longestPath = sizeof(sockaddr_un::sun_path) - 1;
} // namespace

QString commandSocketPath(const QString& databasePath, CommandPeer peer)
{
    const QString program =
        peer == CommandPeer::Console ? QStringLiteral("hookswitch") : QStringLiteral("hookswitchd");
    const QString database = EngineLock::fileOf(databasePath);
    const QString beside = QStringLiteral("%1.%2.sock").arg(database, program);
    if (QFile::encodeName(beside).size() <= longestPath) {
        return beside;
    }
    const QByteArray hash =
        QCryptographicHash::hash(database.toUtf8(), QCryptographicHash::Sha1).toHex().first(16);
    return QStringLiteral("%1/%2-%3.sock")
        .arg(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation), program,
             QString::fromLatin1(hash));
}

bool isTrustedPeer(qintptr socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return false;
    }
    return peer.uid == ::geteuid() || peer.uid == 0 || ::geteuid() == 0;
}

} // namespace hs::engine
