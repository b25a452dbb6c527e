#include "device/StreamLabel.h"
#include "unit/device/PulseServer.h"

#include <QAudioSink>
#include <QDeadlineTimer>
#include <QMediaDevices>
#include <QTest>

#include <chrono>
#include <future>
#include <thread>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int soon = 20000;

QAudioFormat monoFormat()
{
    QAudioFormat format;
    format.setSampleRate(48000);
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}
} // namespace

// A stream that dies between the question how much it takes and the writing: Qt Multimedia then
// leaves its main loop locked.
class StreamDiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesNothingLocked_data();
    void leavesNothingLocked();

private:
    test::PulseServer m_pulse;
};

void StreamDiesTest::leavesNothingLocked_data()
{
    QTest::addColumn<double>("volume");
    QTest::newRow("as loud as it is") << 1.0;
    QTest::newRow("softer") << 0.5;
}

// Without an event loop up to the end: Qt takes leave of the server in one.
void StreamDiesTest::leavesNothingLocked()
{
    QFETCH(const double, volume);
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    QAudioSink sink(QMediaDevices::defaultAudioOutput(), monoFormat());
    sink.setVolume(volume);
    const device::StreamLabel label("The one that dies", "phone");
    QIODevice* io = nullptr;
    // Qt comes back to a server after three seconds.
    QTRY_VERIFY_WITH_TIMEOUT((io = sink.start()) != nullptr, soon);
    const QByteArray silence(480, '\0');
    QVERIFY(io->write(silence) > 0);
    m_pulse.kill();
    const QDeadlineTimer deadline(soon);
    while (sink.bytesFree() >= 0 && !deadline.hasExpired()) {
        std::this_thread::yield();
    }
    QVERIFY(sink.bytesFree() < 0);
    QCOMPARE(io->write(silence), 0);

    // As whoever else comes to that main loop would.
    std::promise<qsizetype> room;
    const std::future<qsizetype> answer = room.get_future();
    std::thread([&sink, room = std::move(room)]() mutable {
        room.set_value(sink.bytesFree());
    }).detach();
    QVERIFY(answer.wait_for(std::chrono::milliseconds(soon)) == std::future_status::ready);
    QVERIFY(sink.bytesFree() < 0); // and so its death is still told
    QTRY_COMPARE_WITH_TIMEOUT(sink.state(), QAudio::StoppedState, soon);
}

QTEST_GUILESS_MAIN(StreamDiesTest)
#include "tst_stream_dies.moc"
