#include "engine/AccountListing.h"

#include <QTest>

using namespace hs;
using model::AccountState;
using model::RegistrationState;

class AccountListingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Asia/Taipei"); } // 8 hours before UTC
    void eachStateHasItsWord();
    void whatIsNotKnownIsNull();
    void registeredWithMessages();
    void failing();
    void theTable();
    void textOfServersIsMadePrintable();

private:
    static AccountState registered()
    {
        AccountState state;
        state.name = QStringLiteral("office");
        state.addressOfRecord = QStringLiteral("200@one.example");
        state.isDefault = true;
        state.state = RegistrationState::Registered;
        state.registeredUntil = 1767323045500; // 2026-01-02 03:04:05.500 UTC
        state.server = QStringLiteral("192.0.2.1:5061 TLS");
        state.newMessages = 2;
        state.oldMessages = 5;
        return state;
    }
    static AccountState failed()
    {
        AccountState state;
        state.name = QStringLiteral("home");
        state.addressOfRecord = QStringLiteral("4930@two.example");
        state.state = RegistrationState::Failed;
        state.nextTryAt = 1767323075000;
        state.sipCode = 403;
        state.problem = QStringLiteral("the server refuses: 403 Forbidden");
        return state;
    }
};

void AccountListingTest::eachStateHasItsWord()
{
    QStringList words;
    for (const auto state : {RegistrationState::Off, RegistrationState::Registering,
                             RegistrationState::Registered, RegistrationState::Reachable,
                             RegistrationState::Failed, RegistrationState::Unregistering}) {
        words << engine::toWord(state);
    }
    QCOMPARE(words.join(u' '),
             QStringLiteral("off registering registered reachable failed unregistering"));
}

void AccountListingTest::whatIsNotKnownIsNull()
{
    const QJsonObject listed = engine::listedAccount({});
    for (const char* name : {"registered_until", "next_try_at", "new_messages", "old_messages"}) {
        QVERIFY2(listed.contains(QLatin1String(name)), name);
        QVERIFY2(listed.value(QLatin1String(name)).isNull(), name);
    }
}

void AccountListingTest::registeredWithMessages()
{
    const QJsonObject expected{
        {QStringLiteral("name"), QStringLiteral("office")},
        {QStringLiteral("address_of_record"), QStringLiteral("200@one.example")},
        {QStringLiteral("default"), true},
        {QStringLiteral("state"), QStringLiteral("registered")},
        {QStringLiteral("registered_until"), QStringLiteral("2026-01-02T03:04:05.500Z")},
        {QStringLiteral("next_try_at"), QJsonValue()},
        {QStringLiteral("problem"), QString()},
        {QStringLiteral("sip_code"), 0},
        {QStringLiteral("server"), QStringLiteral("192.0.2.1:5061 TLS")},
        {QStringLiteral("new_messages"), 2},
        {QStringLiteral("old_messages"), 5}};
    QCOMPARE(engine::listedAccount(registered()), expected);
}

void AccountListingTest::failing()
{
    const QJsonObject listed = engine::listedAccount(failed());
    QCOMPARE(listed.value(QLatin1String("state")).toString(), QStringLiteral("failed"));
    QCOMPARE(listed.value(QLatin1String("next_try_at")).toString(),
             QStringLiteral("2026-01-02T03:04:35.000Z"));
    QCOMPARE(listed.value(QLatin1String("problem")).toString(), failed().problem);
    QCOMPARE(listed.value(QLatin1String("sip_code")).toInt(), 403);
    QCOMPARE(listed.value(QLatin1String("default")).toBool(), false);
}

void AccountListingTest::theTable()
{
    QCOMPARE(engine::accountTable({}), QStringLiteral("no accounts\n"));
    const QStringList lines =
        engine::accountTable({engine::listedAccount(registered()), engine::listedAccount(failed())})
            .split(u'\n');
    QCOMPARE(lines.size(), 4);
    const auto under = [&lines](const char* head, int row) {
        const QString text = lines.at(row).mid(lines.at(0).indexOf(QLatin1String(head)));
        return text.left(text.indexOf(QStringLiteral("  ")));
    };
    QCOMPARE(under("NAME", 1), QStringLiteral("office"));
    QCOMPARE(under("STATE", 1), QStringLiteral("registered"));
    QCOMPARE(under("UNTIL", 1), QStringLiteral("11:04:05"));
    QCOMPARE(under("NEXT TRY", 1), QStringLiteral("-"));
    QCOMPARE(under("VOICE MAIL", 1), QStringLiteral("2 new, 5 old"));
    QCOMPARE(under("SERVER", 1), QStringLiteral("192.0.2.1:5061 TLS"));
    QCOMPARE(under("STATE", 2), QStringLiteral("failed"));
    QCOMPARE(under("UNTIL", 2), QStringLiteral("-"));
    QCOMPARE(under("NEXT TRY", 2), QStringLiteral("11:04:35"));
    QCOMPARE(under("VOICE MAIL", 2), QStringLiteral("-"));
    QVERIFY(lines.at(2).endsWith(failed().problem));
}

void AccountListingTest::textOfServersIsMadePrintable()
{
    AccountState state = failed();
    state.problem = QStringLiteral("\x1b[31mred\n");
    const QString table = engine::accountTable({engine::listedAccount(state)});
    QVERIFY(!table.contains(u'\x1b'));
    QCOMPARE(table.count(u'\n'), 2);
}

QTEST_GUILESS_MAIN(AccountListingTest)
#include "tst_account_listing.moc"
