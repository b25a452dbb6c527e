#include "device/QtAudioDevice.h"
#include "unit/device/Operator.h"
#include "unit/device/PulseServer.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int soon = 30000;

std::atomic<int> failedConnections = 0; // of Qt's

void countFailures(QtMsgType, const QMessageLogContext&, const QString& text)
{
    if (text.contains(u"pa_context_connect() failed"_s)) {
        ++failedConnections;
    }
}
} // namespace

// A sound server that stops, dies and comes back in the middle of a call.
class SoundServerDiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aFrozenServerIsToldAndRecoversByItself();
    void aDeadServerIsToldAndTheNextOneTaken();
    void oneThatIsAwayForLongIsTakenToo();
    void commandsReturnAtOnceWhileItIsFrozen();
    void endsWhileItIsFrozen();

private:
    test::PulseServer m_pulse;
    test::Operator m_operator;
    std::unique_ptr<test::TestCall> m_call;
    std::unique_ptr<device::QtAudioDevice> m_device;
};

void SoundServerDiesTest::initTestCase()
{
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    m_device = std::make_unique<device::QtAudioDevice>(QString());
    m_device->setListener(m_operator.listener());
    m_device->setSettings(test::unprocessed());
    m_call = std::make_unique<test::TestCall>(440);
    m_device->openHeadset(m_call->rings());
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_call->microphoneHears(), 440.0, soon);
    QCOMPARE(m_operator.problemsTold(), std::size_t(0));
}

void SoundServerDiesTest::aFrozenServerIsToldAndRecoversByItself()
{
    m_pulse.freeze();
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"does not answer"_s), soon);
    m_pulse.thaw();
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    const std::size_t before = m_call->captured();
    QTRY_VERIFY_WITH_TIMEOUT(m_call->captured() > before + 4000, soon);
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
}

void SoundServerDiesTest::aDeadServerIsToldAndTheNextOneTaken()
{
    m_pulse.kill();
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no sound server"_s), soon);
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_call->microphoneHears(), 440.0, soon);
}

// For longer than Qt waits before it tries again.
void SoundServerDiesTest::oneThatIsAwayForLongIsTakenToo()
{
    const auto former = qInstallMessageHandler(countFailures);
    m_pulse.kill();
    QTRY_VERIFY_WITH_TIMEOUT(failedConnections == 2, soon);
    qInstallMessageHandler(former);
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
}

void SoundServerDiesTest::commandsReturnAtOnceWhileItIsFrozen()
{
    m_pulse.freeze();
    QElapsedTimer timer;
    timer.start();
    m_device->closeHeadset();
    m_device->openHeadset(m_call->rings());
    m_device->setRinging(true);
    m_device->play(u"/no/such.wav"_s);
    m_device->pause();
    m_device->stop();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.problem().isEmpty(), soon);
}

void SoundServerDiesTest::endsWhileItIsFrozen()
{
    QElapsedTimer timer;
    timer.start();
    m_device.reset();
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    m_pulse.thaw();
}

QTEST_GUILESS_MAIN(SoundServerDiesTest)
#include "tst_sound_server_dies.moc"
