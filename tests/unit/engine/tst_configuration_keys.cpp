#include "ConfigurationFixture.h"
#include "engine/Configuration.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using test::ConfigurationFixture;

class ConfigurationKeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsRead();
    void everyVariableIsRead();
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

const QList<std::pair<const char*, const char*>> variables{{"SIP_LOCAL_IP", "192.0.2.7"},
                                                           {"SIP_LOCAL_PORT", "5070"},
                                                           {"SIP_SERVER_IP", "192.0.2.9"},
                                                           {"SIP_SERVER_PORT", "5080"},
                                                           {"SIP_ALLOW", "any"},
                                                           {"AUTO_ANSWER_AFTER", "3"},
                                                           {"RING_TIMEOUT", "30"},
                                                           {"MAX_CALLS", "12"},
                                                           {"WS_HOST", "192.0.2.7"},
                                                           {"WS_PORT", "9000"},
                                                           {"WS_TOKEN_FILE", "token"},
                                                           {"WS_PLAIN_OK", "1"},
                                                           {"WS_QUERY_TOKEN", "true"},
                                                           {"WS_ORIGINS", "https://a.example"},
                                                           {"RTP_PORT_START", "20000"},
                                                           {"RTP_PORT_END", "20100"},
                                                           {"GREETING_FILE", "g.wav"},
                                                           {"HOLD_MUSIC_FILE", "g.wav"},
                                                           {"RECORDING_DIR", "rec"},
                                                           {"RECORDING_MODE", "off"},
                                                           {"RECORDING_CHANNELS", "inbound"},
                                                           {"HOOKSWITCH_DB", "c.db"},
                                                           {"SIP_LOG_FILE", "l.log"},
                                                           {"LOG_LEVEL", "warning"},
                                                           {"LEGACY_RINGING_EVENT", "no"},
                                                           {"CLIENTS_HEAR_OPERATOR", "no"},
                                                           {"SIP_TCP", "no"},
                                                           {"SIP_TLS_PORT", "5071"},
                                                           {"SIP_TLS_CERTIFICATE", "token"},
                                                           {"SIP_TLS_KEY", "token"},
                                                           {"SIP_TLS_CA", "token"},
                                                           {"SIP_DNS", "192.0.2.53"},
                                                           {"FOLLOW_REDIRECTS", "no"},
                                                           {"REMOTE_AUTO_ANSWER", "no"},
                                                           {"SESSION_TIMER", "0"},
                                                           {"RTP_TIMEOUT", "30"},
                                                           {"STUN_SERVER", "192.0.2.3"},
                                                           {"PUBLIC_ADDRESS", "203.0.113.7"},
                                                           {"CODECS", "pcmu"}};

const char everyKey[] =
    "sip_address = 192.0.2.7\nsip_port = 5070\nsip_server = pbx.example.com:5080\n"
    "sip_allow = 192.0.2.0/24\nauto_answer_after = never\nring_timeout = 30\n"
    "max_calls = 12\nws_listen = 0.0.0.0:9000\nws_token_file = token\n"
    "ws_plain_ok = yes\nws_query_token = YES\nws_origins = https://a.example, "
    "http://localhost:3000\nrtp_ports = 20000-20100\ngreeting = g.wav\n"
    "hold_music = none\n"
    "recordings = rec\nrecord = Machine\nrecord_channels = inbound\ndb = c.db\n"
    "log_file = l.log\nlog_level = DEBUG\nlegacy_ringing_event = no\n"
    "clients_hear_operator = off\nsip_tcp = no\nsip_tls_port = 5071\n"
    "sip_tls_certificate = token\nsip_tls_key = token\nsip_tls_ca = token\n"
    "sip_dns = 192.0.2.53, [2001:db8::53]:5353\nfollow_redirects = no\n"
    "remote_auto_answer = yes\nsession_timer = 90\nrtp_timeout = 0\n"
    "stun_server = stun.example.com\npublic_address = 203.0.113.7\n"
    "codecs = pcma,  G722 ,opus\n";
} // namespace

void ConfigurationKeysTest::everyKeyIsRead()
{
    ConfigurationFixture fixture;
    const QString token = fixture.makeFile(QStringLiteral("work/token"), "secret");
    const QString greeting = fixture.makeFile(QStringLiteral("work/g.wav"), "RIFF");
    fixture.setFile(everyKey);
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    const model::Settings& s = loaded->settings;
    QCOMPARE(text(s.sipAddress), QStringLiteral("192.0.2.7"));
    QCOMPARE(s.sipPort, 5070);
    QCOMPARE(s.sipServer->toString(), QByteArray("pbx.example.com:5080"));
    QCOMPARE(s.sipAllow.size(), 1);
    QVERIFY(!s.autoAnswerAfter);
    QCOMPARE(s.ringTimeout, 30s);
    QCOMPARE(s.maxCalls, std::optional(12));
    QCOMPARE(listening(s), QStringLiteral("0.0.0.0:9000"));
    QCOMPARE(s.webSocketTokenFile, token);
    QVERIFY(s.webSocketPlainOk && s.webSocketQueryToken);
    QCOMPARE(s.webSocketOrigins.join(u' '),
             QStringLiteral("https://a.example http://localhost:3000"));
    QCOMPARE(s.rtpPortFirst, 20000);
    QCOMPARE(s.rtpPortLast, 20100);
    QCOMPARE(s.greeting, greeting);
    QCOMPARE(s.holdMusic, QStringLiteral("none"));
    QCOMPARE(s.recordings, fixture.path(QStringLiteral("work/rec")));
    QCOMPARE(s.recordingMode, model::RecordingMode::Machine);
    QCOMPARE(s.recordingChannels, model::RecordingChannels::Inbound);
    QCOMPARE(s.database, fixture.path(QStringLiteral("work/c.db")));
    QCOMPARE(s.logFile, fixture.path(QStringLiteral("work/l.log")));
    QCOMPARE(s.logLevel, model::LogLevel::Debug);
    QVERIFY(!s.legacyRingingEvent && !s.clientsHearOperator);
    QVERIFY(!s.sipTcp && !s.followRedirects);
    QCOMPARE(s.tlsPort, std::optional<std::uint16_t>(std::uint16_t(5071)));
    QCOMPARE((QStringList{s.tlsCertificate, s.tlsKey, s.tlsAuthorities}),
             (QStringList{token, token, token}));
    QCOMPARE(s.dnsServers.size(), 2);
    QCOMPARE(s.dnsServers.at(0).toString(), QByteArray("192.0.2.53:53"));
    QCOMPARE(s.dnsServers.at(1).toString(), QByteArray("[2001:db8::53]:5353"));
    QCOMPARE(s.remoteAutoAnswer, model::RemoteAutoAnswer::Yes);
    QVERIFY(s.sessionTimer == 90s && s.rtpTimeout == 0s);
    QCOMPARE(s.stunServer->toString(), QByteArray("stun.example.com"));
    QCOMPARE(text(*s.publicAddress), QStringLiteral("203.0.113.7"));
    QCOMPARE(s.codecs.join(u' '), QStringLiteral("PCMA G722 opus"));
    for (const QString& source : loaded->sources) {
        QVERIFY2(source.startsWith(fixture.file()), qPrintable(source));
    }
}

void ConfigurationKeysTest::everyVariableIsRead()
{
    ConfigurationFixture fixture;
    fixture.makeFile(QStringLiteral("work/token"), "secret");
    fixture.makeFile(QStringLiteral("work/g.wav"), "RIFF");
    for (const auto& [name, value] : variables) {
        fixture.setVariable(name, QString::fromLatin1(value));
    }
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    for (auto it = loaded->sources.begin(); it != loaded->sources.end(); ++it) {
        QVERIFY2(it.value().contains(QStringLiteral("environment"))
                     && !it.value().contains(QStringLiteral("default")),
                 qPrintable(it.key() + it.value()));
    }
    const model::Settings& s = loaded->settings;
    QCOMPARE(s.sipServer->toString(), QByteArray("192.0.2.9:5080"));
    QCOMPARE(listening(s), QStringLiteral("192.0.2.7:9000"));
    QCOMPARE(s.rtpPortFirst, 20000);
    QCOMPARE(s.rtpPortLast, 20100);
    QCOMPARE(s.recordingMode, model::RecordingMode::Off);
    QCOMPARE(s.logLevel, model::LogLevel::Warning);
    QVERIFY(s.webSocketPlainOk && s.webSocketQueryToken);
}

QTEST_GUILESS_MAIN(ConfigurationKeysTest)
#include "tst_configuration_keys.moc"
