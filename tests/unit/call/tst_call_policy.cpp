#include "call/CallPolicy.h"

#include <QTest>

using namespace hs;
using model::ActorKind;
using model::Direction;
using model::RecordingMode;

class CallPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void admits_data();
    void admits();
    void records_data();
    void records();
};

void CallPolicyTest::admits_data()
{
    QTest::addColumn<QString>("allow");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("arrivedAt");
    QTest::addColumn<bool>("admitted");
    const auto row = [](const char* name, const char* allow, const char* server, const char* source,
                        const char* arrivedAt, bool admitted) {
        QTest::newRow(name) << QString::fromLatin1(allow) << QString::fromLatin1(server)
                            << QString::fromLatin1(source) << QString::fromLatin1(arrivedAt)
                            << admitted;
    };
    row("loopback", "", "", "127.0.0.1", "127.0.0.1", true);
    row("loopback, IPv6", "", "", "::1", "::1", true);
    row("private network", "", "", "10.1.2.3", "203.0.113.5", true);
    row("private network, IPv6", "", "", "fd00::7", "fd00::1", true);
    row("this machine, on a public address of its own", "", "", "203.0.113.5", "203.0.113.5", true);
    row("a neighbour on a public network", "", "", "203.0.113.6", "203.0.113.5", false);
    row("the SIP server", "", "198.51.100.7", "198.51.100.7", "203.0.113.5", true);
    row("sip_allow names it", "198.51.100.0/24", "", "198.51.100.9", "203.0.113.5", true);
    row("sip_allow replaces the default: private", "198.51.100.0/24", "", "10.1.2.3", "10.1.2.1",
        false);
    row("sip_allow replaces the default: this machine", "198.51.100.0/24", "", "203.0.113.5",
        "203.0.113.5", false);
    row("sip_allow replaces the default: the SIP server", "198.51.100.0/24", "192.0.2.7",
        "192.0.2.7", "203.0.113.5", false);
}

void CallPolicyTest::admits()
{
    QFETCH(QString, allow);
    QFETCH(QString, server);
    QFETCH(QString, source);
    QFETCH(QString, arrivedAt);
    call::CallSettings settings;
    if (!allow.isEmpty()) {
        settings.allow = {*base::Subnet::parse(allow.toLatin1())};
    }
    if (!server.isEmpty()) {
        settings.sipServer = *base::HostPort::parse(server.toLatin1());
    }
    const call::CallPolicy policy(settings);
    QTEST(policy.admits(*base::IpAddress::parse(source.toLatin1()),
                        *base::IpAddress::parse(arrivedAt.toLatin1())),
          "admitted");
}

void CallPolicyTest::records_data()
{
    QTest::addColumn<RecordingMode>("mode");
    QTest::addColumn<QString>("recorded"); // of: in/machine in/operator in/client out
    QTest::newRow("all") << RecordingMode::All << QStringLiteral("yyyy");
    QTest::newRow("incoming") << RecordingMode::Incoming << QStringLiteral("yyyn");
    QTest::newRow("machine") << RecordingMode::Machine << QStringLiteral("ynnn");
    QTest::newRow("off") << RecordingMode::Off << QStringLiteral("nnnn");
}

void CallPolicyTest::records()
{
    QFETCH(RecordingMode, mode);
    call::CallSettings settings;
    settings.recordingMode = mode;
    const call::CallPolicy policy(settings);
    QString recorded;
    for (const auto& [direction, answeredBy] :
         {std::pair(Direction::Incoming, ActorKind::Machine),
          std::pair(Direction::Incoming, ActorKind::Operator),
          std::pair(Direction::Incoming, ActorKind::Client),
          std::pair(Direction::Outgoing, ActorKind::FarEnd)}) {
        recorded += QLatin1Char(policy.records(direction, answeredBy) ? 'y' : 'n');
    }
    QTEST(recorded, "recorded");
}

QTEST_APPLESS_MAIN(CallPolicyTest)
#include "tst_call_policy.moc"
