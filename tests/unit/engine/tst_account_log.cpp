// What the log says of accounts: what has changed, once.
#include "engine/AccountLog.h"

#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;
using engine::AccountLog;
using Line = AccountLog::Line;
using Lines = QList<Line>;

class AccountLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void registration();
    void failures();
    void messages();
    void lamps();

private:
    static model::AccountState registered()
    {
        model::AccountState state;
        state.name = u"office"_s;
        state.addressOfRecord = u"200@pbx.example"_s;
        state.server = u"192.0.2.9:5060 UDP"_s;
        state.state = model::RegistrationState::Registered;
        state.registeredUntil = 600'000;
        return state;
    }
};

void AccountLogTest::registration()
{
    const Lines once{
        {u"account office is registered as 200@pbx.example at 192.0.2.9:5060 UDP"_s, false}};
    AccountLog log;
    model::AccountState state = registered();
    state.state = model::RegistrationState::Registering;
    QCOMPARE(log.linesOf(state, 5000), Lines());
    state = registered();
    QCOMPARE(log.linesOf(state, 5000), once);
    state.registeredUntil += 1; // the same time once more, a clock tick later
    QCOMPARE(log.linesOf(state, 5000), Lines());
    state.registeredUntil += 500'000;
    QCOMPARE(log.linesOf(state, 5000), once);
    state.server = u"192.0.2.10:5060 UDP"_s;
    QCOMPARE(log.linesOf(state, 5000).size(), 1);
}

void AccountLogTest::failures()
{
    AccountLog log;
    model::AccountState state = registered();
    state.state = model::RegistrationState::Failed;
    state.problem = u"the server does not answer"_s;
    state.nextTryAt = 30'000;
    const Lines once{{u"account office is not registered: the server does not answer; "
                      "next try in 25 s"_s,
                      true}};
    QCOMPARE(log.linesOf(state, 5000), once);
    QCOMPARE(log.linesOf(state, 5000), Lines());
    state.nextTryAt = 90'000; // it was tried again
    QCOMPARE(log.linesOf(state, 65'000), once);
}

void AccountLogTest::messages()
{
    AccountLog log;
    model::AccountState state = registered();
    QCOMPARE(log.linesOf(state, 5000).size(), 1); // how many wait is not known
    state.newMessages = 2;
    state.oldMessages = 1;
    QCOMPARE(log.linesOf(state, 5000),
             (Lines{{u"account office has 2 new messages and 1 old"_s, false}}));
    QCOMPARE(log.linesOf(state, 5000), Lines());
    state.newMessages = 0;
    state.oldMessages = 3;
    QCOMPARE(log.linesOf(state, 5000),
             (Lines{{u"account office has 0 new messages and 3 old"_s, false}}));
}

void AccountLogTest::lamps()
{
    AccountLog log;
    model::BusyLamp one{u"office"_s, u"201"_s, model::LampState::Unknown, {}, {}};
    model::BusyLamp other{u"office"_s, u"202"_s, model::LampState::Idle, {}, {}};
    QCOMPARE(log.linesOf({one, other}),
             (Lines{{u"account office sees that 202 is idle"_s, false}}));
    one.state = model::LampState::Ringing;
    one.caller = u"Ada"_s;
    QCOMPARE(log.linesOf({one, other}),
             (Lines{{u"account office sees that 201 is ringing, with Ada"_s, false}}));
    QCOMPARE(log.linesOf({one, other}), Lines());
    one.state = model::LampState::Busy;
    one.caller.clear();
    other.state = model::LampState::Unknown;
    other.problem = u"the server knows no sip:202@pbx.example"_s;
    QCOMPARE(log.linesOf({one, other}),
             (Lines{{u"account office sees that 201 is busy"_s, false},
                    {u"account office sees that 202 is unknown: the server knows no "
                     "sip:202@pbx.example"_s,
                     true}}));
}

QTEST_GUILESS_MAIN(AccountLogTest)
#include "tst_account_log.moc"
