// ResolverFixture: a resolver of a DNS server of our own, and its hops as text.
#pragma once

#include "sip/transport/SipResolver.h"
#include "support/DnsServer.h"
#include "support/ManualScheduler.h"

#include <QTest>

#include <memory>

namespace hs::test {

class ResolverFixture {
public:
    DnsServer server;
    ManualScheduler scheduler;
    base::Random random{1};
    QString supported = QStringLiteral("UDP4 TCP4 TLS4 UDP6 TCP6 TLS6"); // what we can send by
    bool ipv6First = false;
    std::chrono::milliseconds tryTimeout{1500};
    std::chrono::milliseconds patience{5000};
    std::unique_ptr<sip::SipResolver> resolver;

    void start()
    {
        sip::SipResolverSettings settings;
        settings.supports = [this](sip::TransportKind kind, base::IpAddress::Family family) {
            const bool v4 = family == base::IpAddress::Family::V4;
            return supported.contains(sip::transportName(kind) + (v4 ? u'4' : u'6'));
        };
        settings.ipv6First = [this] { return ipv6First; };
        settings.dns.servers = {server.endpoint()};
        settings.dns.hostsFile.clear();
        settings.dns.tryTimeout = tryTimeout;
        settings.dns.patience = patience;
        resolver =
            std::make_unique<sip::SipResolver>(scheduler.clock(), random, std::move(settings));
    }

    // "UDP 192.0.2.1:5060, TCP! 192.0.2.1:5060, TLS! 192.0.2.1:5061 example.com"; '!': the
    // transport is fixed. Or the error's sentence.
    QString resolve(const QByteArray& uri)
    {
        if (!resolver) {
            start();
        }
        std::optional<base::Result<sip::Resolver::Hops>> result;
        const auto parsed = sip::Uri::parse(uri);
        if (!parsed) {
            return QStringLiteral("no URI");
        }
        resolver->resolve(*parsed, [&](const auto& given) { result = given; });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, 10000)) {
            return QStringLiteral("no answer");
        }
        return *result ? shown(**result) : result->error().text;
    }

    static QString shown(const sip::Resolver::Hops& hops)
    {
        QStringList result;
        for (const sip::Hop& hop : hops) {
            QString text = sip::transportName(hop.kind) + (hop.kindIsFixed ? u"! " : u" ")
                + QString::fromLatin1(hop.remote.toString());
            if (!hop.domain.isEmpty()) {
                text += u' ' + QString::fromLatin1(hop.domain);
            }
            result.append(text);
        }
        return result.join(QStringLiteral(", "));
    }
};

} // namespace hs::test
