#include "ConfigurationFixture.h"
#include "engine/Configuration.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using engine::Configuration;
using test::ConfigurationFixture;

class ConfigurationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void theConsoleNeverAnswersByItself();
    void everyLayerOverridesTheOneBelow();
    void variablesMayGiveHalfOfAValue();
    void anEmptyVariableIsNotSet();
    void aServerPortAloneIsAWarning();
    void aServerAddressHasAPortAndANameNeedNot();
    void pathsAreAbsolute();
    void theFirstServersFoldersAreFound();
    void allowLists_data();
    void allowLists();
    void listenLists_data();
    void listenLists();
    void rtpPortsStartEven();
    void flagsAndPositionals();
    void helpWorksWhateverElseIsWrong();
    void aNamedFileIsRead();
};

namespace {
QString text(const base::IpAddress& address)
{
    return QString::fromLatin1(address.toString());
}

QString listening(const model::Settings& settings)
{
    QStringList texts;
    for (const base::Endpoint& endpoint : settings.webSocketListen) {
        texts << QString::fromLatin1(endpoint.toString());
    }
    return texts.join(u' ');
}
} // namespace

void ConfigurationTest::defaults()
{
    const ConfigurationFixture fixture;
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    const model::Settings& s = loaded->settings;
    QCOMPARE(text(s.sipAddress), QStringLiteral("0.0.0.0"));
    QCOMPARE(s.sipPort, 5062);
    QVERIFY(!s.sipServer);
    QVERIFY(s.sipAllow.isEmpty());
    QCOMPARE(s.autoAnswerAfter, std::optional(0s));
    QCOMPARE(s.ringTimeout, 60s);
    QVERIFY(!s.maxCalls);
    QCOMPARE(s.codecs.join(u' '), QStringLiteral("opus G722 PCMA PCMU"));
    QCOMPARE(s.rtpPortFirst, 31000);
    QCOMPARE(s.rtpPortLast, 32767);
    QVERIFY(s.webSocketListen.isEmpty());
    QVERIFY(s.webSocketTokenFile.isEmpty() && s.webSocketOrigins.isEmpty());
    QVERIFY(!s.webSocketPlainOk && !s.webSocketQueryToken);
    QVERIFY(s.legacyRingingEvent && s.clientsHearOperator);
    QCOMPARE(s.greeting, QString());
    QCOMPARE(s.recordingMode, model::RecordingMode::All);
    QCOMPARE(s.recordingChannels, model::RecordingChannels::Stereo);
    const QString data = fixture.path(QStringLiteral("home/.local/share/hookswitch/"));
    QCOMPARE(s.recordings, data + QStringLiteral("recordings"));
    QCOMPARE(s.database, data + QStringLiteral("hookswitch.db"));
    QCOMPARE(s.logFile,
             fixture.path(QStringLiteral("home/.local/state/hookswitch/sip_server.log")));
    QCOMPARE(s.logLevel, model::LogLevel::Info);
    QVERIFY(!loaded->fileExists);
    QCOMPARE(loaded->filePath, fixture.file());
    QCOMPARE(loaded->sources.value(QStringLiteral("sip_port")), QStringLiteral("default"));
    QVERIFY(loaded->warnings.isEmpty());
}

void ConfigurationTest::theConsoleNeverAnswersByItself()
{
    ConfigurationFixture fixture;
    fixture.input.face = Configuration::Face::Console;
    QVERIFY(!fixture.load()->settings.autoAnswerAfter);
    fixture.setFile("auto_answer_after = 5\n"); // unless it is told to
    QCOMPARE(fixture.load()->settings.autoAnswerAfter, std::optional(5s));
    fixture.setVariable("AUTO_ANSWER_AFTER", QStringLiteral("never"));
    QVERIFY(!fixture.load()->settings.autoAnswerAfter);
}

void ConfigurationTest::everyLayerOverridesTheOneBelow()
{
    ConfigurationFixture fixture;
    const auto port = [&fixture] { return fixture.load()->settings.sipPort; };
    const auto source = [&fixture] {
        return fixture.load()->sources.value(QStringLiteral("sip_port"));
    };
    fixture.setFile("# comment\nsip_port = 1001\n");
    QCOMPARE(port(), 1001);
    QCOMPARE(source(), fixture.file() + QStringLiteral(":2"));
    fixture.setVariable("SIP_LOCAL_PORT", QStringLiteral("1002"));
    QCOMPARE(port(), 1002);
    QCOMPARE(source(), QStringLiteral("environment variable SIP_LOCAL_PORT"));
    fixture.input.arguments = QStringList{QStringLiteral("--sip-port"), QStringLiteral("1003")};
    QCOMPARE(port(), 1003);
    QCOMPARE(source(), QStringLiteral("option --sip-port"));
    fixture.input.arguments = QStringList{QStringLiteral("--sip-port=0")};
    QCOMPARE(port(), 0); // any free one
}

void ConfigurationTest::variablesMayGiveHalfOfAValue()
{
    ConfigurationFixture fixture;
    fixture.setVariable("RTP_PORT_START", QStringLiteral("32000"));
    fixture.setVariable("WS_PORT", QStringLiteral("9000"));
    fixture.setVariable("SIP_SERVER_IP", QStringLiteral("192.0.2.9"));
    auto loaded = fixture.load();
    QCOMPARE(loaded->settings.rtpPortFirst, 32000);
    QCOMPARE(loaded->settings.rtpPortLast, 32767);
    QCOMPARE(loaded->sources.value(QStringLiteral("rtp_ports")),
             QStringLiteral("environment variable RTP_PORT_START; default"));
    QCOMPARE(listening(loaded->settings), QStringLiteral("127.0.0.1:9000 [::1]:9000"));
    QCOMPARE(loaded->settings.sipServer->toString(), QByteArray("192.0.2.9:5060"));

    fixture.setFile("rtp_ports = 32100-32200\nws_listen = 127.0.0.2:7000\nsip_server = pbx:5070\n");
    loaded = fixture.load();
    QCOMPARE(loaded->settings.rtpPortLast, 32200);
    QCOMPARE(listening(loaded->settings), QStringLiteral("127.0.0.2:9000"));
    QCOMPARE(loaded->settings.sipServer->toString(), QByteArray("192.0.2.9:5070"));
    fixture.setVariable("WS_HOST", QStringLiteral("localhost"));
    loaded = fixture.load();
    QCOMPARE(listening(loaded->settings), QStringLiteral("127.0.0.1:9000 [::1]:9000"));
}

void ConfigurationTest::anEmptyVariableIsNotSet()
{
    ConfigurationFixture fixture;
    fixture.setVariable("SIP_LOCAL_PORT", QString());
    fixture.setVariable("SIP_SERVER_IP", QString());
    QVERIFY(fixture.errors().isEmpty());
    QCOMPARE(fixture.load()->settings.sipPort, 5062);
}

void ConfigurationTest::aServerPortAloneIsAWarning()
{
    ConfigurationFixture fixture;
    fixture.setVariable("SIP_SERVER_PORT", QStringLiteral("5060"));
    const auto loaded = fixture.load();
    QVERIFY(!loaded->settings.sipServer);
    QCOMPARE(loaded->warnings.size(), 1);
    QVERIFY(loaded->warnings.first().contains(QStringLiteral("SIP_SERVER_PORT")));
    fixture.input.arguments = QStringList{QStringLiteral("--sip-server=pbx")};
    QVERIFY(fixture.load()->warnings.isEmpty());
}

void ConfigurationTest::aServerAddressHasAPortAndANameNeedNot()
{
    ConfigurationFixture fixture;
    const auto server = [&fixture](const char* value) {
        fixture.input.arguments =
            QStringList{QStringLiteral("--sip-server"), QString::fromLatin1(value)};
        const auto loaded = fixture.load();
        return loaded && loaded->settings.sipServer ? loaded->settings.sipServer->toString()
                                                    : QByteArray("none");
    };
    QCOMPARE(server("192.0.2.9"), QByteArray("192.0.2.9:5060"));
    QCOMPARE(server("[2001:db8::1]"), QByteArray("[2001:db8::1]:5060"));
    QCOMPARE(server("pbx.example.com"), QByteArray("pbx.example.com")); // SRV finds the port
    fixture.setFile("sip_server = pbx\n");
    QCOMPARE(server("none"), QByteArray("none"));
}

void ConfigurationTest::pathsAreAbsolute()
{
    ConfigurationFixture fixture;
    fixture.input.arguments =
        QStringList{QStringLiteral("--db=../x/./c.db"), QStringLiteral("--log-file=~/l.log"),
                    QStringLiteral("--recordings=/var/rec/"), QStringLiteral("--greeting=none")};
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    QCOMPARE(loaded->settings.database, fixture.path(QStringLiteral("x/c.db")));
    QCOMPARE(loaded->settings.logFile, fixture.path(QStringLiteral("home/l.log")));
    QCOMPARE(loaded->settings.recordings, QStringLiteral("/var/rec"));
    QCOMPARE(loaded->settings.greeting, QStringLiteral("none"));
}

void ConfigurationTest::theFirstServersFoldersAreFound()
{
    ConfigurationFixture fixture;
    const QString greeting =
        fixture.makeFile(QStringLiteral("work/output/transcode/greeting.wav"), "RIFF");
    QVERIFY(QDir().mkdir(fixture.path(QStringLiteral("work/recording"))));
    QCOMPARE(fixture.load()->settings.greeting, greeting);
    QCOMPARE(fixture.load()->settings.recordings, fixture.path(QStringLiteral("work/recording")));
    fixture.input.arguments = QStringList{QStringLiteral("--greeting=built-in")};
    QCOMPARE(fixture.load()->settings.greeting, QString());
}

void ConfigurationTest::allowLists_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* name, const char* address, bool allowed) {
        QTest::newRow(name) << QString::fromLatin1(address) << allowed;
    };
    row("any", "203.0.113.5", true);
    row("all", "2001:db8::1", true);
    row("none", "127.0.0.1", false);
    row("10.0.0.0/8, 192.0.2.5", "10.3.4.5", true);
    row("10.0.0.0/8,192.0.2.5", "192.0.2.5", true);
    row("10.0.0.0/8, 192.0.2.6", "192.0.2.5", false);
    row("2001:db8::/32", "2001:db8:1::1", true);
}

void ConfigurationTest::allowLists()
{
    QFETCH(QString, address);
    QFETCH(bool, allowed);
    ConfigurationFixture fixture;
    fixture.setVariable("SIP_ALLOW", QString::fromLatin1(QTest::currentDataTag()));
    const auto loaded = fixture.load();
    QVERIFY(!loaded->settings.sipAllow.isEmpty());
    const auto peer = base::IpAddress::parse(address.toLatin1());
    const bool found =
        std::any_of(loaded->settings.sipAllow.begin(), loaded->settings.sipAllow.end(),
                    [&peer](const base::Subnet& net) { return net.contains(*peer); });
    QCOMPARE(found, allowed);
}

void ConfigurationTest::listenLists_data()
{
    QTest::addColumn<QString>("result");
    QTest::newRow("127.0.0.1:9000") << QStringLiteral("127.0.0.1:9000");
    QTest::newRow("localhost:9000") << QStringLiteral("127.0.0.1:9000 [::1]:9000");
    QTest::newRow("[::1]:0") << QStringLiteral("[::1]:0");
    QTest::newRow("127.0.0.1:1, 127.0.0.2:2") << QStringLiteral("127.0.0.1:1 127.0.0.2:2");
}

void ConfigurationTest::listenLists()
{
    QFETCH(QString, result);
    ConfigurationFixture fixture;
    fixture.input.arguments =
        QStringList{QStringLiteral("--ws-listen"), QString::fromLatin1(QTest::currentDataTag())};
    QCOMPARE(listening(fixture.load()->settings), result);
}

void ConfigurationTest::rtpPortsStartEven()
{
    ConfigurationFixture fixture;
    fixture.input.arguments = QStringList{QStringLiteral("--rtp-ports=31001-31003")};
    QCOMPARE(fixture.load()->settings.rtpPortFirst, 31002);
    QCOMPARE(fixture.load()->settings.rtpPortLast, 31003);
}

void ConfigurationTest::flagsAndPositionals()
{
    ConfigurationFixture fixture;
    fixture.input.arguments = QStringList{QStringLiteral("--print-config")};
    QVERIFY(fixture.load()->printConfig);
    fixture.input.face = Configuration::Face::Console;
    fixture.input.arguments =
        QStringList{QStringLiteral("--theme"), QStringLiteral("Dark"), QStringLiteral("--"),
                    QStringLiteral("--odd@example.com")};
    const auto loaded = fixture.load();
    QCOMPARE(loaded->positional, QStringList{QStringLiteral("--odd@example.com")});
    QCOMPARE(loaded->theme, Configuration::Theme::Dark);
}

void ConfigurationTest::helpWorksWhateverElseIsWrong()
{
    ConfigurationFixture fixture;
    fixture.setFile("nonsense\n");
    for (const char* flag : {"-h", "--help"}) {
        fixture.input.arguments = QStringList{QStringLiteral("--odd"), QString::fromLatin1(flag)};
        QVERIFY(fixture.load().ok() && fixture.load()->help);
    }
    for (const char* flag : {"-v", "--version"}) {
        fixture.input.arguments = QStringList{QString::fromLatin1(flag)};
        QVERIFY(fixture.load().ok() && fixture.load()->version);
    }
}

void ConfigurationTest::aNamedFileIsRead()
{
    ConfigurationFixture fixture;
    fixture.setFile("sip_port = 1001\n");
    fixture.makeFile(QStringLiteral("work/other.conf"), "ring_timeout = 5\n");
    fixture.input.arguments = QStringList{QStringLiteral("--config=other.conf")};
    const auto loaded = fixture.load();
    QCOMPARE(loaded->settings.ringTimeout, 5s);
    QCOMPARE(loaded->settings.sipPort, 5062); // it replaces the usual one
    QCOMPARE(loaded->filePath, fixture.path(QStringLiteral("work/other.conf")));
    QVERIFY(loaded->fileExists);
}

QTEST_GUILESS_MAIN(ConfigurationTest)
#include "tst_configuration.moc"
