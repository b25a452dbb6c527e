#include "app/SingleInstance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QLocalSocket>

namespace hs::app {

namespace {
constexpr int patienceMs = 1000; // a first console that hangs is no reason to open none
constexpr qint64 mostBytes = 64 * 1024;
}

SingleInstance::SingleInstance(const QString& databasePath)
    : m_name(QStringLiteral("hookswitch-%1")
                 .arg(QString::fromLatin1(
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
    return socket.waitForBytesWritten(patienceMs) || socket.bytesToWrite() == 0;
}

void SingleInstance::listen()
{
    QLocalServer::removeServer(m_name); // left over from a crash: nobody answered there
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.listen(m_name);
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
            Q_EMIT handedOver(arguments);
            socket->disconnectFromServer();
        }
    });
}

} // namespace hs::app
