// What the window orders of accounts, on an engine that is one: the configuration file, the secrets
// and the REGISTER that goes to a socket of ours.
#include "engine/EngineLock.h"
#include "engine/LocalEngineFacade.h"
#include "support/Soon.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

using namespace hs;

class LiveAccountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void newAccountIsWrittenAndRegisters();
    void changedAccountKeepsItsPassword();
    void renamedAccountTakesItsPasswordAlong();
    void onlyOneIsTheDefault();
    void removedAccountLeavesNothing();
    void wrongNameIsRefused();
    void withoutFileNothingIsSaved();
    void textsAreListedAfterARestart();
    void textsAreListedOnceThereIsALog();

private:
    void open(const QString& file);
    void sendText();
    model::Account account(const char* name) const;
    void save(const model::Account& account, const QString& former = {},
              const QString& password = {});
    engine::AccountsFacade& accounts() { return m_engine->accounts(); }
    static QString read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    QString configuration() const { return read(m_file); }
    // Empty: there is none.
    QString password(const char* account) const
    {
        const auto found =
            engine::SecretFile(m_folder->filePath(QStringLiteral("data/hookswitch/secrets")))
                .find(QLatin1String(account));
        return found && *found ? **found : QString();
    }
    QByteArray received();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    QUdpSocket m_registrar;
    quint16 m_sipPort = 0;
    std::unique_ptr<engine::LocalEngineFacade> m_engine;
};

void LiveAccountsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_folder->filePath(QStringLiteral("data")).toUtf8());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // no keyring
    qunsetenv("XDG_RUNTIME_DIR");
    m_file = m_folder->filePath(QStringLiteral("hookswitch.conf"));
    QVERIFY(m_registrar.bind(QHostAddress::LocalHost, 0));
    open(m_file);
}

void LiveAccountsTest::open(const QString& file)
{
    engine::EngineCore::Options options;
    options.program = QStringLiteral("test");
    options.tolerant = true;
    options.settings.sipAddress = base::IpAddress::loopbackV4();
    options.settings.sipPort = 0;
    options.settings.sipTcp = false;
    options.settings.rtpPortFirst = 44000;
    options.settings.rtpPortLast = 44039;
    options.settings.webSocketListen = {{base::IpAddress::loopbackV4(), 0}};
    options.settings.greeting = QStringLiteral("none");
    options.settings.database = m_folder->filePath(QStringLiteral("calls.db"));
    options.settings.recordings = m_folder->filePath(QStringLiteral("recordings"));
    m_engine = std::make_unique<engine::LocalEngineFacade>(options, nullptr, file);
    const auto started = m_engine->start();
    QVERIFY(started.ok());
    m_sipPort = started->sip.port();
}

void LiveAccountsTest::cleanup()
{
    m_engine->stop();
    m_engine.reset();
    m_registrar.close();
}

model::Account LiveAccountsTest::account(const char* name) const
{
    model::Account account;
    account.name = QLatin1String(name);
    account.user = QStringLiteral("200");
    account.domain = QStringLiteral("127.0.0.1");
    account.registrar = QStringLiteral("127.0.0.1:%1").arg(m_registrar.localPort());
    account.transport = model::SipTransport::Udp;
    return account;
}

// Returns once it is in force.
void LiveAccountsTest::save(const model::Account& account, const QString& former,
                            const QString& password)
{
    accounts().save(account, former, password);
    QTRY_VERIFY_WITH_TIMEOUT(accounts().accounts().contains(account), 10'000);
}

QByteArray LiveAccountsTest::received()
{
    QByteArray all;
    while (m_registrar.hasPendingDatagrams()) {
        QByteArray one(int(m_registrar.pendingDatagramSize()), '\0');
        m_registrar.readDatagram(one.data(), one.size());
        all += one;
    }
    return all;
}

void LiveAccountsTest::newAccountIsWrittenAndRegisters()
{
    QSignalSpy states(&accounts(), &engine::AccountsFacade::statesChanged);
    save(account("office"), {}, QStringLiteral("s3cret"));
    QVERIFY2(configuration().contains(QStringLiteral("[account office]")),
             qPrintable(configuration()));
    QVERIFY(!configuration().contains(QStringLiteral("s3cret")));
    SOON_COMPARE(password("office"), QStringLiteral("s3cret"));
    SOON_VERIFY(m_registrar.hasPendingDatagrams());
    QVERIFY(received().startsWith("REGISTER sip:127.0.0.1"));
    QVERIFY(!states.isEmpty());
    SOON_COMPARE(accounts().states().value(0).name, QStringLiteral("office"));
    QSignalSpy refused(&accounts(), &engine::AccountsFacade::refused);
    accounts().setRegistered(QStringLiteral("nobody"), true);
    SOON_COMPARE(refused.size(), 1);
}

void LiveAccountsTest::changedAccountKeepsItsPassword()
{
    save(account("office"), {}, QStringLiteral("s3cret"));
    model::Account changed = account("office");
    changed.displayName = QStringLiteral("Front desk");
    save(changed, changed.name);
    QCOMPARE(accounts().accounts().size(), 1);
    QVERIFY(configuration().contains(QStringLiteral("Front desk")));
    SOON_COMPARE(password("office"), QStringLiteral("s3cret"));
}

void LiveAccountsTest::renamedAccountTakesItsPasswordAlong()
{
    save(account("office"), {}, QStringLiteral("s3cret"));
    SOON_COMPARE(password("office"), QStringLiteral("s3cret"));
    save(account("desk"), QStringLiteral("office"));
    QCOMPARE(accounts().accounts().size(), 1);
    QVERIFY(!configuration().contains(QStringLiteral("[account office]")));
    SOON_COMPARE(password("desk"), QStringLiteral("s3cret"));
    SOON_COMPARE(password("office"), QString());
}

void LiveAccountsTest::onlyOneIsTheDefault()
{
    model::Account office = account("office");
    office.isDefault = true;
    save(office);
    model::Account home = account("home");
    home.isDefault = true;
    save(home);
    QCOMPARE(accounts().accounts().size(), 2);
    QVERIFY(!accounts().accounts().first().isDefault);
    QCOMPARE(configuration().count(QStringLiteral("default")), 1);
}

void LiveAccountsTest::removedAccountLeavesNothing()
{
    save(account("office"), {}, QStringLiteral("s3cret"));
    SOON_COMPARE(password("office"), QStringLiteral("s3cret"));
    accounts().remove(QStringLiteral("office"));
    SOON_VERIFY(accounts().accounts().isEmpty());
    QVERIFY(accounts().states().isEmpty());
    QVERIFY(!configuration().contains(QStringLiteral("office")));
    SOON_COMPARE(password("office"), QString());
}

void LiveAccountsTest::wrongNameIsRefused()
{
    save(account("office"));
    save(account("home"));
    QSignalSpy refused(&accounts(), &engine::AccountsFacade::refused);
    accounts().save(account("home"), QStringLiteral("office"), {}); // would be twice
    SOON_COMPARE(refused.size(), 1);
    accounts().save(account("two words"), {}, {});
    SOON_COMPARE(refused.size(), 2);
    accounts().remove(QStringLiteral("nobody"));
    SOON_COMPARE(refused.size(), 3);
    QCOMPARE(accounts().accounts().size(), 2);
}

void LiveAccountsTest::withoutFileNothingIsSaved()
{
    m_engine->stop();
    m_engine.reset();
    open({});
    QSignalSpy refused(&accounts(), &engine::AccountsFacade::refused);
    accounts().save(account("office"), {}, QStringLiteral("s3cret"));
    SOON_COMPARE(refused.size(), 1);
    QVERIFY(refused.first().first().toString().contains(QStringLiteral("configuration file")));
    QVERIFY(accounts().accounts().isEmpty());
    QCOMPARE(password("office"), QString());
}

void LiveAccountsTest::textsAreListedAfterARestart()
{
    QSignalSpy came(&accounts(), &engine::AccountsFacade::messageReceived);
    sendText();
    SOON_COMPARE(came.size(), 1);
    m_engine->stop();
    open(m_file);
    QSignalSpy listed(&accounts(), &engine::AccountsFacade::messagesListed);
    accounts().queryMessages(10);
    SOON_COMPARE(listed.size(), 1);
    const auto messages = listed.first().first().value<QList<model::TextMessage>>();
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().text, QStringLiteral("hello"));
    QCOMPARE(messages.first().number, QStringLiteral("203"));
}

// A console beside a running daemon, which asks at its start and takes over much later.
void LiveAccountsTest::textsAreListedOnceThereIsALog()
{
    QSignalSpy came(&accounts(), &engine::AccountsFacade::messageReceived);
    sendText();
    SOON_COMPARE(came.size(), 1);
    m_engine->stop();
    m_engine.reset();
    auto lock = std::optional(engine::EngineLock::acquire(
        m_folder->filePath(QStringLiteral("calls.db")), QStringLiteral("other")));
    QVERIFY(*lock);
    open(m_file);
    QSignalSpy listed(&accounts(), &engine::AccountsFacade::messagesListed);
    QSignalSpy refused(&accounts(), &engine::AccountsFacade::refused);
    accounts().queryMessages(10);
    accounts().setRegistered(QStringLiteral("nobody"), true); // is answered after that
    SOON_COMPARE(refused.size(), 1);
    QVERIFY(listed.isEmpty());
    lock.reset();
    QTRY_COMPARE_WITH_TIMEOUT(listed.size(), 1, 20'000);
    QCOMPARE(listed.first().first().value<QList<model::TextMessage>>().size(), 1);
}

void LiveAccountsTest::sendText()
{
    m_registrar.writeDatagram("MESSAGE sip:100@127.0.0.1 SIP/2.0\r\n"
                              "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-1;rport\r\n"
                              "Max-Forwards: 70\r\n"
                              "From: <sip:203@127.0.0.1>;tag=1\r\n"
                              "To: <sip:100@127.0.0.1>\r\n"
                              "Call-ID: text-1\r\n"
                              "CSeq: 1 MESSAGE\r\n"
                              "Content-Type: text/plain\r\n"
                              "Content-Length: 5\r\n\r\nhello",
                              QHostAddress::LocalHost, m_sipPort);
}

QTEST_MAIN(LiveAccountsTest)
#include "tst_ui_live_accounts.moc"
