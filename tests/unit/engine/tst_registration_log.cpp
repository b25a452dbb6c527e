// Each state of a registration is logged once, however often an account tells of other things.
#include "engine/RegistrationLog.h"
#include "support/ManualScheduler.h"

#include <QRegularExpression>
#include <QTest>

using namespace hs;
using model::RegistrationState;

class RegistrationLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onceForEachChange();
    void eachAccountForItself();
};

namespace {
QStringList& lines()
{
    static QStringList written;
    return written;
}

void write(QtMsgType, const QMessageLogContext&, const QString& text)
{
    lines() << text;
}

struct Log {
    Log() { lines().clear(); }
    ~Log() { qInstallMessageHandler(m_before); }

    void take(RegistrationState state, const char* problem = "", int messages = -1,
              const char* name = "office")
    {
        model::AccountState told;
        told.name = QString::fromLatin1(name);
        told.addressOfRecord = QStringLiteral("100@office.example");
        told.state = state;
        told.problem = QString::fromLatin1(problem);
        told.server = QStringLiteral("192.0.2.9:5060 UDP");
        told.newMessages = messages;
        told.registeredUntil = ++m_until;
        log.take(told);
    }

    test::ManualScheduler scheduler;
    engine::RegistrationLog log{scheduler.clock()};

private:
    QtMessageHandler m_before = qInstallMessageHandler(write);
    qint64 m_until = 0;
};
} // namespace

void RegistrationLogTest::onceForEachChange()
{
    Log l;
    l.take(RegistrationState::Registering);
    l.take(RegistrationState::Registered);
    l.take(RegistrationState::Registered, "", 2); // a message
    l.take(RegistrationState::Registered, "", 3); // and another one
    QCOMPARE(lines(),
             QStringList{QStringLiteral("account office is registered as 100@office.example at "
                                        "192.0.2.9:5060 UDP")});
    lines().clear();
    l.take(RegistrationState::Failed, "no");
    l.take(RegistrationState::Failed, "no", 2);
    QCOMPARE(lines(), QStringList{QStringLiteral("account office is not registered: no")});
    lines().clear();
    l.take(RegistrationState::Failed, "never");
    l.take(RegistrationState::Registering);
    l.take(RegistrationState::Failed, "never"); // tried again, in vain
    l.take(RegistrationState::Registered);
    QCOMPARE(lines().size(), 3);
}

void RegistrationLogTest::eachAccountForItself()
{
    Log l;
    l.take(RegistrationState::Registered);
    l.take(RegistrationState::Registered, "", -1, "other");
    l.take(RegistrationState::Registered);
    QCOMPARE(lines().size(), 2);
    l.log.forget(QStringLiteral("office"));
    l.take(RegistrationState::Registered);
    QCOMPARE(lines().size(), 3);
}

QTEST_GUILESS_MAIN(RegistrationLogTest)
#include "tst_registration_log.moc"
