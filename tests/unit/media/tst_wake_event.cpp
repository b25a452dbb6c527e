#include "media/WakeEvent.h"

#include <QTest>

#include <poll.h>
#include <thread>

using namespace hs::media;

class WakeEventTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isReadableUntilAcknowledged();
    void waitReturnsForAnEarlierWake();
    void noWakeIsMissed();
};

namespace {
bool isReadable(const WakeEvent& event)
{
    pollfd descriptor{event.descriptor(), POLLIN, 0};
    return ::poll(&descriptor, 1, 0) == 1;
}
} // namespace

void WakeEventTest::isReadableUntilAcknowledged()
{
    WakeEvent event;
    QVERIFY(!isReadable(event));
    event.wake();
    event.wake();
    QVERIFY(isReadable(event));
    event.acknowledge();
    QVERIFY(!isReadable(event));
    event.wake();
    QVERIFY(isReadable(event));
}

void WakeEventTest::waitReturnsForAnEarlierWake()
{
    WakeEvent event;
    event.wake();
    event.wait();
    QVERIFY(!isReadable(event));
}

void WakeEventTest::noWakeIsMissed()
{
    // If one were, the waiting side would wait for ever.
    constexpr int rounds = 20'000;
    WakeEvent there;
    WakeEvent back;
    std::atomic<int> posted{0};
    int seen = 0;
    std::thread other([&] {
        while (seen < rounds) {
            there.wait();
            const int now = posted.load(std::memory_order_relaxed);
            if (now != seen) {
                seen = now;
                back.wake();
            }
        }
    });
    for (int i = 1; i <= rounds; ++i) {
        posted.store(i, std::memory_order_relaxed);
        there.wake();
        if (i % 3 != 0) { // some in a row
            back.wait();
        }
    }
    other.join();
    QCOMPARE(seen, rounds);
}

QTEST_GUILESS_MAIN(WakeEventTest)
#include "tst_wake_event.moc"
