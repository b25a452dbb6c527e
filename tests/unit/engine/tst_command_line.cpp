#include "ConfigurationFixture.h"
#include "engine/Configuration.h"

#include <QTest>

using namespace hs;
using engine::Command;
using engine::CommandResult;
using engine::Configuration;
using test::ConfigurationFixture;
using Verb = Command::Verb;

// Verbs and links of the command line, and commands as JSON.
class CommandLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verbs_data();
    void verbs();
    void usage_data();
    void usage();
    void passwords();
    void linksAreForTheConsole();
    void whatCanNotBeCalledIsRefused_data();
    void whatCanNotBeCalledIsRefused();
    void whatTheDialFieldTakes_data();
    void whatTheDialFieldTakes();
    void jsonAndBack_data();
    void jsonAndBack();
    void whatIsNoCommandIsAnError_data();
    void whatIsNoCommandIsAnError();
    void resultsAndBack();

private:
    static QStringList words(const char* text)
    {
        return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
    }
};

void CommandLineTest::verbs_data()
{
    QTest::addColumn<int>("verb");
    QTest::addColumn<QString>("text"); // target or digits
    QTest::addColumn<int>("id");
    const auto row = [](const char* line, Verb verb, const char* text = "", int id = 0) {
        QTest::newRow(line) << static_cast<int>(verb) << QString::fromLatin1(text) << id;
    };
    row("--call 200", Verb::Call, "200");
    row("--call=sip:200@x", Verb::Call, "sip:200@x");
    row("--answer", Verb::Answer);
    row("--answer 3", Verb::Answer, "", 3);
    row("--answer=3", Verb::Answer, "", 3);
    row("--hangup", Verb::HangUp);
    row("--hangup 12", Verb::HangUp, "", 12);
    row("--dtmf 12#", Verb::Dtmf, "12#");
    row("--dtmf 12 3", Verb::Dtmf, "12", 3);
    row("--dtmf=12# 3", Verb::Dtmf, "12#", 3);
    row("--hold", Verb::Hold);
    row("--unhold 4", Verb::Unhold, "", 4);
    row("--transfer 200", Verb::Transfer, "200");
    row("--transfer 200 3", Verb::Transfer, "200", 3);
    row("--pickup 201", Verb::PickUp, "201");
    row("--pickup=sip:201@x", Verb::PickUp, "sip:201@x");
    row("--transfer-to-call 2", Verb::TransferToCall);
    row("--transfer-to-call=2 3", Verb::TransferToCall, "", 3);
    row("--join 2", Verb::Join);
    row("--join 2 3", Verb::Join, "", 3);
    row("--split", Verb::Split);
    row("--split 3", Verb::Split, "", 3);
    row("--change-codecs opus,PCMA", Verb::ChangeCodecs, "opus,PCMA");
    row("--change-codecs G722 3", Verb::ChangeCodecs, "G722", 3);
    row("--list", Verb::List);
    row("--accounts", Verb::Accounts);
}

void CommandLineTest::verbs()
{
    QFETCH(int, verb);
    QFETCH(QString, text);
    QFETCH(int, id);
    for (const auto face : {Configuration::Face::Daemon, Configuration::Face::Console}) {
        ConfigurationFixture fixture;
        fixture.input.face = face;
        fixture.input.arguments = words(QTest::currentDataTag());
        const auto loaded = fixture.load();
        QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
        QVERIFY(loaded->command);
        QCOMPARE(static_cast<int>(loaded->command->verb), verb);
        QCOMPARE(loaded->command->target + loaded->command->digits, text);
        QCOMPARE(loaded->command->id, static_cast<model::CallId>(id));
        QVERIFY(!loaded->command->all && !loaded->command->isLink);
        const bool isOfTwo =
            loaded->command->verb == Verb::TransferToCall || loaded->command->verb == Verb::Join;
        QCOMPARE(loaded->command->other, model::CallId(isOfTwo ? 2 : 0));
    }
    ConfigurationFixture fixture;
    fixture.input.arguments = words("--hangup all");
    QVERIFY(fixture.load()->command->all);
    fixture.input.arguments = words("--call 1 --account office --sip-port 5070");
    QCOMPARE(fixture.load()->command->account, QStringLiteral("office"));
    QCOMPARE(fixture.load()->settings.sipPort, 5070);
    fixture.input.arguments = words("--pickup 201 --account office");
    QCOMPARE(fixture.load()->command->account, QStringLiteral("office"));
    for (const char* line : {"--list --json", "--json --accounts"}) {
        fixture.input.arguments = words(line);
        QVERIFY(fixture.load()->json);
    }
}

void CommandLineTest::usage_data()
{
    QTest::addColumn<QString>("error");
    const auto row = [](const char* line, const char* error) {
        QTest::newRow(line) << QString::fromLatin1(error);
    };
    row("--call", "option --call: it needs a value; write --call NUMBER");
    row("--call=", "option --call: it needs a value");
    row("--dtmf", "option --dtmf: it needs a value; write --dtmf DIGITS");
    row("--call 1 --hangup", "option --hangup: --call is given too; give one thing to do");
    row("--answer x", "'x' does not belong there");
    row("--answer=x", "option --answer: 'x' is no call; give the ID that --list shows");
    row("--answer=0", "'0' is no call");
    row("--answer=all", "'all' is no call");
    row("--hangup=99999999999", "is no call");
    row("--list=3", "option --list: it takes no value");
    row("--list 3", "'3' does not belong there");
    row("--pickup", "option --pickup: it needs a value; write --pickup EXTENSION");
    row("--pickup 201 3", "'3' does not belong there");
    row("--transfer-to-call", "it needs a value; write --transfer-to-call OTHER");
    row("--transfer-to-call anna", "option --transfer-to-call: 'anna' is no call; give the ID");
    row("--transfer-to-call=0 3", "'0' is no call");
    row("--transfer-to-call 2 all", "'all' does not belong there");
    row("--transfer 201 --transfer-to-call 3", "--transfer is given too");
    row("--join", "it needs a value; write --join OTHER");
    row("--join anna", "option --join: 'anna' is no call");
    row("--change-codecs", "it needs a value; write --change-codecs NAMES");
    row("--accounts=3", "option --accounts: it takes no value");
    row("--hold --json", "option --json: it goes with --list or --accounts");
    row("--json", "option --json: it goes with --list");
    row("--json=yes", "option --json: it takes no value");
    row("--hangup --account a", "option --account: it goes with --call");
    row("--hold 1 2", "'2' does not belong there");
    row("--set-password", "option --set-password: it needs a value");
    row("--set-password a --list", "several things to do are given");
    row("--set-password a --remove-password a", "several things to do are given");
    row("--anwser", "there is no such option; did you mean 'answer'?");
}

void CommandLineTest::usage()
{
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    fixture.input.arguments = words(QTest::currentDataTag());
    const QStringList errors = fixture.errors();
    QVERIFY2(errors.value(0).contains(error), qPrintable(errors.join(u'\n')));
}

void CommandLineTest::passwords()
{
    ConfigurationFixture fixture;
    fixture.input.arguments = words("--set-password office");
    QCOMPARE(fixture.load()->setPassword, QStringLiteral("office"));
    fixture.input.arguments = words("--remove-password=office");
    QCOMPARE(fixture.load()->removePassword, QStringLiteral("office"));
    QVERIFY(!fixture.load()->command);
}

void CommandLineTest::linksAreForTheConsole()
{
    for (const char* link : {"tel:+4930123", "SIP:200@x", "sips:200@x", "callto:200"}) {
        ConfigurationFixture fixture;
        fixture.input.arguments = QStringList{QString::fromLatin1(link)};
        QVERIFY(!fixture.load()); // a daemon is no program for links
        fixture.input.face = Configuration::Face::Console;
        const auto loaded = fixture.load();
        QVERIFY(loaded && loaded->command);
        QCOMPARE(loaded->command->verb, Verb::Call);
        QCOMPARE(loaded->command->target, QString::fromLatin1(link));
        QVERIFY(loaded->command->isLink);
    }
    ConfigurationFixture fixture;
    fixture.input.face = Configuration::Face::Console;
    fixture.input.arguments = QStringList{QStringLiteral("0301234")}; // for the dial field
    QVERIFY(!fixture.load()->command);
    QCOMPARE(fixture.load()->positional.size(), 1);
}

void CommandLineTest::whatCanNotBeCalledIsRefused_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const QStringList& given, const char* error) {
        QTest::newRow(name) << given << QString::fromLatin1(error);
    };
    const auto one = [](const char* text) { return QStringList{QString::fromUtf8(text)}; };
    row("another kind of link", one("mailto:x"),
        "'mailto:x' can't be called: it is no number, no name@host, and no link with tel:, sip:, "
        "sips: or callto:");
    row("with an address in it", one("mailto:anna@x.example"), "'mailto:anna@x.example' can't be");
    row("of the web", one("https://x.example/"), "'https://x.example/' can't be called");
    row("a word", one("foo"), "'foo' can't be called");
    row("nothing", one(""), "'' can't be called");
    row("two links", one("tel:1") + one("sip:2@x"), "'sip:2@x' is too many: one number or link");
    row("a number in pieces", one("02") + one("2388"), "(here '02'); write one that has blanks");
}

void CommandLineTest::whatCanNotBeCalledIsRefused()
{
    QFETCH(QStringList, given);
    QFETCH(QString, error);
    ConfigurationFixture fixture;
    fixture.input.face = Configuration::Face::Console;
    fixture.input.arguments = given;
    const QStringList errors = fixture.errors();
    QCOMPARE(errors.size(), 1);
    QVERIFY2(errors.constFirst().contains(error), qPrintable(errors.constFirst()));
}

void CommandLineTest::whatTheDialFieldTakes_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"0301234", "+49 (30) 1234", "*98#", "anna@x.example",
                             "\xef\xbc\x90\xef\xbc\x92", "anna@[2001:db8::1]:5070"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void CommandLineTest::whatTheDialFieldTakes()
{
    QFETCH(QString, text);
    ConfigurationFixture fixture;
    fixture.input.face = Configuration::Face::Console;
    fixture.input.arguments = QStringList{text};
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    QVERIFY(!loaded->command);
    QCOMPARE(loaded->positional, QStringList{text});
}

void CommandLineTest::jsonAndBack_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char* name, const Command& command) {
        QTest::newRow(name) << command.toJson();
    };
    row("raise", {});
    row("call",
        {Verb::Call, QStringLiteral("sip:ä@x\n\""), {}, QStringLiteral("a"), 0, false, true, 99});
    row("hang up all", {Verb::HangUp, {}, {}, {}, 0, true});
    row("dtmf", {Verb::Dtmf, {}, QStringLiteral("12#"), {}, 9007199254740991});
    row("attended transfer", {Verb::TransferToCall, {}, {}, {}, 3, false, false, 0, 4});
    row("accounts", {Verb::Accounts, {}, {}, {}});
}

void CommandLineTest::jsonAndBack()
{
    QFETCH(QByteArray, line);
    QVERIFY(line.endsWith('\n') && line.count('\n') == 1);
    const auto read = Command::fromJson(line);
    QVERIFY(read);
    QCOMPARE(read->toJson(), line);
}

void CommandLineTest::whatIsNoCommandIsAnError_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const QByteArray line : {"", "\n", "nonsense", "[]", "{}", "{\"do\":1}",
                                  "{\"do\":\"fly\"}", "\xff\xfe\x00", "{", "{\"do\":\"call\""}) {
        QTest::newRow(line.toHex().prepend('x').constData()) << line;
    }
    QTest::newRow("deep") << QByteArray(10000, '[');
}

void CommandLineTest::whatIsNoCommandIsAnError()
{
    QFETCH(QByteArray, line);
    QVERIFY(!Command::fromJson(line));
    QVERIFY(!CommandResult::fromJson(line));
    // Values of the wrong kind are as if they were not there.
    Command expected;
    expected.verb = Verb::HangUp;
    const auto odd = Command::fromJson(R"({"do":"hangup","id":-1,"all":"x","target":[1]})");
    QVERIFY(odd && *odd == expected);
    QVERIFY(Command::fromJson(R"({"do":"hangup","id":1e300})")->id == 0);
}

void CommandLineTest::resultsAndBack()
{
    CommandResult result = CommandResult::refused(QStringLiteral("no call is ringing"));
    result.calls = QJsonArray{1, QStringLiteral("x")};
    const auto read = CommandResult::fromJson(result.toJson());
    QVERIFY(read && read->kind == CommandResult::Kind::Refused);
    QCOMPARE(read->text, result.text);
    QCOMPARE(read->calls, result.calls);
    QVERIFY(read->accounts.isEmpty());
    result.accounts = QJsonArray{2};
    QCOMPARE(CommandResult::fromJson(result.toJson())->accounts, result.accounts);
    QVERIFY(CommandResult::fromJson(CommandResult::done().toJson())->kind
            == CommandResult::Kind::Done);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_command_line.moc"
