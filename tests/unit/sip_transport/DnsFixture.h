// DnsFixture: a client of a server of our own; nobody else is ever asked.
#pragma once

#include "sip/transport/DnsClient.h"
#include "support/DnsServer.h"
#include "support/ManualScheduler.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

namespace hs::test {

struct DnsFixture {
    DnsServer server;
    ManualScheduler scheduler;

    sip::DnsSettings settings() const
    {
        sip::DnsSettings settings;
        settings.servers = {server.endpoint()};
        settings.hostsFile.clear();
        return settings;
    }
    std::unique_ptr<sip::DnsClient> client() const { return client(settings()); }
    std::unique_ptr<sip::DnsClient> client(const sip::DnsSettings& settings) const
    {
        return std::make_unique<sip::DnsClient>(scheduler.clock(), settings);
    }
};

// Asks and waits for the answer.
inline sip::DnsAnswer ask(sip::DnsClient& client, const QByteArray& name, sip::DnsType type)
{
    std::optional<sip::DnsAnswer> answer;
    client.query({name, type}, [&](const sip::DnsAnswer& given) { answer = given; });
    if (answer) {
        return {sip::DnsAnswer::Status::Failed, {}, QStringLiteral("answered within query()")};
    }
    const bool came = QTest::qWaitFor([&] { return answer.has_value(); }, 10000);
    return came ? *answer : sip::DnsAnswer{};
}

inline QStringList addresses(const sip::DnsAnswer& answer)
{
    QStringList result;
    for (const sip::DnsRecord& record : answer.records) {
        const auto* address = std::get_if<base::IpAddress>(&record.data);
        result.append(QString::fromLatin1(address ? address->toString() : QByteArray("?")));
    }
    return result;
}

} // namespace hs::test
