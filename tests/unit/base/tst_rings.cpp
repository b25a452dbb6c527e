#include "base/SpscByteRing.h"
#include "base/SpscRing.h"

#include <QTest>

#include <cstring>
#include <thread>

using namespace hs;

class RingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatDoesNotFit();
    void skipDropsTheOldest();
    void samplesCrossThreads();
    void recordsWrapContiguously();
    void recordsAreRefusedAndCountedWhenFull();
    void recordsCrossThreads();
};

void RingsTest::refusesWhatDoesNotFit()
{
    base::SpscRing<int> ring(4);
    const std::array<int, 6> in{1, 2, 3, 4, 5, 6};
    QCOMPARE(ring.write(in), std::size_t(4));
    QCOMPARE(ring.write(in), std::size_t(0));
    std::array<int, 6> out{};
    QCOMPARE(ring.read(out), std::size_t(4));
    QCOMPARE(out[3], 4);
}

void RingsTest::skipDropsTheOldest()
{
    base::SpscRing<int> ring(8);
    const std::array<int, 6> in{1, 2, 3, 4, 5, 6};
    ring.write(in);
    QCOMPARE(ring.skip(4), std::size_t(4));
    std::array<int, 1> out{};
    ring.read(out);
    QCOMPARE(out[0], 5);
    QCOMPARE(ring.skip(9), std::size_t(1));
}

void RingsTest::samplesCrossThreads()
{
    constexpr int total = 200000;
    base::SpscRing<int> ring(64);
    std::thread producer([&] {
        for (int i = 0; i < total;) {
            const std::size_t written = ring.write(std::array<int, 1>{i});
            i += static_cast<int>(written);
            if (written == 0) {
                std::this_thread::yield(); // or one core spins a time slice for nothing
            }
        }
    });
    int expected = 0;
    std::array<int, 7> out{};
    while (expected < total) {
        const std::size_t got = ring.read(out);
        for (std::size_t i = 0; i < got; ++i) {
            QCOMPARE(out[i], expected);
            ++expected;
        }
        if (got == 0) {
            std::this_thread::yield();
        }
    }
    producer.join();
}

void RingsTest::recordsWrapContiguously()
{
    base::SpscByteRing ring(64);
    for (std::uint8_t round = 0; round < 50; ++round) {
        const std::size_t size = 1 + round % 20;
        const auto slot = ring.reserve(size);
        QCOMPARE(slot.size(), size);
        std::memset(slot.data(), round, size);
        ring.commit();
        const auto record = ring.front();
        QCOMPARE(record.size(), size);
        QCOMPARE(std::to_integer<int>(record.back()), int(round));
        ring.release();
        QVERIFY(ring.empty());
    }
}

void RingsTest::recordsAreRefusedAndCountedWhenFull()
{
    base::SpscByteRing ring(64);
    QVERIFY(!ring.reserve(24).empty());
    ring.commit();
    QVERIFY(!ring.reserve(24).empty());
    ring.commit();
    QVERIFY(ring.reserve(1).empty());
    QCOMPARE(ring.refused(), std::uint64_t(1));
    ring.front();
    ring.release();
    QVERIFY(!ring.reserve(1).empty());
    QVERIFY(ring.reserve(1000).empty());
}

void RingsTest::recordsCrossThreads()
{
    constexpr std::uint32_t total = 100000;
    base::SpscByteRing ring(4096);
    std::thread producer([&] {
        for (std::uint32_t i = 0; i < total;) {
            const auto slot = ring.reserve(4 + i % 300);
            if (!slot.empty()) {
                std::memcpy(slot.data(), &i, 4);
                ring.commit();
                ++i;
            } else {
                std::this_thread::yield();
            }
        }
    });
    for (std::uint32_t expected = 0; expected < total;) {
        const auto record = ring.front();
        if (record.empty()) {
            std::this_thread::yield();
            continue;
        }
        std::uint32_t value = 0;
        std::memcpy(&value, record.data(), 4);
        QCOMPARE(value, expected);
        QCOMPARE(record.size(), std::size_t(4 + expected % 300));
        ring.release();
        ++expected;
    }
    producer.join();
}

QTEST_GUILESS_MAIN(RingsTest)
#include "tst_rings.moc"
