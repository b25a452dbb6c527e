#include "AccountsFixture.h"
#include "call/DialPlan.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// The accounts of every row: office is the default, other is not.
class DialPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAccounts_data();
    void withoutAccounts();
    void withAccounts_data();
    void withAccounts();
    void addressesOfAServersMachine_data();
    void addressesOfAServersMachine();
    void identityIsTheAccounts();
    void theFirstIsTheDefaultWhereNoneIs();
    void unknownAccount();
    void targetsOfFarEnds_data();
    void targetsOfFarEnds();
    void numbersOfFarEndsWithoutAServer();
};

namespace {
QList<model::Account> officeAndOther()
{
    model::Account other = silentAccount("other", "200", "other.example");
    model::Account office = silentAccount("office", "100", "office.example");
    office.isDefault = true;
    return {other, office};
}
} // namespace

void DialPlanTest::withoutAccounts_data()
{
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("uri"); // empty: refused
    const auto row = [](const char* text, const char* server, const char* uri) {
        QTest::addRow("%s by '%s'", text, server) << QByteArray(server) << QByteArray(uri);
    };
    row("300", "pbx.example:5070", "sip:300@pbx.example:5070");
    row("300", "pbx.example", "sip:300@pbx.example:5060");
    row("300", "", "");
    row("tel:+49-30-1", "pbx.example:5070", "sip:+49301@pbx.example:5070");
    row("callto:300", "pbx.example:5070", "sip:300@pbx.example:5070");
    row("callto:300@x.example", "pbx.example:5070", "sip:300@x.example");
    row("sip:300@x.example", "pbx.example:5070", "sip:300@x.example");
    row("sip:300@x.example", "", "sip:300@x.example");
    row("300@x.example", "", "sip:300@x.example");
    row("hello world", "pbx.example", "");
}

void DialPlanTest::withoutAccounts()
{
    QFETCH(QByteArray, server);
    QFETCH(QByteArray, uri);
    AccountsFixture f;
    const QString text =
        QString::fromUtf8(QTest::currentDataTag()).section(QStringLiteral(" by '"), 0, 0);
    const auto hostPort = base::HostPort::parse(server);
    const call::DialPlan plan(f.accounts, hostPort ? std::optional(*hostPort) : std::nullopt);
    const auto call = plan.read(text, {});
    QCOMPARE(call ? call->target.uri.toBytes() : QByteArray(), uri);
    QVERIFY(call || !call.error().text.isEmpty());
    if (call) {
        QVERIFY(call->identity.account.isEmpty());
        QVERIFY(call->identity.from.uri.host.isEmpty());
        QVERIFY(!call->identity.credentials);
        QVERIFY(!call->identity.nextHop);
    }
}

void DialPlanTest::withAccounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("number");
    const auto row = [](const char* name, const char* text, const char* named, const char* uri,
                        const char* account, const char* number) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(named)
                            << QByteArray(uri) << QString::fromUtf8(account)
                            << QString::fromUtf8(number);
    };
    // A port that nobody named is for DNS to say (RFC 3263 section 4.2).
    row("a number is dialled by the default", "300", "", "sip:300@office.example", "office", "300");
    row("a number by the one that is named", "300", "other", "sip:300@other.example", "other",
        "300");
    row("3966 tel by the default", "tel:+49-30-1", "", "sip:+49301@office.example", "office",
        "+49301");
    row("3966 tel by the one that is named", "tel:+49-30-1", "other", "sip:+49301@other.example",
        "other", "+49301");
    row("callto of a number", "callto:300", "", "sip:300@office.example", "office", "300");
    row("callto of an address keeps its host", "callto:300@x.example", "", "sip:300@x.example", "",
        "300");
    row("callto of an address of an account", "callto:300@other.example", "",
        "sip:300@other.example", "other", "300");
    row("callto of an address with escapes", "callto:300%40x.example", "", "sip:300@x.example", "",
        "300");
    row("a URI of a stranger's host is nobody's", "sip:300@x.example", "", "sip:300@x.example", "",
        "300");
    row("a URI of an account's host is its", "sip:300@other.example", "", "sip:300@other.example",
        "other", "300");
    row("4343 a host is compared without case", "sip:300@OTHER.example", "",
        "sip:300@OTHER.example", "other", "300");
    row("an address without scheme", "300@other.example", "", "sip:300@other.example", "other",
        "300");
    row("a URI by the one that is named", "sip:300@x.example", "other", "sip:300@x.example",
        "other", "300");
    row("a URI keeps its port", "sip:300@other.example:5070", "", "sip:300@other.example:5070",
        "other", "300");
    row("a number with blanks", " 03 00 ", "", "sip:0300@office.example", "office", "0300");
}

void DialPlanTest::withAccounts()
{
    QFETCH(QString, text);
    QFETCH(QString, named);
    AccountsFixture f;
    f.set(officeAndOther());
    // The SIP server is for what no account is there for.
    const call::DialPlan plan(f.accounts, base::HostPort{"pbx.example", 5070});
    const auto call = plan.read(text, named);
    QVERIFY2(call, qPrintable(call ? QString() : call.error().text));
    QTEST(call->target.uri.toBytes(), "uri");
    QTEST(call->identity.account, "account");
    QTEST(call->target.number, "number");
}

void DialPlanTest::addressesOfAServersMachine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("account");
    QTest::newRow("the server") << QStringLiteral("sip:300@192.0.2.9:5070")
                                << QStringLiteral("office");
    QTest::newRow("without a port")
        << QStringLiteral("sip:300@192.0.2.9") << QStringLiteral("office");
    QTest::newRow("another telephone") << QStringLiteral("sip:300@192.0.2.9:36795") << QString();
}

void DialPlanTest::addressesOfAServersMachine()
{
    QFETCH(QString, text);
    AccountsFixture f;
    QList<model::Account> list = officeAndOther();
    list[1].domain = QStringLiteral("192.0.2.9:5070");
    f.set(list);
    const auto call = call::DialPlan(f.accounts, std::nullopt).read(text, {});
    QVERIFY(call);
    QTEST(call->identity.account, "account");
}

void DialPlanTest::identityIsTheAccounts()
{
    AccountsFixture f;
    QList<model::Account> list = officeAndOther();
    list[1].displayName = QString::fromUtf8("王小明");
    list[1].dtmf = model::DtmfMethod::Info;
    list[1].user = QStringLiteral("1 00");
    f.set(list);
    const call::DialPlan plan(f.accounts, std::nullopt);
    const auto call = plan.read(QStringLiteral("300"), {});
    QCOMPARE(call->identity.from.toBytes(),
             QString::fromUtf8("\"王小明\" <sip:1%2000@office.example>").toUtf8());
    QCOMPARE(call->identity.contactUser, QByteArray("1%2000"));
    QCOMPARE(call->identity.dtmf, model::DtmfMethod::Info);
    QVERIFY(call->identity.credentials);
}

void DialPlanTest::theFirstIsTheDefaultWhereNoneIs()
{
    AccountsFixture f;
    QList<model::Account> list = officeAndOther();
    list[1].isDefault = false;
    f.set(list);
    const call::DialPlan plan(f.accounts, std::nullopt);
    QCOMPARE(plan.read(QStringLiteral("300"), {})->identity.account, QStringLiteral("other"));
}

void DialPlanTest::unknownAccount()
{
    AccountsFixture f;
    f.set(officeAndOther());
    const call::DialPlan plan(f.accounts, base::HostPort{"pbx.example", 5070});
    for (const char* text : {"300", "sip:300@office.example"}) {
        const auto call = plan.read(QString::fromLatin1(text), QStringLiteral("nonesuch\n"));
        QVERIFY(!call);
        QVERIFY2(call.error().text.contains(QStringLiteral("nonesuch"))
                     && !call.error().text.contains(u'\n'),
                 qPrintable(call.error().text));
    }
}

void DialPlanTest::targetsOfFarEnds_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("of"); // the account of the call in which it was named
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QString>("account");
    const auto row = [](const char* name, const char* target, const char* of, const char* uri,
                        const char* account) {
        QTest::newRow(name) << QByteArray(target) << QString::fromLatin1(of) << QByteArray(uri)
                            << QString::fromLatin1(account);
    };
    row("3515 stays with the call's account", "sip:300@x.example", "other", "sip:300@x.example",
        "other");
    row("3515 goes by the account of its host", "sip:300@office.example", "other",
        "sip:300@office.example", "office");
    row("3515 of the call's own host", "sip:300@other.example", "other", "sip:300@other.example",
        "other");
    row("3515 in a call of nobody's", "sip:300@x.example", "", "sip:300@x.example", "");
    row("3966 tel by the call's account", "tel:+49301", "other", "sip:+49301@other.example",
        "other");
    row("3966 tel in a call of nobody's", "tel:+49301", "", "sip:+49301@office.example", "office");
    row("3966 5.1.1 visual separators are dropped", "tel:+49-(30)-1.2", "other",
        "sip:+493012@other.example", "other");
    row("3966 tel parameters are dropped", "tel:300;phone-context=x", "other",
        "sip:300@other.example", "other");
    row("an account that is gone meanwhile", "sip:300@x.example", "nonesuch", "sip:300@x.example",
        "");
}

void DialPlanTest::targetsOfFarEnds()
{
    QFETCH(QByteArray, target);
    QFETCH(QString, of);
    AccountsFixture f;
    f.set(officeAndOther());
    const call::DialPlan plan(f.accounts, std::nullopt);
    const call::DialledCall call = plan.of(*sip::Uri::parse(target), of);
    QTEST(call.target.uri.toBytes(), "uri");
    QTEST(call.identity.account, "account");
}

void DialPlanTest::numbersOfFarEndsWithoutAServer()
{
    AccountsFixture f;
    const call::DialPlan none(f.accounts, std::nullopt);
    QVERIFY(none.of(*sip::Uri::parse("tel:+49301"), {}).target.uri.host.isEmpty());
    const call::DialPlan server(f.accounts, base::HostPort{"pbx.example", 5070});
    QCOMPARE(server.of(*sip::Uri::parse("tel:+49301"), {}).target.uri.toBytes(),
             QByteArray("sip:+49301@pbx.example:5070"));
}

QTEST_GUILESS_MAIN(DialPlanTest)
#include "tst_dial_plan.moc"
