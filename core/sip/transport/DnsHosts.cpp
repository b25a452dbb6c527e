#include "sip/transport/DnsHosts.h"

#include "sip/transport/DnsName.h"

#include <QFile>
#include <QFileInfo>

namespace hs::sip {

namespace {
constexpr qint64 mostBytes =
    1 << 20; // lists of blocked hosts get this long, but name no SIP server
constexpr qsizetype mostAddresses = 16; // of one name
} // namespace

DnsHosts::DnsHosts(const QString& path)
    : m_path(path)
{
}

void DnsHosts::reload()
{
    const QDateTime modified = m_path.isEmpty() ? QDateTime() : QFileInfo(m_path).lastModified();
    if (modified == m_readAs) {
        return;
    }
    m_readAs = modified;
    m_addresses.clear();
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    for (const QByteArray& line : file.read(mostBytes).split('\n')) {
        const QList<QByteArray> words = line.split('#').first().simplified().split(' ');
        const auto address = base::IpAddress::parse(words.first());
        for (qsizetype i = 1; address && i < words.size(); ++i) {
            if (const auto name = dnsName(words.at(i))) {
                auto& known = m_addresses[*name];
                if (known.size() < mostAddresses && !known.contains(*address)) {
                    known.append(*address);
                }
            }
        }
    }
}

QList<base::IpAddress> DnsHosts::addressesOf(const QByteArray& name)
{
    reload();
    if (const auto found = m_addresses.constFind(name); found != m_addresses.cend()) {
        return *found;
    }
    if (isLocalhost(name)) {
        return {base::IpAddress::loopbackV4(), *base::IpAddress::parse("::1")};
    }
    return {};
}

} // namespace hs::sip
