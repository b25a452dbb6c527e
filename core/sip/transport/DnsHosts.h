// DnsHosts: the names of a hosts file (hosts(5)), before any DNS. Read again when it has changed.
// Thread: one, the owner's; reads a small local file.
#pragma once

#include "base/Endpoint.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

namespace hs::sip {

class DnsHosts {
public:
    // An empty path, or a file that is not there: no names but localhost.
    explicit DnsHosts(const QString& path);

    // All addresses of a name in the form of dnsName(), of both families; empty: not in there.
    QList<base::IpAddress> addressesOf(const QByteArray& name);

private:
    void reload();

    QString m_path;
    QDateTime m_readAs; // the file's time when it was read
    QHash<QByteArray, QList<base::IpAddress>> m_addresses;
};

} // namespace hs::sip
