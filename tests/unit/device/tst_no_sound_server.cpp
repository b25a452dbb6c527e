#include "device/QtAudioDevice.h"
#include "unit/device/Operator.h"
#include "unit/device/PulseServer.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int soon = 20000;
}

// No sound server, then one that takes connections and says nothing, then a real one: in this
// order, in one process, which Qt Multimedia has to stand.
class NoSoundServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isTold();
    void commandsReturnAtOnce();
    void aRecordingCannotBePlayed();
    void endsAtOnce();
    void aSilentServerIsTold();
    void aServerThatComesLaterIsTaken();

private:
    void everyCommand(device::QtAudioDevice& device);

    test::PulseServer m_pulse; // its place; not started before the last test
    test::Operator m_operator;
    std::unique_ptr<device::QtAudioDevice> m_device =
        std::make_unique<device::QtAudioDevice>(QString());
};

void NoSoundServerTest::everyCommand(device::QtAudioDevice& device)
{
    QElapsedTimer timer;
    timer.start();
    device.openHeadset(std::make_shared<audio::HeadsetRings>());
    device.setRinging(true);
    device.setRinging(false);
    device.closeHeadset();
    device.play(u"/no/such.wav"_s); // which no call is in the way of
    device.seek(100);
    device.pause();
    device.stop();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
}

void NoSoundServerTest::isTold()
{
    m_device->setListener(m_operator.listener());
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no sound server"_s), soon);
}

void NoSoundServerTest::commandsReturnAtOnce()
{
    everyCommand(*m_device);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().error.contains(u"no/such.wav"_s), soon);
}

void NoSoundServerTest::aRecordingCannotBePlayed()
{
    m_device->play(QStringLiteral(HS_SOURCE_DIR "/tests/unit/audio/blip.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().error.contains(u"no sound server"_s), soon);
    QVERIFY(!m_operator.state().playing);
}

void NoSoundServerTest::endsAtOnce()
{
    m_device->openHeadset(std::make_shared<audio::HeadsetRings>());
    QElapsedTimer timer;
    timer.start();
    m_device.reset();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void NoSoundServerTest::aSilentServerIsTold()
{
    QLocalServer silent;
    QVERIFY2(silent.listen(m_pulse.socketPath()), qPrintable(silent.errorString()));
    test::Operator told;
    device::QtAudioDevice device(QString{});
    device.setListener(told.listener());
    everyCommand(device);
    QTRY_VERIFY_WITH_TIMEOUT(told.problem().contains(u"does not answer"_s), soon);
    everyCommand(device);
}

void NoSoundServerTest::aServerThatComesLaterIsTaken()
{
    test::Operator told;
    device::QtAudioDevice device(QString{});
    device.setListener(told.listener());
    test::TestCall call(440);
    device.openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(told.problem().contains(u"no sound server"_s), soon);
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    QTRY_COMPARE_WITH_TIMEOUT(told.problem(), QString(), soon);
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
}

QTEST_GUILESS_MAIN(NoSoundServerTest)
#include "tst_no_sound_server.moc"
