#include "engine/PortHolder.h"

#include <QDir>
#include <QFile>
#include <QSet>

namespace hs::engine {

namespace {
constexpr int tcpListen = 0x0A;

// The inodes of the sockets that are bound to the port (proc(5), /proc/net/udp).
QSet<QByteArray> socketInodes(const QString& table, PortProtocol protocol, std::uint16_t port)
{
    QSet<QByteArray> inodes;
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly)) {
        return inodes;
    }
    file.readLine();
    while (true) {
        const QByteArray line = file.readLine();
        if (line.isEmpty()) {
            return inodes;
        }
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() < 10) {
            continue;
        }
        const QByteArray local = fields.at(1);
        const bool samePort = local.sliced(local.indexOf(':') + 1).toUShort(nullptr, 16) == port;
        const bool listens =
            protocol == PortProtocol::Udp || fields.at(3).toInt(nullptr, 16) == tcpListen;
        if (samePort && listens) {
            inodes.insert(fields.at(9));
        }
    }
}

bool holdsOneOf(const QString& processFolder, const QSet<QByteArray>& inodes)
{
    const QDir descriptors(processFolder + QStringLiteral("/fd"));
    const QStringList names =
        descriptors.entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        const QByteArray link = QFile::symLinkTarget(descriptors.filePath(name)).toLatin1();
        const qsizetype bracket = link.indexOf("socket:[");
        if (bracket >= 0) {
            const qsizetype start = bracket + 8;
            if (inodes.contains(link.sliced(start, link.indexOf(']', start) - start))) {
                return true;
            }
        }
    }
    return false;
}
} // namespace

QString portHolder(PortProtocol protocol, std::uint16_t port)
{
    const QString base = protocol == PortProtocol::Udp ? QStringLiteral("/proc/net/udp")
                                                       : QStringLiteral("/proc/net/tcp");
    const QSet<QByteArray> inodes =
        socketInodes(base, protocol, port) + socketInodes(base + u'6', protocol, port);
    if (inodes.isEmpty()) {
        return {};
    }
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes) {
        bool isNumber = false;
        process.toInt(&isNumber);
        const QString folder = QStringLiteral("/proc/") + process;
        if (isNumber && holdsOneOf(folder, inodes)) {
            QFile name(folder + QStringLiteral("/comm"));
            if (!name.open(QIODevice::ReadOnly)) {
                return QStringLiteral("process %1").arg(process);
            }
            return QStringLiteral("%1 (process %2)")
                .arg(QString::fromUtf8(name.readAll().trimmed()), process);
        }
    }
    return {};
}

} // namespace hs::engine
