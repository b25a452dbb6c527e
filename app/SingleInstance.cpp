#include "app/SingleInstance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDebug>
#include <QLocalSocket>
#include <QStandardPaths>

namespace hs::app {

namespace {
constexpr int patienceMs = 1000; // a first console that hangs is no reason to open none
constexpr qint64 mostBytes = 64 * 1024;
} // namespace

SingleInstance::SingleInstance(const QString& databasePath)
    // In the user's own folder: nobody else can take the name.
    : m_name(QStringLiteral("%1/hookswitch-%2")
                 .arg(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation),
                      QString::fromLatin1(
                          QCryptographicHash::hash(databasePath.toUtf8(), QCryptographicHash::Sha1)
                              .toHex()
                              .first(16))))
{
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::takeConnection);
}

bool SingleInstance::handOver(const QStringList& arguments)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(patienceMs)) {
        return false;
    }
    QDataStream stream(&socket);
    stream << arguments;
    socket.flush();
    // A stopped process has its connections accepted by the system all the same: its word counts.
    return socket.waitForReadyRead(patienceMs);
}

void SingleInstance::listen()
{
    QLocalServer::removeServer(m_name); // left over from a crash: nobody answered there
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(m_name)) {
        qWarning().noquote() << "a second console will not find this one:"
                             << m_server.errorString();
    }
}

void SingleInstance::takeConnection()
{
    QLocalSocket* socket = m_server.nextPendingConnection();
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (socket->bytesAvailable() > mostBytes) {
            socket->abort();
            return;
        }
        QDataStream stream(socket);
        stream.startTransaction();
        QStringList arguments;
        stream >> arguments;
        if (stream.commitTransaction()) {
            socket->write("ok");
            socket->disconnectFromServer();
            Q_EMIT handedOver(arguments);
        }
    });
}

} // namespace hs::app
