// Two machines whose clocks differ by 200 millionths, for hours: what is heard stays as late as it
// was, and nothing is lost by and by. The listener's media runs by a clock of its own.
#include "ImpairedCall.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ClockDriftTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void delayStaysBounded_data();
    void delayStaysBounded();
};

void ClockDriftTest::delayStaysBounded_data()
{
    QTest::addColumn<double>("ppm");
    QTest::addColumn<int>("jitterMs");
    QTest::newRow("listener fast by 200 ppm") << 200.0 << 0;
    QTest::newRow("listener slow by 200 ppm, 20 ms of jitter") << -200.0 << 20;
}

// Two hours are 1.4 s of drift: no buffer holds that back. The steps are no multiple of a packet.
void ClockDriftTest::delayStaysBounded()
{
    QFETCH(double, ppm);
    QFETCH(int, jitterMs);
    ImpairedCall::Setup setup;
    setup.listenerPpm = ppm;
    ImpairedCall call(setup);
    Impairments line;
    line.delay = 20ms;
    line.jitter = std::chrono::milliseconds(jitterMs);
    call.impair(line);
    QVERIFY(call.establish());
    call.run(10s);
    const Samples sentences = speech(8000, 60'000);
    for (int step = 0; step < 5; ++step) {
        const Quality is = call.hears(5000, 600);
        const QByteArray said =
            QStringLiteral("after %1 min: %2").arg(step * 29).arg(figures(is)).toUtf8();
        qInfo("%s", said.constData());
        QVERIFY2(is.segmentalSnrDb > 30 && is.spectralDistanceDb < 2, said.constData());
        QVERIFY2(is.delayMs > 0 && is.delayMs < 120 + jitterMs, said.constData());
        QCOMPARE(call.atListener().media.packetsLost, quint64(0));
        QVERIFY2(call.atListener().media.packetsDiscarded < 10,
                 qPrintable(QString::number(call.atListener().media.packetsDiscarded)));
        call.listenNoMore();
        for (int minute = 0; minute < 29; ++minute) { // somebody talks all the time
            call.say(sentences);
            call.run(60s);
        }
        call.run(1s);
    }
    const base::Duration apart = call.listenerClock.now() - call.world.scheduler.clock().now();
    QVERIFY(std::chrono::abs(apart) > 1700ms);
    QCOMPARE(call.atListener().state, model::CallState::Active);
    QCOMPARE(call.atTalker().state, model::CallState::Active);
}

QTEST_GUILESS_MAIN(ClockDriftTest)
#include "tst_clock_drift.moc"
