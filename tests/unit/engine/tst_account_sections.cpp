#include "ConfigurationFixture.h"
#include "engine/Configuration.h"
#include "engine/ConfigurationText.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using test::ConfigurationFixture;

class AccountSectionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsRead();
    void anAccountNeedsOnlyUserAndDomain();
    void theFirstIsTheDefaultIfNoneIs();
    void errorsNameFileLineAndAccount_data();
    void errorsNameFileLineAndAccount();
    void everyErrorIsTold();
    void aPasswordIsRefusedAndNotRepeated();
    void thePasswordFileMustBeItsOwnersAlone();
    void printedAccountsCanBeReadBack();
};

void AccountSectionsTest::everyKeyIsRead()
{
    ConfigurationFixture fixture;
    const QString secret = fixture.makeFile(QStringLiteral("work/secret"), "sesame\n");
    QVERIFY(QFile::setPermissions(secret, QFile::ReadOwner));
    fixture.setFile("sip_port = 5070\n[account other]\nuser = 1\ndomain = [2001:db8::1]\n"
                    "[account Office-1_a.b] # mine\nuser = 200\nauth_user = u200\n"
                    "domain = example.com\nregistrar = reg.example.com:5070\n"
                    "outbound_proxy = 192.0.2.1\ntransport = TLS\ndisplay_name = \"Anna B\"\n"
                    "expires = 60\nregister = no\ndefault = yes\npassword_file = secret\n"
                    "dtmf = inband\nvoicemail = *97\nbusy_lamps = 201, sip:x@example.com\n"
                    "pickup_prefix = **\ncodecs = pcma, OPUS\n");
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    QCOMPARE(loaded->settings.sipPort, 5070);
    QCOMPARE(loaded->settings.accounts.size(), 2);
    model::Account expected;
    expected.name = QStringLiteral("Office-1_a.b");
    expected.user = QStringLiteral("200");
    expected.authUser = QStringLiteral("u200");
    expected.domain = QStringLiteral("example.com");
    expected.registrar = QStringLiteral("reg.example.com:5070");
    expected.outboundProxy = QStringLiteral("192.0.2.1");
    expected.transport = model::SipTransport::Tls;
    expected.displayName = QStringLiteral("Anna B");
    expected.expires = 60s;
    expected.registers = false;
    expected.isDefault = true;
    expected.passwordFile = secret;
    expected.dtmf = model::DtmfMethod::InBand;
    expected.voicemailNumber = QStringLiteral("*97");
    expected.busyLamps = QStringList{QStringLiteral("201"), QStringLiteral("sip:x@example.com")};
    expected.codecs = QStringList{QStringLiteral("PCMA"), QStringLiteral("opus")};
    expected.pickupPrefix = QStringLiteral("**");
    QVERIFY(loaded->settings.accounts.at(1) == expected);
    QVERIFY(!loaded->settings.accounts.at(0).isDefault);
    QCOMPARE(loaded->sources.value(QStringLiteral("account Office-1_a.b/user")),
             fixture.file() + QStringLiteral(":6"));
}

void AccountSectionsTest::anAccountNeedsOnlyUserAndDomain()
{
    ConfigurationFixture fixture;
    fixture.setFile("[account a]\nuser = 200\ndomain = 192.0.2.1\n");
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    model::Account expected;
    expected.name = QStringLiteral("a");
    expected.user = QStringLiteral("200");
    expected.domain = QStringLiteral("192.0.2.1");
    expected.isDefault = true;
    QVERIFY(loaded->settings.accounts == QList<model::Account>{expected});
}

void AccountSectionsTest::theFirstIsTheDefaultIfNoneIs()
{
    ConfigurationFixture fixture;
    const QByteArray keys = "user = 1\ndomain = example.com\n";
    fixture.setFile("[account a]\ndefault = no\n" + keys + "[account b]\n" + keys);
    QVERIFY(fixture.load()->settings.accounts.at(0).isDefault);
    QVERIFY(!fixture.load()->settings.accounts.at(1).isDefault);
    fixture.setFile("[account a]\n" + keys + "[account b]\ndefault = yes\n" + keys);
    QVERIFY(!fixture.load()->settings.accounts.at(0).isDefault);
    QVERIFY(fixture.load()->settings.accounts.at(1).isDefault);
}

void AccountSectionsTest::errorsNameFileLineAndAccount_data()
{
    QTest::addColumn<QByteArray>("content"); // its third line is wrong
    QTest::addColumn<QString>("error");
    const auto row = [](const QByteArray& content, const char* error) {
        QTest::newRow(content.constData()) << content << QString::fromUtf8(error);
    };
    const auto key = [&row](const QByteArray& line, const char* error) {
        row("[account a]\nuser = 1\n" + line + "\ndomain = example.com\n", error);
    };
    row("\n\n[account a]\nuser = 1\n", "account 'a': it has no key 'domain'");
    row("\n\n[account a]\ndomain = a.example\n", "account 'a': it has no key 'user'");
    row("\n\n[account a]\n", "account 'a': it has no key 'user' and 'domain'");
    row("\n\n[account]\n", "'' is no name for an account");
    row("\n\n[account a b]\n", "'a b' is no name for an account");
    row("\n\n[account ä]\n", "is no name for an account");
    row("\n\n[accuont a]\n", "section '[accuont]' is unknown");
    row("\n\n[a\x1b[31m]\n", "section '[a\\x1b[31m]' is unknown");
    key("userr = 1",
        "account 'a': key 'userr': there is no such key of an account; did you mean "
        "'user'?");
    key("sip_port = 1", "key 'sip_port': there is no such key of an account");
    key("registrar =", "key 'registrar': it has no value; give one (HOST[:PORT])");
    key("registrar = a b", "key 'registrar'");
    key("registrar = a:0", "has a port that can't be called");
    key("outbound_proxy = a:99999", "key 'outbound_proxy'");
    key("transport = sctp", "give auto or udp or tcp or tls");
    key("expires = 59", "'59' is no number from 60 to 86400");
    key("expires = 86401", "'86401' is no number from 60 to 86400");
    key("register = maybe", "neither yes nor no");
    key("dtmf = morse", "give auto or rfc4733 or info or inband");
    key("auth_user = a b", "is no name for authentication");
    key("voicemail = a b", "can't be dialled");
    key("busy_lamps = 201,,202", "is no list of extensions");
    key("busy_lamps = 201, 201", "'201' stands there twice");
    key("pickup_prefix = ab", "can't be dialled before an extension");
    key("codecs = opus, G729",
        "account 'a': key 'codecs': 'G729' is no codec that can be spoken; give some of opus, "
        "G722, "
        "PCMA, PCMU; did you mean 'G722'?");
    key("codecs = opus, Opus", "key 'codecs': 'Opus' stands there twice; remove one");
    key("password_file = /nonesuch",
        "account 'a': key 'password_file': the password file "
        "'/nonesuch' does not exist");
    key("user = 2", "key 'user': it stands in line 2 as well");
    row("[account a]\ndomain = a.example\nuser = 1@b\n", "'1@b' is no user part");
    row("[account a]\nuser = 1\ndomain = a.example:5070\n", "is no domain");
    row("[account a]\nuser = 1\ndomain = a b\n", "is no domain");
}

void AccountSectionsTest::errorsNameFileLineAndAccount()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    fixture.setFile(content);
    const QStringList errors = fixture.errors();
    QVERIFY2(errors.size() == 1, qPrintable(errors.join(u'\n')));
    QVERIFY2(errors.first().startsWith(fixture.file() + QStringLiteral(":3: ")),
             qPrintable(errors.first()));
    QVERIFY2(errors.first().contains(error), qPrintable(errors.first()));
}

void AccountSectionsTest::everyErrorIsTold()
{
    ConfigurationFixture fixture;
    const QByteArray keys = "user = 1\ndomain = example.com\ndefault = yes\n";
    fixture.setFile("[account a]\n" + keys + "[account a]\n" + keys + "[account b]\n" + keys
                    + "[other]\nx = 1\n");
    const QStringList errors = fixture.errors();
    QVERIFY2(errors.size() == 3, qPrintable(errors.join(u'\n')));
    QVERIFY(errors.at(0).startsWith(fixture.file()
                                    + QStringLiteral(":5: account 'a': it has a "
                                                     "section at")));
    QVERIFY(errors.at(1).contains(QStringLiteral(":12: account 'b': key 'default'")));
    QVERIFY(errors.at(1).contains(QStringLiteral(":4 is the default already")));
}

void AccountSectionsTest::aPasswordIsRefusedAndNotRepeated()
{
    ConfigurationFixture fixture;
    for (const QByteArray line : {"password = sesame", "password sesame", "password = \"sesame"}) {
        fixture.setFile("[account a]\nuser = 1\ndomain = example.com\n" + line + '\n');
        const QString errors = fixture.errors().join(u'\n');
        QVERIFY2(errors.contains(QStringLiteral(":4: ")), qPrintable(errors));
        QVERIFY2(!errors.contains(QStringLiteral("sesame")), qPrintable(errors));
    }
    fixture.setFile("[account a]\nuser = 1\ndomain = example.com\npassword = sesame\n");
    QVERIFY(fixture.errors().join(u'\n').contains(QStringLiteral("hookswitchd --set-password a")));
}

void AccountSectionsTest::thePasswordFileMustBeItsOwnersAlone()
{
    ConfigurationFixture fixture;
    const QString secret = fixture.makeFile(QStringLiteral("work/secret"), "sesame\n");
    QVERIFY(QFile::setPermissions(secret, QFile::ReadOwner | QFile::ReadOther));
    fixture.setFile("[account a]\nuser = 1\ndomain = example.com\npassword_file = secret\n");
    const QString errors = fixture.errors().join(u'\n');
    QVERIFY2(errors.contains(QStringLiteral("chmod 600")), qPrintable(errors));
    QVERIFY(!errors.contains(QStringLiteral("sesame")));
}

void AccountSectionsTest::printedAccountsCanBeReadBack()
{
    ConfigurationFixture fixture;
    const QString secret = fixture.makeFile(QStringLiteral("work/s # 1"), "sesame\n");
    QVERIFY(QFile::setPermissions(secret, QFile::ReadOwner));
    fixture.setFile("[account a]\nuser = 1\ndomain = a.example\npassword_file = \"s # 1\"\n"
                    "display_name = \" # \\\"A\\\" \"\n[account b]\nuser = 2\n"
                    "domain = 192.0.2.1\ncodecs = G722\nbusy_lamps = 1, 2\nexpires = 90\n");
    const auto first = fixture.load();
    QVERIFY2(first, qPrintable(fixture.errors().join(u'\n')));
    const QString text = engine::printedConfiguration(*first);
    QVERIFY2(text.contains(
                 QStringLiteral("[account a]  # %1:1\nuser = 1  # %1:2\n").arg(fixture.file())),
             qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("default = yes  # the first account\n")));
    QVERIFY(!text.contains(QStringLiteral("sesame")));
    fixture.setFile(text.toUtf8());
    const auto second = fixture.load();
    QVERIFY2(second, qPrintable(fixture.errors().join(u'\n')));
    QVERIFY(second->settings.accounts == first->settings.accounts);
    QCOMPARE(second->settings.accounts.at(0).displayName, QStringLiteral(" # \"A\" "));
}

QTEST_GUILESS_MAIN(AccountSectionsTest)
#include "tst_account_sections.moc"
