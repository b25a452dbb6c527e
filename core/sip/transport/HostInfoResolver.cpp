#include "sip/transport/HostInfoResolver.h"

#include <QHostInfo>

namespace hs::sip {

namespace {
constexpr std::uint16_t defaultPort = 5060;

base::Error noAddress(const Uri& uri, const QString& why)
{
    return {QStringLiteral("the host '%1' has no address we can send to: %2")
                .arg(QString::fromUtf8(uri.host), why)};
}
} // namespace

HostInfoResolver::HostInfoResolver(base::IpAddress::Family family, QObject* parent)
    : QObject(parent)
    , m_family(family)
{
}

void HostInfoResolver::resolve(const Uri& uri, Done done)
{
    const std::uint16_t port = uri.port != 0 ? uri.port : defaultPort;
    if (const auto address = base::IpAddress::parse(uri.host)) {
        if (address->family() != m_family) {
            done(noAddress(uri, QStringLiteral("its address family is not that of sip_address")));
        } else if (address->isMulticastOrBroadcast() || address->isAny()) {
            done(noAddress(uri, QStringLiteral("it is no address of a single host")));
        } else {
            done(Hops{Hop{base::Endpoint(*address, port)}});
        }
        return;
    }
    const auto finished = [this, uri, port, done = std::move(done)](const QHostInfo& info) {
        Hops hops;
        for (const QHostAddress& candidate : info.addresses()) {
            const auto address = base::IpAddress::fromQt(candidate);
            if (address.family() == m_family && !address.isMulticastOrBroadcast()) {
                hops.append(Hop{base::Endpoint(address, port)});
            }
        }
        if (!hops.isEmpty()) {
            done(hops);
            return;
        }
        done(noAddress(uri,
                       info.error() == QHostInfo::NoError ? QStringLiteral("none of its family")
                                                          : info.errorString()));
    };
    QHostInfo::lookupHost(QString::fromLatin1(uri.host), this, finished);
}

} // namespace hs::sip
