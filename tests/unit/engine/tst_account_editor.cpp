// Changes of accounts while the keyring says nothing: what was asked for last stays in force, and
// whoever asked hears what became of the password.
#include "PrivateBus.h"
#include "SilentKeyring.h"
#include "audio/NullAudioDevice.h"
#include "engine/AccountEditor.h"
#include "support/Soon.h"

#include <QTest>

using namespace hs;
using engine::AccountEditor;
using engine::EngineCore;
using engine::SecretFile;

namespace {
constexpr int longEnough = 20'000; // ms

model::Account account(const char* name)
{
    model::Account account;
    account.name = QLatin1String(name);
    account.user = QStringLiteral("200");
    account.domain = QStringLiteral("127.0.0.1");
    account.registrar = QStringLiteral("127.0.0.1:9");
    account.registers = false;
    return account;
}
} // namespace

class AccountEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void laterChangeIsNotUndone();
    void removedAccountStaysRemoved();
    void lostPasswordIsTold();
    void renamedWithAnotherPasswordLeavesNoneBehind();

private:
    void open(bool useKeyring);
    void save(const model::Account& account, const char* former = "", const char* password = "")
    {
        AccountEditor::save(*m_core, m_folder->filePath(QStringLiteral("a.conf")),
                            {account, QLatin1String(former), QLatin1String(password)}, note());
    }
    AccountEditor::Done note()
    {
        return [this](const base::Result<void>& done) {
            m_said << (done ? QStringLiteral("ok") : done.error().text);
        };
    }
    QString secrets() const { return m_folder->filePath(QStringLiteral("secrets")); }
    QString password(const char* name) const
    {
        const auto found = SecretFile(secrets()).find(QLatin1String(name));
        return found && *found ? **found : QString();
    }

    test::PrivateBus m_bus;
    test::SilentKeyring m_keyring;
    audio::NullAudioDevice m_device;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<EngineCore> m_core;
    QStringList m_said;
};

void AccountEditorTest::initTestCase()
{
    QVERIFY(m_bus.works());
    QVERIFY(m_keyring.appear());
}

void AccountEditorTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_said.clear();
    open(true);
}

void AccountEditorTest::open(bool useKeyring)
{
    EngineCore::Options options;
    options.program = QStringLiteral("test");
    options.tolerant = true;
    options.secrets = {secrets(), useKeyring, std::chrono::milliseconds(500)};
    options.settings.sipAddress = base::IpAddress::loopbackV4();
    options.settings.sipPort = 0;
    options.settings.sipTcp = false;
    options.settings.webSocketListen = {{base::IpAddress::loopbackV4(), 0}};
    options.settings.greeting = QStringLiteral("none");
    options.settings.database = m_folder->filePath(QStringLiteral("calls.db"));
    options.settings.recordings = m_folder->filePath(QStringLiteral("recordings"));
    m_core.reset();
    m_core = std::make_unique<EngineCore>(options, m_device, EngineCore::Outputs());
    QVERIFY(m_core->start());
    QVERIFY(m_core->accounts());
}

void AccountEditorTest::cleanup()
{
    m_core.reset();
}

void AccountEditorTest::laterChangeIsNotUndone()
{
    save(account("office"), "", "s3cret");
    model::Account later = account("office");
    later.displayName = QStringLiteral("Front desk");
    save(later, "office");
    QCOMPARE(m_core->configuredAccounts(), QList{later});
    QTRY_COMPARE_WITH_TIMEOUT(password("office"), QStringLiteral("s3cret"), longEnough);
    QCOMPARE(m_core->configuredAccounts(), QList{later});
    QCOMPARE(m_core->accounts()->accounts().find(later.name)->account(), later);
    QCOMPARE(m_said, QStringList({QStringLiteral("ok"), QStringLiteral("ok")}));
}

void AccountEditorTest::removedAccountStaysRemoved()
{
    save(account("office"), "", "s3cret");
    AccountEditor::remove(*m_core, m_folder->filePath(QStringLiteral("a.conf")),
                          QStringLiteral("office"), note());
    QVERIFY(m_core->configuredAccounts().isEmpty());
    // That its password may be in the keyring still is not kept from who wanted it to be gone.
    QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 3, longEnough);
    QVERIFY2(m_said.last().contains(QStringLiteral("may still be in the keyring")),
             qPrintable(m_said.last()));
    QVERIFY(m_core->configuredAccounts().isEmpty());
    QVERIFY(!m_core->accounts()->accounts().find(QStringLiteral("office")));
    QCOMPARE(password("office"), QString());
}

void AccountEditorTest::lostPasswordIsTold()
{
    save(account("office"));
    save(account("desk"), "office");
    QCOMPARE(m_core->configuredAccounts(), QList{account("desk")});
    QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 3, longEnough);
    QVERIFY2(m_said.last().contains(QStringLiteral("'office' could not be looked up: the keyring "
                                                   "did not answer")),
             qPrintable(m_said.last()));
}

void AccountEditorTest::renamedWithAnotherPasswordLeavesNoneBehind()
{
    open(false);
    save(account("office"), "", "s3cret");
    SOON_COMPARE(password("office"), QStringLiteral("s3cret"));
    save(account("desk"), "office", "other");
    SOON_COMPARE(password("desk"), QStringLiteral("other"));
    SOON_COMPARE(password("office"), QString());
    QCOMPARE(m_said, QStringList({QStringLiteral("ok"), QStringLiteral("ok")}));
}

QTEST_GUILESS_MAIN(AccountEditorTest)
#include "tst_account_editor.moc"
