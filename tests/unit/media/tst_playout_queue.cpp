#include "media/PlayoutQueue.h"

#include <QTest>

#include <numeric>

using namespace hs::media;

class PlayoutQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chunksOfAnyLengthJoin();
    void spentNodesGoBack();
    void clearTellsWhatIsGone();
    void usableAfterClear();
    void ownsWhatIsLeft();
};

namespace {

std::int16_t counter = 0;

CommandNode chunk(std::size_t size)
{
    std::vector<std::int16_t> samples(size);
    std::iota(samples.begin(), samples.end(), counter);
    counter = static_cast<std::int16_t>(counter + static_cast<std::int16_t>(size));
    return CommandNode(new CommandBox::Node{{nullptr, command::Play{std::move(samples)}}, nullptr});
}

int count(CommandBox& box)
{
    int nodes = 0;
    for (auto batch = box.takeAll(); batch.pop();) {
        ++nodes;
    }
    return nodes;
}

} // namespace

void PlayoutQueueTest::chunksOfAnyLengthJoin()
{
    counter = 0;
    CommandBox spent;
    PlayoutQueue queue(spent);
    for (const std::size_t size : {1U, 500U, 159U, 3U, 1000U, 160U}) {
        queue.append(chunk(size));
    }
    std::vector<std::int16_t> all;
    std::array<std::int16_t, 160> frame{};
    while (!queue.empty()) {
        const std::size_t got = queue.read(frame);
        QVERIFY(got == 160 || queue.empty());
        all.insert(all.end(), frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(got));
    }
    std::vector<std::int16_t> expected(1823);
    std::iota(expected.begin(), expected.end(), std::int16_t(0));
    QCOMPARE(all, expected);
    QCOMPARE(queue.read(frame), std::size_t(0));
}

void PlayoutQueueTest::spentNodesGoBack()
{
    CommandBox spent;
    PlayoutQueue queue(spent);
    queue.append(chunk(100));
    queue.append(chunk(100));
    std::array<std::int16_t, 150> frame{};
    queue.read(frame);
    QCOMPARE(count(spent), 1);
    queue.read(frame);
    QCOMPARE(count(spent), 1);
}

void PlayoutQueueTest::clearTellsWhatIsGone()
{
    CommandBox spent;
    PlayoutQueue queue(spent);
    queue.append(chunk(100));
    queue.append(chunk(100));
    std::array<std::int16_t, 30> frame{};
    queue.read(frame);
    QCOMPARE(queue.clear(), std::size_t(170));
    QVERIFY(queue.empty());
    QCOMPARE(count(spent), 2);
    QCOMPARE(queue.clear(), std::size_t(0));
}

void PlayoutQueueTest::usableAfterClear()
{
    CommandBox spent;
    PlayoutQueue queue(spent);
    queue.append(chunk(100));
    std::array<std::int16_t, 30> frame{};
    queue.read(frame);
    queue.clear();
    counter = 77;
    queue.append(chunk(30));
    QCOMPARE(queue.read(frame), std::size_t(30));
    QCOMPARE(frame[0], std::int16_t(77));
    QVERIFY(queue.empty());
}

void PlayoutQueueTest::ownsWhatIsLeft()
{
    // A leak here is found by the address sanitizer.
    CommandBox spent;
    PlayoutQueue queue(spent);
    for (int i = 0; i < 1000; ++i) {
        queue.append(chunk(8));
    }
    QCOMPARE(count(spent), 0);
}

QTEST_GUILESS_MAIN(PlayoutQueueTest)
#include "tst_playout_queue.moc"
