#include "media/PlayoutDelay.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;

class PlayoutDelayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLeastOfLateCounts();
    void shiftMovesThemAll();
    void forgets();
};

void PlayoutDelayTest::theLeastOfLateCounts()
{
    media::PlayoutDelay delay(1000);
    QVERIFY(!delay.isKnown());
    delay.needed(50ms, 160);
    QVERIFY(delay.isKnown());
    delay.needed(30ms, 160);
    delay.needed(60ms, 160);
    QVERIFY(delay.least() == 30ms && delay.last() == 60ms);
    for (int i = 0; i < 14; ++i) { // until both windows have passed
        delay.needed(60ms, 160);
    }
    QVERIFY(delay.least() == 60ms);
    delay.needed(20ms, 160);
    QVERIFY(delay.least() == 20ms);
}

void PlayoutDelayTest::shiftMovesThemAll()
{
    media::PlayoutDelay delay(300);
    for (const auto waited : {40ms, 45ms, 50ms, 55ms}) {
        delay.needed(waited, 160);
    }
    delay.shift(-15ms);
    QVERIFY(delay.least() == 25ms && delay.last() == 40ms);
}

void PlayoutDelayTest::forgets()
{
    media::PlayoutDelay delay(300);
    delay.needed(-40ms, 160);
    delay.forget();
    QVERIFY(!delay.isKnown());
    delay.needed(70ms, 160);
    QVERIFY(delay.least() == 70ms);
}

QTEST_GUILESS_MAIN(PlayoutDelayTest)
#include "tst_playout_delay.moc"
