#include "ConfigurationFixture.h"
#include "engine/Configuration.h"

#include <QTest>

using namespace hs;
using engine::Configuration;
using test::ConfigurationFixture;

class ConfigurationErrorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inTheFile_data();
    void inTheFile();
    void inTheEnvironment_data();
    void inTheEnvironment();
    void inOptions_data();
    void inOptions();
    void betweenKeys_data();
    void betweenKeys();
    void allAreToldAtOnce();
    void anOverriddenErrorIsStillOne();
    void theConsoleHasOptionsOfItsOwn();
    void aNamedFileMustExist();
    void filesMustBeThere();
};

namespace {
using Row = std::pair<const char*, const char*>; // what is given, and a part of the error

void addRows(std::initializer_list<Row> rows)
{
    QTest::addColumn<QString>("error");
    for (const auto& [given, error] : rows) {
        QTest::newRow(given) << QString::fromUtf8(error);
    }
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(u' ');
}
} // namespace

void ConfigurationErrorsTest::inTheFile_data()
{
    addRows({
        {"sip_prot = 1", "key 'sip_prot': there is no such key; did you mean 'sip_port'?"},
        {"sip-port = 1", "'sip-port' is no key"},
        {"sips = 1", "key 'sips': there is no such key; correct it or remove the line"},
        {"sip_port =", "key 'sip_port': it has no value; give one (PORT) or remove the line"},
        {"sip_port = 65536", "'65536' is no port; give a number from 0 to 65535"},
        {"sip_port = -1", "'-1' is no port"},
        {"sip_port = 5062 5063", "'5062 5063' is no port"},
        {"sip_address = localhost", "'localhost' is no address of a machine"},
        {"sip_address = 224.0.0.1", "'224.0.0.1' is no address of a machine"},
        {"sip_server = a b", "'a b' is no HOST or HOST:PORT"},
        {"sip_server = pbx:0", "'pbx:0' has a port that can't be called"},
        {"sip_server = pbx:99999", "the port must be a number"},
        {"sip_allow = 10.0.0.0/33", "prefix length"},
        {"sip_allow = any, 10.0.0.0/8", "give 'private', 'any' or 'none' alone"},
        {"sip_allow = 10.0.0.0/8,", "nothing between two commas or at an end"},
        {"codecs = opus, speex", "key 'codecs': 'speex' is no codec that can be spoken; give some"},
        {"codecs = G721", "did you mean 'G722'?"},
        {"codecs = opus, PCMA, pcma", "'pcma' stands there twice; remove one"},
        {"codecs = opus,,PCMA", "nothing between two commas or at an end"},
        {"codecs =", "key 'codecs': it has no value; give one (CODECS) or remove the line"},
        {"auto_answer_after = soon", "'soon' is neither 'never' nor a number of seconds"},
        {"auto_answer_after = 3601", "from 0 to 3600"},
        {"ring_timeout = 0", "'0' is no number from 1 to 3600"},
        {"max_calls = 0", "'0' is no number from 1 to 10000; give one, or 'ports'"},
        {"ws_listen = 127.0.0.1", "'127.0.0.1' is no ADDRESS:PORT"},
        {"ws_listen = 8080", "'8080' is no ADDRESS:PORT"},
        {"ws_listen = ::1:8080", "write it like 127.0.0.1:8080 or [::1]:8080"},
        {"ws_listen = 127.0.0.1:1, 127.0.0.1:1", "'127.0.0.1:1' stands there twice"},
        {"ws_plain_ok = maybe", "'maybe' is neither yes nor no"},
        {"ws_origins = https://a.example/", "is no origin"},
        {"ws_origins = a.example", "'a.example' is no origin"},
        {"ws_origins = https://u@a.example", "is no origin"},
        {"rtp_ports = 31000", "'31000' is no range of ports; write it like 31000-32767"},
        {"rtp_ports = 1-2-3", "is no range of ports"},
        {"record = some", "'some' is none of the words for this; give all or incoming or"},
        {"record_channels = 5.1", "give stereo or inbound"},
        {"sip_tcp = maybe", "'maybe' is neither yes nor no"},
        {"sip_tls_port = x", "'x' is no port; give a number from 0 to 65535, or 'none'"},
        {"sip_dns = dns.example.com", "is no address of a DNS server"},
        {"sip_dns = 192.0.2.53,", "nothing between two commas or at an end"},
        {"remote_auto_answer = all", "give no or accounts or yes"},
        {"session_timer = 60", "'60' is neither 0 nor a number from 90 to 86400"},
        {"rtp_timeout = 4", "'4' is neither 0 nor a number from 5 to 86400"},
        {"stun_server = a b", "write it like"},
        {"public_address = 0.0.0.0", "is no address that others can send to"},
        {"public_address = example.com", "is no address that others can send to"},
        {"log_level = LOUD", "give debug or info or warning or error"},
    });
}

void ConfigurationErrorsTest::inTheFile()
{
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    fixture.setFile(QByteArray("\n") + QTest::currentDataTag() + "\n");
    const QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 1);
    QVERIFY2(errors.first().startsWith(fixture.file() + QStringLiteral(":2: ")),
             qPrintable(errors.first()));
    QVERIFY2(errors.first().contains(error), qPrintable(errors.first()));
}

void ConfigurationErrorsTest::inTheEnvironment_data()
{
    addRows({
        {"WS_PORT=99999", "'99999' is no port; give a number from 0 to 65535"},
        {"WS_HOST=example.com", "'example.com' is no address of a machine"},
        {"SIP_SERVER_IP=pbx:5060", "'pbx:5060' has a port; put that into SIP_SERVER_PORT"},
        {"SIP_SERVER_PORT=0", "'0' is no port; give a number from 1 to 65535"},
        {"RTP_PORT_START=x", "'x' is no port"},
        {"RECORDING_MODE=\x1b[31m", "'\\x1b[31m' is none of the words"},
    });
}

void ConfigurationErrorsTest::inTheEnvironment()
{
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    const QString given = QString::fromUtf8(QTest::currentDataTag());
    const QString name = given.section(u'=', 0, 0);
    fixture.input.environment.insert(name, given.section(u'=', 1));
    const QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 1);
    QVERIFY2(errors.first().startsWith(QStringLiteral("environment variable %1: ").arg(name)),
             qPrintable(errors.first()));
    QVERIFY2(errors.first().contains(error), qPrintable(errors.first()));
}

void ConfigurationErrorsTest::inOptions_data()
{
    addRows({
        {"--sip-prot 1", "option --sip-prot: there is no such option; did you mean 'sip-port'?"},
        {"--frobnicate", "option --frobnicate: there is no such option; --help lists all"},
        {"-x", "option -x: there is no such option"},
        {"--ws-plain-ok=yes", "option --ws-plain-ok: there is no such option"},
        {"--sip-port", "option --sip-port: it needs a value; write --sip-port VALUE"},
        {"--sip-port --print-config", "option --sip-port: it needs a value"},
        {"--sip-port=", "option --sip-port: it needs a value"},
        {"--sip-port 1 --sip-port 2", "option --sip-port: it is given twice; remove one"},
        {"--sip-port 99999", "option --sip-port: '99999' is no port"},
        {"--print-config=yes", "option --print-config: it takes no value"},
        {"--theme dark", "option --theme: there is no such option"},
        {"sip:me@example.com", "'sip:me@example.com' is no option"},
    });
}

void ConfigurationErrorsTest::inOptions()
{
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    fixture.input.arguments = words(QTest::currentDataTag());
    const QStringList errors = fixture.errors();
    QVERIFY2(errors.size() <= 2 && errors.first().startsWith(error),
             qPrintable(errors.join(u'\n')));
}

void ConfigurationErrorsTest::betweenKeys_data()
{
    addRows({
        {"--ws-listen 0.0.0.0:8080",
         "ws_listen (option --ws-listen): other machines can connect "
         "to 0.0.0.0:8080; name a file with a token with the key "
         "'ws_token_file', and say 'ws_plain_ok = yes'"},
        {"--ws-listen 127.0.0.1:1,[2001:db8::1]:2", "connect to [2001:db8::1]:2"},
        {"--ws-listen 0.0.0.0:8080 --ws-token-file token", "; say 'ws_plain_ok = yes'"},
        {"--rtp-ports 31000-31000", "31000-31000 is no range that holds a call"},
        {"--rtp-ports 31001-31002", "31001-31002 is no range that holds a call"},
        {"--rtp-ports 1000-2000", "the first port must be 1024 or more"},
        {"--rtp-ports 40000-30000", "rtp_ports (option --rtp-ports): 40000-30000"},
        {"--rtp-ports 65535-65535", "is no range that holds a call"},
        {"--sip-tls-port 5061",
         "sip_tls_port (option --sip-tls-port): who connects by TLS wants to see a certificate; "
         "name the files of one with 'sip_tls_certificate' and 'sip_tls_key'"},
        {"--sip-tls-key token",
         "a certificate and its key go together; give "
         "'sip_tls_certificate' too"},
        {"--sip-tls-certificate token", "give 'sip_tls_key' too"},
        {"--sip-tls-ca nonesuch", "/nonesuch' does not exist"},
        {"--sip-tls-port 5062 --sip-tls-key token --sip-tls-certificate token",
         "port 5062 is that of SIP over TCP"},
    });
}

void ConfigurationErrorsTest::betweenKeys()
{
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    fixture.makeFile(QStringLiteral("work/token"), "secret");
    fixture.input.arguments = words(QTest::currentDataTag());
    const QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 1);
    QVERIFY2(errors.first().contains(error), qPrintable(errors.first()));
}

void ConfigurationErrorsTest::allAreToldAtOnce()
{
    ConfigurationFixture fixture;
    fixture.setFile("nonsense\nsip_port = x\nodd = 1\n[account a]\n");
    fixture.setVariable("LOG_LEVEL", QStringLiteral("x"));
    fixture.setVariable("RTP_PORT_START", QStringLiteral("40000"));
    fixture.input.arguments = words("--record x --odd --ws-listen 0.0.0.0:1");
    const QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 9);
    QVERIFY2(errors.filter(QStringLiteral("RTP_PORT_START; default"))
                 .value(0)
                 .contains(QStringLiteral("40000-32767")),
             qPrintable(errors.join(u'\n')));
}

void ConfigurationErrorsTest::anOverriddenErrorIsStillOne()
{
    ConfigurationFixture fixture;
    fixture.setFile("sip_port = x\n");
    fixture.setVariable("SIP_LOCAL_PORT", QStringLiteral("5070"));
    QCOMPARE(fixture.errors().size(), 1);
}

void ConfigurationErrorsTest::theConsoleHasOptionsOfItsOwn()
{
    ConfigurationFixture fixture;
    fixture.input.face = Configuration::Face::Console;
    fixture.input.arguments = words("--theme pink");
    QCOMPARE(fixture.errors(),
             QStringList{QStringLiteral("option --theme: 'pink' is none of the words for this; "
                                        "give system or light or dark")});
}

void ConfigurationErrorsTest::aNamedFileMustExist()
{
    ConfigurationFixture fixture;
    fixture.input.arguments = words("--config nonesuch.conf");
    const QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 1);
    QVERIFY2(errors.first().contains(fixture.path(QStringLiteral("work/nonesuch.conf"))),
             qPrintable(errors.first()));
}

void ConfigurationErrorsTest::filesMustBeThere()
{
    ConfigurationFixture fixture;
    fixture.makeFile(QStringLiteral("work/file"), "x");
    // A greeting that is missing is warned of; the calls go on.
    fixture.input.arguments = words("--greeting none.wav --ws-token-file none.txt --db . "
                                    "--log-file . --recordings file");
    QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 4);
    QVERIFY2(errors.join(u' ').contains(QStringLiteral("ws_token_file (option --ws-token-file): "
                                                       "'%1' does not exist")
                                            .arg(fixture.path(QStringLiteral("work/none.txt")))),
             qPrintable(errors.join(u'\n')));
    fixture.input.arguments = words("--ws-token-file nonesuch");
    errors = fixture.errors();
    QCOMPARE(errors.size(), 1);
    QVERIFY(errors.first().startsWith(QStringLiteral("ws_token_file (option --ws-token-file): ")));
}

QTEST_GUILESS_MAIN(ConfigurationErrorsTest)
#include "tst_configuration_errors.moc"
