#include "device/RetiredSinks.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;

using State = device::SoundServer::State;
using Time = device::SoundServer::Time;

// When a sink that was stopped may be deleted.
class RetirementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsForAnAnswerToALaterQuestion();
    void newerAnswersDoNotPutItOff();
    void aFrozenServerKeepsIt();
    void aDeadServerGivesItUp();
    void aServerThatIsBackMustAnswer();

private:
    static device::SoundServer::View ready(Time question, Time answer)
    {
        device::SoundServer::View view;
        view.state = State::Ready;
        view.questionAt = question;
        view.answeredAt = answer;
        return view;
    }
    static device::SoundServer::View other(State state, Time since)
    {
        device::SoundServer::View view;
        view.state = state;
        view.since = since;
        return view;
    }
    const Time m_start{1h};
};

void RetirementTest::waitsForAnAnswerToALaterQuestion()
{
    device::Retirement retirement(m_start);
    QVERIFY(!retirement.over(ready(m_start - 1s, m_start - 990ms), m_start + 10s));
    QVERIFY(!retirement.over(ready(m_start - 1s, m_start + 5s), m_start + 10s));
    QVERIFY(!retirement.over(ready(m_start + 50ms, m_start + 60ms), m_start + 10s)); // a near miss
    QVERIFY(!retirement.over(ready(m_start + 150ms, m_start + 1s), m_start + 1050ms));
    QVERIFY(retirement.over(ready(m_start + 150ms, m_start + 1s), m_start + 1101ms));
}

void RetirementTest::newerAnswersDoNotPutItOff()
{
    device::Retirement retirement(m_start);
    auto now = m_start;
    while (!retirement.over(ready(now - 1ms, now), now)) {
        now += 20ms;
        QVERIFY(now < m_start + 300ms);
    }
}

void RetirementTest::aFrozenServerKeepsIt()
{
    device::Retirement retirement(m_start);
    auto view = ready(m_start - 1s, m_start - 990ms);
    view.askedAt = m_start + 1s;
    QVERIFY(!retirement.over(view, m_start + 1h));
}

void RetirementTest::aDeadServerGivesItUp()
{
    device::Retirement retirement(m_start);
    const auto died = m_start + 100ms;
    QVERIFY(!retirement.over(other(State::Absent, died), died + 900ms));
    QVERIFY(retirement.over(other(State::Absent, died), died + 1100ms));
    device::Retirement later(m_start); // stopped long after the server died
    QVERIFY(!later.over(other(State::Absent, m_start - 1h), m_start + 900ms));
    QVERIFY(later.over(other(State::Absent, m_start - 1h), m_start + 1100ms));
}

void RetirementTest::aServerThatIsBackMustAnswer()
{
    device::Retirement retirement(m_start);
    QVERIFY(!retirement.over(other(State::Absent, m_start), m_start + 500ms));
    QVERIFY(!retirement.over(other(State::Connecting, m_start + 600ms), m_start + 1h));
    QVERIFY(retirement.over(ready(m_start + 2h, m_start + 2h), m_start + 3h));
}

QTEST_GUILESS_MAIN(RetirementTest)
#include "tst_retirement.moc"
