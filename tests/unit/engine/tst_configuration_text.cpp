#include "ConfigurationFixture.h"
#include "engine/ConfigFile.h"
#include "engine/ConfigurationKeys.h"
#include "engine/ConfigurationText.h"

#include <QTest>

using namespace hs;
using engine::Configuration;
using test::ConfigurationFixture;

class ConfigurationTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void helpNamesEverything();
    void printedConfigurationNamesValuesAndSources();
    void printedConfigurationCanBeReadBack_data();
    void printedConfigurationCanBeReadBack();
    void optionsAreNamedAsTheirKeys();
    void oneValueCanBeWrittenBack();

private:
    // The values alone, without where they came from.
    static QStringList values(const Configuration& configuration);
};

QStringList ConfigurationTextTest::values(const Configuration& configuration)
{
    QStringList values;
    for (const engine::ConfigurationKey& key : engine::configurationKeys()) {
        values << engine::configurationValue(configuration.settings, QLatin1String(key.name));
    }
    return values;
}

void ConfigurationTextTest::helpNamesEverything()
{
    const QString daemon = engine::helpText(Configuration::Face::Daemon);
    const QString console = engine::helpText(Configuration::Face::Console);
    for (const engine::ConfigurationKey& key : engine::configurationKeys()) {
        const QString option = key.option
            ? QStringLiteral("--%1 ").arg(QLatin1String(key.option))
            : QStringLiteral("(no option) %1 ").arg(QLatin1String(key.name));
        QVERIFY2(daemon.contains(option), key.name);
        for (const engine::EnvironmentVariable& variable : key.environment) {
            QVERIFY(!variable.name || daemon.contains(QLatin1String(variable.name)));
        }
    }
    QVERIFY(daemon.contains(QStringLiteral("Default: 5062")));
    QVERIFY(daemon.contains(QStringLiteral("Default: 127.0.0.1:8080, [::1]:8080")));
    QVERIFY(daemon.contains(QStringLiteral("Exit codes")));
    QVERIFY(!daemon.contains(QStringLiteral("--theme")));
    QVERIFY(console.contains(QStringLiteral("--theme system|light|dark")));
    const QStringList lines = daemon.split(u'\n') + console.split(u'\n');
    for (const QString& line : lines) {
        QVERIFY2(line.size() <= 100, qPrintable(line));
    }
}

void ConfigurationTextTest::printedConfigurationNamesValuesAndSources()
{
    ConfigurationFixture fixture;
    fixture.setVariable("WS_PORT", QStringLiteral("0"));
    fixture.input.arguments = QStringList{QStringLiteral("--sip-server=192.0.2.9")};
    const QString text = engine::printedConfiguration(*fixture.load());
    const auto has = [&text](const char* line) {
        return text.split(u'\n').contains(QString::fromLatin1(line));
    };
    QVERIFY2(has("sip_port = 5062  # default"), qPrintable(text));
    QVERIFY(has("sip_server = 192.0.2.9:5060  # option --sip-server"));
    QVERIFY(has("ws_listen = 127.0.0.1:0, [::1]:0  # default; environment variable WS_PORT"));
    QVERIFY(has("auto_answer_after = 0  # default"));
    QVERIFY(text.contains(fixture.file() + QStringLiteral(" does not exist")));
}

void ConfigurationTextTest::printedConfigurationCanBeReadBack_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("defaults") << QString();
    QTest::newRow("others") << QStringLiteral(
        "--sip-address|192.0.2.7|--sip-port|0|--sip-server|[2001:db8::1]:5070|--sip-allow|any|"
        "--auto-answer-after|never|--ring-timeout|7|--max-calls|3|--ws-listen|127.0.0.1:0|"
        "--ws-token-file|a # b|--rtp-ports|20000-20001|--greeting|none|--record|incoming|"
        "--record-channels|inbound|--db|c d.db|--log-file|\"l|--log-level|error");
    QTest::newRow("SIP over streams")
        << QStringLiteral("--sip-tcp|no|--sip-tls-port|0|--sip-tls-certificate|a # b|--sip-tls-key|"
                          "a # b|--sip-tls-ca|a # b|--sip-dns|192.0.2.53, [::1]:54|"
                          "--remote-auto-answer|no|--session-timer|0|--rtp-timeout|9|"
                          "--stun-server|[::1]:5|--public-address|2001:db8::7|--codecs|pcmu, opus");
    QTest::newRow("nobody may call") << QStringLiteral("--sip-allow|none");
    QTest::newRow("networks") << QStringLiteral("--sip-allow|10.0.0.0/8, 2001:db8::/32");
}

void ConfigurationTextTest::printedConfigurationCanBeReadBack()
{
    QFETCH(QString, arguments);
    ConfigurationFixture fixture;
    fixture.makeFile(QStringLiteral("work/a # b"), "secret");
    fixture.input.arguments = arguments.split(u'|', Qt::SkipEmptyParts);
    const auto first = fixture.load();
    QVERIFY2(first, qPrintable(fixture.errors().join(u'\n')));
    fixture.setFile(engine::printedConfiguration(*first).toUtf8());
    fixture.input.arguments.clear();
    const auto second = fixture.load();
    QVERIFY2(second, qPrintable(fixture.errors().join(u'\n')));
    QCOMPARE(values(*second), values(*first));
    if (!arguments.isEmpty()) {
        fixture.setFile({});
        QVERIFY(values(*fixture.load()) != values(*first));
    }
}

void ConfigurationTextTest::optionsAreNamedAsTheirKeys()
{
    for (const engine::ConfigurationKey& key : engine::configurationKeys()) {
        if (key.option) {
            QCOMPARE(QString::fromLatin1(key.option).replace(u'-', u'_'),
                     QString::fromLatin1(key.name));
        }
    }
}

void ConfigurationTextTest::oneValueCanBeWrittenBack()
{
    ConfigurationFixture fixture;
    fixture.setFile("# mine\nauto_answer_after = 0 # at once\nsip_port = 5070\n");
    auto configuration = *fixture.load();
    configuration.settings.autoAnswerAfter.reset();
    const QString key = QStringLiteral("auto_answer_after");
    QVERIFY(engine::ConfigFile::setValue(configuration.filePath, key,
                                         engine::configurationValue(configuration.settings, key)));
    QFile file(fixture.file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(),
             QByteArray("# mine\nauto_answer_after = never # at once\nsip_port = 5070\n"));
    QVERIFY(!fixture.load()->settings.autoAnswerAfter);
    QCOMPARE(engine::configurationValue(configuration.settings, QStringLiteral("odd")), QString());
}

QTEST_GUILESS_MAIN(ConfigurationTextTest)
#include "tst_configuration_text.moc"
