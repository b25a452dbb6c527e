#include "PrivateBus.h"
#include "engine/SecretStore.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QEventLoop>
#include <QTest>
#include <QThread>

using namespace hs;
using base::Result;
using engine::SecretStore;

// As the engine uses it: not in the program's main thread.
class SecretKeyringThreadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void worksInAThreadOfItsOwn();

private:
    test::PrivateBus m_bus;
};

void SecretKeyringThreadTest::worksInAThreadOfItsOwn()
{
    QVERIFY(m_bus.works());
    QProcess keyring;
    keyring.start(QStringLiteral("gnome-keyring-daemon"),
                  {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                   QStringLiteral("--components=secrets"),
                   QStringLiteral("--control-directory=") + m_bus.path(QStringLiteral("control"))});
    QVERIFY2(keyring.waitForStarted(), "gnome-keyring-daemon (package gnome-keyring) is missing");
    keyring.write("of the keyring");
    keyring.closeWriteChannel();
    auto* bus = QDBusConnection::sessionBus().interface();
    QTRY_VERIFY_WITH_TIMEOUT(
        bus->isServiceRegistered(QStringLiteral("org.freedesktop.secrets")).value(), 20000);

    QStringList said;
    const QString secrets = m_bus.path(QStringLiteral("secrets"));
    const std::unique_ptr<QThread> thread(QThread::create([&said, secrets] {
        SecretStore store({secrets, true, std::chrono::milliseconds(15000)});
        model::Account account;
        account.name = QStringLiteral("office");
        QEventLoop loop;
        const auto note = [&](const Result<QString>& result) {
            said << (result ? *result : result.error().text);
            loop.quit();
        };
        store.store(account, QStringLiteral("sesame"), note);
        loop.exec();
        store.lookup(account, note);
        loop.exec();
    }));
    thread->start();
    const bool ended = QTest::qWaitFor([&thread] { return thread->isFinished(); }, 60000);
    thread->wait();
    QVERIFY(ended);
    QCOMPARE(said, (QStringList{QStringLiteral("the keyring"), QStringLiteral("sesame")}));
    test::PrivateBus::end(keyring);
}

QTEST_GUILESS_MAIN(SecretKeyringThreadTest)
#include "tst_secret_keyring_thread.moc"
