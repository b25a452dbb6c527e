#include "ConfigurationFixture.h"
#include "engine/AccountStore.h"

#include <QTest>

using namespace hs;
using engine::removeAccount;
using engine::writeAccount;
using test::ConfigurationFixture;

class AccountStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesAndAdds_data();
    void changesAndAdds();
    void removes_data();
    void removes();
    void makesFileAndFolder();
    void aRenamedAccountKeepsItsPlace();
    void whatCouldNotBeReadAgainIsRefused();
    void whatIsWrittenIsReadBack();

private:
    static model::Account account();
    static QByteArray bytes(const QString& path);
};

model::Account AccountStoreTest::account()
{
    model::Account account;
    account.name = QStringLiteral("a");
    account.user = QStringLiteral("200");
    account.domain = QStringLiteral("pbx.example");
    return account;
}

QByteArray AccountStoreTest::bytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void AccountStoreTest::changesAndAdds_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<bool>("isDefault");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const QByteArray& before, bool isDefault,
                        const QByteArray& after) {
        QTest::newRow(name) << before << isDefault << after;
    };
    const QByteArray section = "[account a]\nuser = 200\ndomain = pbx.example\n";
    row("empty", "", false, section);
    row("behind keys", "# mine\nx = 1\n", false, "# mine\nx = 1\n\n" + section);
    row("behind an empty line", "x = 1\n\n", false, "x = 1\n\n" + section);
    row("no line end", "x = 1", false, "x = 1\n\n" + section);
    row("comments stay", "[account a] # mine\n# who\nuser = 1 # me\n# where\ndomain=x\n\n# end\n",
        false,
        "[account a] # mine\n# who\nuser = 200 # me\n# where\ndomain=pbx.example\n\n# end\n");
    row("defaults go", "[account a]\nuser = 1\nexpires = 90\ndomain = x\ndefault = yes\n", false,
        section);
    row("keys that are missing come behind the others",
        "[account a]\n# who\nuser = 1\n\n# about b\n[account b]\nuser = 2\n", false,
        "[account a]\n# who\nuser = 200\ndomain = pbx.example\n\n# about b\n[account b]\nuser = "
        "2\n");
    row("one default", "[account b]\nuser = 2\ndefault = yes # b\ndomain = x\n", true,
        "[account b]\nuser = 2\ndomain = x\n\n[account a]\nuser = 200\ndomain = pbx.example\n"
        "default = yes\n");
    row("a key that stands there twice", "[account a]\nuser = 1\nuser = 2\ndomain = x\n", false,
        section);
    row("a password goes", "[account a]\nuser = 1\npassword = sesame\ndomain = x\n", false,
        section);
}

void AccountStoreTest::changesAndAdds()
{
    QFETCH(QByteArray, before);
    QFETCH(bool, isDefault);
    QFETCH(QByteArray, after);
    ConfigurationFixture fixture;
    fixture.setFile(before);
    model::Account written = account();
    written.isDefault = isDefault;
    const auto done = writeAccount(fixture.file(), written);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
    QCOMPARE(bytes(fixture.file()), after);
}

void AccountStoreTest::removes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const QByteArray& before, const QByteArray& after) {
        QTest::newRow(name) << before << after;
    };
    row("the only one", "[account a]\nuser = 1\n# c\ndomain = x\n", "");
    row("comments of the next one stay",
        "x = 1\n\n[account a]\nuser = 1\n# a's\n\n# b's\n[account b]\nuser = 2\n",
        "x = 1\n\n# b's\n[account b]\nuser = 2\n");
    row("a comment right above the next one stays",
        "[account a]\nuser = 1\n# b's\n[account b]\nuser = 2\n", "# b's\n[account b]\nuser = 2\n");
    row("what stands before stays", "[account b]\nuser = 2\n\n[account a]\nuser = 1\n",
        "[account b]\nuser = 2\n\n");
}

void AccountStoreTest::removes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    ConfigurationFixture fixture;
    fixture.setFile(before);
    const auto done = removeAccount(fixture.file(), QStringLiteral("a"));
    QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
    QCOMPARE(bytes(fixture.file()), after);
    const auto again = removeAccount(fixture.file(), QStringLiteral("a"));
    QVERIFY(!again);
    QVERIFY2(again.error().text.contains(QStringLiteral("has no account 'a'")),
             qPrintable(again.error().text));
    QCOMPARE(bytes(fixture.file()), after);
}

void AccountStoreTest::makesFileAndFolder()
{
    ConfigurationFixture fixture;
    const QString path = fixture.path(QStringLiteral("new/folder/x.conf"));
    QVERIFY(writeAccount(path, account()));
    QCOMPARE(bytes(path), QByteArray("[account a]\nuser = 200\ndomain = pbx.example\n"));
}

void AccountStoreTest::aRenamedAccountKeepsItsPlace()
{
    ConfigurationFixture fixture;
    fixture.setFile("[account old]\nuser = 1 # me\n[account b]\nuser = 2\n");
    QVERIFY(writeAccount(fixture.file(), account(), QStringLiteral("old")));
    const QByteArray after =
        "[account a]\nuser = 200 # me\ndomain = pbx.example\n[account b]\nuser = 2\n";
    QCOMPARE(bytes(fixture.file()), after);
    model::Account other = account();
    other.name = QStringLiteral("b");
    const auto taken = writeAccount(fixture.file(), other, QStringLiteral("a"));
    QVERIFY(!taken && taken.error().text.contains(QStringLiteral("'b' already")));
    QCOMPARE(bytes(fixture.file()), after);
}

void AccountStoreTest::whatCouldNotBeReadAgainIsRefused()
{
    ConfigurationFixture fixture;
    const auto isRefused = [&fixture](const std::function<void(model::Account&)>& spoil) {
        model::Account spoiled = account();
        spoil(spoiled);
        return !writeAccount(fixture.file(), spoiled) && !QFile::exists(fixture.file());
    };
    QVERIFY(isRefused([](model::Account& a) { a.name = QStringLiteral("a]\n[b"); }));
    QVERIFY(isRefused([](model::Account& a) { a.user.clear(); }));
    QVERIFY(isRefused([](model::Account& a) { a.domain.clear(); }));
    QVERIFY(isRefused([](model::Account& a) { a.displayName = QStringLiteral("x\ny = 1"); }));
    QVERIFY(isRefused([](model::Account& a) { a.expires = std::chrono::seconds(1); }));
    QVERIFY(isRefused([](model::Account& a) { a.registrar = QStringLiteral("a b"); }));
    QVERIFY(!isRefused([](model::Account&) {}));
}

void AccountStoreTest::whatIsWrittenIsReadBack()
{
    ConfigurationFixture fixture;
    model::Account full = account();
    full.displayName = QStringLiteral(" Anna \"A\" # 1 ");
    full.authUser = QStringLiteral("u#1");
    full.registrar = QStringLiteral("[2001:db8::1]:5070");
    full.transport = model::SipTransport::Tcp;
    full.registers = false;
    full.isDefault = true;
    full.dtmf = model::DtmfMethod::Info;
    full.busyLamps = QStringList{QStringLiteral("1"), QStringLiteral("2")};
    full.pickupPrefix = QStringLiteral("*8");
    QVERIFY(writeAccount(fixture.file(), full));
    const auto loaded = fixture.load();
    QVERIFY2(loaded, qPrintable(fixture.errors().join(u'\n')));
    QVERIFY(loaded->settings.accounts == QList<model::Account>{full});
    QVERIFY(writeAccount(fixture.file(), account())); // and back again
    QCOMPARE(bytes(fixture.file()),
             QByteArray("[account a]\ndomain = pbx.example\nuser = 200\n")
                 .replace("domain = pbx.example\nuser = 200", "user = 200\ndomain = pbx.example"));
}

QTEST_GUILESS_MAIN(AccountStoreTest)
#include "tst_account_store.moc"
