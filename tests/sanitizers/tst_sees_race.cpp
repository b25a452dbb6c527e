// A race on purpose, between a thread and a timer of an event loop. ThreadSanitizer must tell of
// it.
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <thread>

class SeesRaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadAndEventLoopShareAnInteger();
};

void SeesRaceTest::threadAndEventLoopShareAnInteger()
{
    int shared = 0;
    std::thread thread([&shared] {
        for (int i = 0; i < 1000; ++i) {
            shared += 1;
            std::this_thread::yield();
        }
    });
    QEventLoop loop;
    QTimer timer;
    int rounds = 0;
    connect(&timer, &QTimer::timeout, &loop, [&shared, &rounds, &loop] {
        shared += 1;
        if (++rounds == 50) {
            loop.quit();
        }
    });
    timer.start(0);
    loop.exec();
    thread.join();
    QVERIFY(shared > 0);
}

QTEST_GUILESS_MAIN(SeesRaceTest)
#include "tst_sees_race.moc"
