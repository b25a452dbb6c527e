#include "PrivateBus.h"
#include "SilentKeyring.h"
#include "engine/SecretStore.h"

#include <QTest>

using namespace hs;
using base::Result;
using engine::SecretFile;
using engine::SecretStore;

class SecretKeyringSilentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isNotWaitedForForEver();

private:
    test::PrivateBus m_bus;
};

void SecretKeyringSilentTest::isNotWaitedForForEver()
{
    QVERIFY(m_bus.works());
    test::SilentKeyring keyring;
    QVERIFY(keyring.appear());

    const QString secrets = m_bus.path(QStringLiteral("secrets"));
    SecretStore store({secrets, true, std::chrono::milliseconds(3000)});
    model::Account account;
    account.name = QStringLiteral("office");
    QStringList said;
    const auto note = [&said](const Result<QString>& result) {
        said << (result ? *result : result.error().text);
    };
    store.lookup(account, note);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, 20000);
    QVERIFY(keyring.asked > 0); // so it was found
    QVERIFY2(said.at(0).contains(QStringLiteral("the keyring did not answer within 3 s; is it "
                                                "locked?")),
             qPrintable(said.at(0)));
    // It hangs: it is not asked again, and the file takes its place.
    const int askedBefore = keyring.asked;
    store.store(account, QStringLiteral("sesame"), note);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 2, 1500); // at once
    QCOMPARE(said.at(1), QStringLiteral("the file ") + secrets);
    store.lookup(account, note);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 3, 1500);
    QCOMPARE(said.at(2), QStringLiteral("sesame"));
    QCOMPARE(keyring.asked, askedBefore);
}

QTEST_GUILESS_MAIN(SecretKeyringSilentTest)
#include "tst_secret_keyring_silent.moc"
