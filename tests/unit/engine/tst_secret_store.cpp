#include "engine/SecretStore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace hs;
using base::Result;
using engine::SecretFile;
using engine::SecretStore;

// Without a keyring; tst_secret_keyring is with one.
class SecretStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void keepsAndForgets();
    void onlyTheOwnerCanRead();
    void anOpenFileIsRefused();
    void damageIsTold();
    void commentsAndOthersStay();
    void thePasswordFileGoesFirst();
    void aPasswordFileIsChecked_data();
    void aPasswordFileIsChecked();
    void whatCanNotBeWrittenIsTold();
    void aKeyringWithoutABusIsNotWaitedFor();

private:
    QString secrets() const { return m_folder->filePath(QStringLiteral("data/secrets")); }
    SecretStore::Options options(bool useKeyring = false) const
    {
        return {secrets(), useKeyring, std::chrono::milliseconds(5000)};
    }
    static model::Account account(const QString& name = QStringLiteral("office"))
    {
        model::Account account;
        account.name = name;
        return account;
    }
    static QString said(const Result<QString>& result)
    {
        return result ? *result : QStringLiteral("error: ") + result.error().text;
    }
    // What the store answers, waited for.
    static QString answer(const std::function<void(SecretStore::Done)>& ask)
    {
        QString text;
        ask([&text](const Result<QString>& result) { text = said(result); });
        return text.isEmpty() && QTest::qWaitFor([&text] { return !text.isEmpty(); }, 4000)
            ? text
            : QStringLiteral("answered within the call, or never");
    }
    QString lookup(SecretStore& store, const model::Account& of = account()) const
    {
        return answer([&](const auto& done) { store.lookup(of, done); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void SecretStoreTest::initTestCase()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
}

void SecretStoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void SecretStoreTest::keepsAndForgets()
{
    SecretStore store(options());
    QVERIFY2(lookup(store).startsWith(QStringLiteral("error: there is no password for the account "
                                                     "'office'; store it with: hookswitchd "
                                                     "--set-password office")),
             qPrintable(lookup(store)));
    const QStringList passwords{QStringLiteral("sesame"), QStringLiteral(" a b #\t\n\""),
                                QString::fromUtf8("pässwörd 錄"), QStringLiteral("last")};
    for (const QString& password : passwords) {
        QCOMPARE(answer([&](const auto& done) { store.store(account(), password, done); }),
                 QStringLiteral("the file ") + secrets());
        QCOMPARE(lookup(store), password);
    }
    QCOMPARE(lookup(store, account(QStringLiteral("offic"))).left(5), QStringLiteral("error"));
    QCOMPARE(answer([&](const auto& done) { store.remove(account(), done); }),
             QStringLiteral("the file ") + secrets());
    QCOMPARE(lookup(store).left(5), QStringLiteral("error"));
    QVERIFY(answer([&](const auto& done) {
                store.remove(account(), done);
            }).startsWith(QStringLiteral("error: there is no password")));
}

void SecretStoreTest::onlyTheOwnerCanRead()
{
    const mode_t before = ::umask(0);
    const auto set = SecretFile(secrets()).set(QStringLiteral("a"), QStringLiteral("sesame"));
    ::umask(before);
    QVERIFY(set);
    struct stat status { };
    QVERIFY(::stat(qPrintable(secrets()), &status) == 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    QFile file(secrets());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("sesame")); // for who looks over a shoulder
}

void SecretStoreTest::anOpenFileIsRefused()
{
    SecretStore store(options());
    QVERIFY(SecretFile(secrets()).set(QStringLiteral("office"), QStringLiteral("sesame")));
    for (const auto open : {QFile::ReadGroup, QFile::WriteOther}) {
        QVERIFY(QFile::setPermissions(secrets(), QFile::ReadOwner | QFile::WriteOwner | open));
        for (const QString& text :
             {lookup(store),
              answer([&](const auto& done) { store.store(account(), QStringLiteral("x"), done); }),
              answer([&](const auto& done) { store.remove(account(), done); })}) {
            QVERIFY2(text.startsWith(QStringLiteral("error")), qPrintable(text));
            QVERIFY2(text.contains(QStringLiteral("chmod 600 '%1'").arg(secrets())),
                     qPrintable(text));
            QVERIFY(!text.contains(QStringLiteral("sesame")));
        }
    }
    QVERIFY(QFile::setPermissions(secrets(), QFile::ReadOwner | QFile::WriteOwner));
    QCOMPARE(lookup(store), QStringLiteral("sesame"));
}

void SecretStoreTest::damageIsTold()
{
    const SecretFile file(secrets());
    QVERIFY(file.set(QStringLiteral("a"), QStringLiteral("x")));
    QFile bytes(secrets());
    QVERIFY(bytes.open(QIODevice::WriteOnly));
    bytes.write("a !!notbase64\nb eA==\nonlyaname\n\n");
    bytes.close();
    const auto damaged = file.find(QStringLiteral("a"));
    QVERIFY(!damaged);
    QVERIFY2(damaged.error().text.contains(QStringLiteral("--set-password a")),
             qPrintable(damaged.error().text));
    QVERIFY(!damaged.error().text.contains(QStringLiteral("notbase64")));
    QCOMPARE(**file.find(QStringLiteral("b")), QStringLiteral("x"));
    QVERIFY(!*file.find(QStringLiteral("onlyaname")));
}

void SecretStoreTest::commentsAndOthersStay()
{
    const SecretFile file(secrets());
    QVERIFY(file.set(QStringLiteral("a"), QStringLiteral("x")));
    QFile bytes(secrets());
    QVERIFY(bytes.open(QIODevice::WriteOnly));
    bytes.write("# a mine\na eA==\nb eQ==\n");
    bytes.close();
    QVERIFY(file.set(QStringLiteral("a"), QStringLiteral("z")));
    QVERIFY(*file.remove(QStringLiteral("b")));
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    QCOMPARE(bytes.readAll(), QByteArray("# a mine\na eg==\n"));
}

void SecretStoreTest::thePasswordFileGoesFirst()
{
    SecretStore store(options());
    QVERIFY(SecretFile(secrets()).set(QStringLiteral("office"), QStringLiteral("other")));
    model::Account of = account();
    of.passwordFile = m_folder->filePath(QStringLiteral("p"));
    QFile file(of.passwordFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(" ses ame \r\nsecond line\n");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner));
    QCOMPARE(lookup(store, of), QStringLiteral(" ses ame "));
    QVERIFY(file.remove());
    QVERIFY(lookup(store, of).contains(QStringLiteral("does not exist")));
}

void SecretStoreTest::aPasswordFileIsChecked_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* name, const QByteArray& content, int mode, const char* result) {
        QTest::newRow(name) << content << mode << QString::fromLatin1(result);
    };
    row("one line", "sesame", 0600, "sesame");
    row("a line end", "sesame\n", 0400, "sesame");
    row("empty", "", 0600, "error: the password file '%1' is empty");
    row("empty first line", "\nsesame\n", 0600, "error: the password file '%1' is empty");
    row("group", "sesame", 0640, "error: the password file '%1' is open to other users");
    row("others", "sesame", 0604, "error: the password file '%1' is open to other users");
    row("too large", QByteArray(1024 * 1024 + 1, 'x'), 0600,
        "error: the password file '%1' is larger than a megabyte");
}

void SecretStoreTest::aPasswordFileIsChecked()
{
    QFETCH(QByteArray, content);
    QFETCH(int, mode);
    QFETCH(QString, result);
    const QString path = m_folder->filePath(QStringLiteral("p"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QVERIFY(::chmod(qPrintable(path), static_cast<mode_t>(mode)) == 0);
    const QString text = said(engine::readPasswordFile(path));
    QVERIFY2(text.startsWith(result.contains(u'%') ? result.arg(path) : result), qPrintable(text));
    QVERIFY(!result.startsWith(QStringLiteral("error"))
            || !text.contains(QStringLiteral("sesame")));
}

void SecretStoreTest::whatCanNotBeWrittenIsTold()
{
    const auto set = SecretFile(QStringLiteral("/proc/nonesuch/secrets"))
                         .set(QStringLiteral("a"), QStringLiteral("sesame"));
    QVERIFY(!set);
    QVERIFY(set.error().text.contains(QStringLiteral("'/proc/nonesuch/secrets' can't be written")));
    QVERIFY(!set.error().text.contains(QStringLiteral("sesame")));
}

void SecretStoreTest::aKeyringWithoutABusIsNotWaitedFor()
{
    SecretStore store(options(true));
    QCOMPARE(
        answer([&](const auto& done) { store.store(account(), QStringLiteral("sesame"), done); }),
        QStringLiteral("the file ") + secrets());
    QCOMPARE(lookup(store), QStringLiteral("sesame"));
}

QTEST_GUILESS_MAIN(SecretStoreTest)
#include "tst_secret_store.moc"
