#include "PrivateBus.h"
#include "engine/SecretStore.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace hs;
using base::Result;
using engine::SecretFile;
using engine::SecretStore;

// With GNOME's keyring on a bus of its own.
class SecretKeyringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void keepsAndForgets();
    void whatTheFileHadGoesIntoTheKeyring();
    void accountsDoNotMix();
    void lateAnswerIsTold();

private:
    QString answer(const std::function<void(SecretStore::Done)>& ask)
    {
        QString text;
        ask([&text](const Result<QString>& result) {
            text = result ? *result : QStringLiteral("error: ") + result.error().text;
        });
        return QTest::qWaitFor([&text] { return !text.isEmpty(); }, 20000)
            ? text
            : QStringLiteral("never answered");
    }
    QString lookup(const QString& name)
    {
        return answer([&](const auto& done) { m_store->lookup(account(name), done); });
    }
    QString store(const QString& name, const QString& password)
    {
        return answer([&](const auto& done) { m_store->store(account(name), password, done); });
    }
    static model::Account account(const QString& name)
    {
        model::Account account;
        account.name = name;
        return account;
    }
    QString secrets() const { return m_bus.path(QStringLiteral("secrets")); }

    test::PrivateBus m_bus;
    QProcess m_keyring;
    std::unique_ptr<SecretStore> m_store;
};

void SecretKeyringTest::initTestCase()
{
    QVERIFY(m_bus.works());
    m_keyring.start(
        QStringLiteral("gnome-keyring-daemon"),
        {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
         QStringLiteral("--components=secrets"),
         QStringLiteral("--control-directory=") + m_bus.path(QStringLiteral("control"))});
    QVERIFY2(m_keyring.waitForStarted(), "gnome-keyring-daemon (package gnome-keyring) is missing");
    m_keyring.write("of the keyring");
    m_keyring.closeWriteChannel();
    auto* bus = QDBusConnection::sessionBus().interface();
    QVERIFY(bus);
    QTRY_VERIFY_WITH_TIMEOUT(
        bus->isServiceRegistered(QStringLiteral("org.freedesktop.secrets")).value(), 20000);
    m_store = std::make_unique<SecretStore>(
        SecretStore::Options{secrets(), true, std::chrono::milliseconds(15000)});
}

void SecretKeyringTest::cleanupTestCase()
{
    m_store.reset();
    test::PrivateBus::end(m_keyring);
}

void SecretKeyringTest::keepsAndForgets()
{
    const QString name = QStringLiteral("office");
    QVERIFY(lookup(name).startsWith(QStringLiteral("error: there is no password")));
    QCOMPARE(store(name, QString::fromUtf8("sesäme \"#")), QStringLiteral("the keyring"));
    QVERIFY(!QFile::exists(secrets()));
    QCOMPARE(lookup(name), QString::fromUtf8("sesäme \"#"));
    QCOMPARE(store(name, QStringLiteral("other")), QStringLiteral("the keyring"));
    QCOMPARE(lookup(name), QStringLiteral("other"));
    const auto remove = [&] {
        return answer([&](const auto& done) { m_store->remove(account(name), done); });
    };
    QCOMPARE(remove(), QStringLiteral("the keyring"));
    QVERIFY(lookup(name).startsWith(QStringLiteral("error: there is no password")));
    QVERIFY(remove().startsWith(QStringLiteral("error: there is no password")));
}

void SecretKeyringTest::whatTheFileHadGoesIntoTheKeyring()
{
    const QString name = QStringLiteral("moved");
    QVERIFY(SecretFile(secrets()).set(name, QStringLiteral("in the file")));
    QCOMPARE(lookup(name), QStringLiteral("in the file"));
    QCOMPARE(store(name, QStringLiteral("newer")), QStringLiteral("the keyring"));
    QCOMPARE(lookup(name), QStringLiteral("newer"));
    QVERIFY(!*SecretFile(secrets()).find(name));
}

void SecretKeyringTest::accountsDoNotMix()
{
    QCOMPARE(store(QStringLiteral("a"), QStringLiteral("of a")), QStringLiteral("the keyring"));
    QCOMPARE(store(QStringLiteral("b"), QStringLiteral("of b")), QStringLiteral("the keyring"));
    QCOMPARE(lookup(QStringLiteral("a")), QStringLiteral("of a"));
    QCOMPARE(lookup(QStringLiteral("b")), QStringLiteral("of b"));
}

// As one that its owner unlocks after a while: it is asked for the first, not even for the second.
void SecretKeyringTest::lateAnswerIsTold()
{
    const QStringList names{QStringLiteral("late"), QStringLiteral("later")};
    for (const QString& name : names) {
        QCOMPARE(store(name, QStringLiteral("of ") + name), QStringLiteral("the keyring"));
    }
    SecretStore hasty({secrets(), true, std::chrono::milliseconds(300)});
    QSignalSpy found(&hasty, &SecretStore::foundAfterAll);
    const auto pid = static_cast<pid_t>(m_keyring.processId());
    QVERIFY(::kill(pid, SIGSTOP) == 0);
    QStringList said;
    for (const QString& name : names) {
        said << answer([&](const auto& done) { hasty.lookup(account(name), done); });
    }
    QVERIFY(::kill(pid, SIGCONT) == 0);
    for (const QString& text : std::as_const(said)) {
        QVERIFY2(text.startsWith(QStringLiteral("error: there is no password")), qPrintable(text));
    }
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, 20000);
    QCOMPARE(found.at(0), QVariantList({names.at(0), QStringLiteral("of late")}));
    QCOMPARE(found.at(1), QVariantList({names.at(1), QStringLiteral("of later")}));
}

QTEST_GUILESS_MAIN(SecretKeyringTest)
#include "tst_secret_keyring.moc"
