#include "base/EventLoopMailbox.h"
#include "support/Soon.h"

#include <QTest>

#include <thread>

using namespace hs;

class MailboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsOrderAndSaysWhenToWake();
    void freesWhatWasNeverTaken();
    void fourSendersLoseNothing();
    void eventLoopRunsPostedFunctions();
};

void MailboxTest::keepsOrderAndSaysWhenToWake()
{
    base::Mailbox<int> mailbox;
    QVERIFY(mailbox.post(1));
    QVERIFY(!mailbox.post(2));
    auto batch = mailbox.takeAll();
    QVERIFY(mailbox.post(3));
    QCOMPARE(batch.pop()->value, 1);
    QCOMPARE(batch.pop()->value, 2);
    QVERIFY(!batch.pop());
}

void MailboxTest::freesWhatWasNeverTaken()
{
    auto shared = std::make_shared<int>(7);
    {
        base::Mailbox<std::shared_ptr<int>> mailbox;
        mailbox.post(shared);
        mailbox.post(shared);
        auto batch = mailbox.takeAll();
        mailbox.post(shared);
        QCOMPARE(shared.use_count(), 4L);
    }
    QCOMPARE(shared.use_count(), 1L);
}

void MailboxTest::fourSendersLoseNothing()
{
    struct Letter {
        int sender;
        int number;
    };
    constexpr int each = 20000;
    base::Mailbox<Letter> mailbox;
    std::vector<std::thread> senders;
    for (int sender = 0; sender < 4; ++sender) {
        senders.emplace_back([&mailbox, sender] {
            for (int number = 0; number < each; ++number) {
                mailbox.post(Letter{sender, number});
            }
        });
    }
    std::array<int, 4> next{};
    int total = 0;
    while (total < 4 * each) {
        auto batch = mailbox.takeAll();
        while (auto node = batch.pop()) {
            int& expected = next.at(static_cast<std::size_t>(node->value.sender));
            QCOMPARE(node->value.number, expected);
            ++expected;
            ++total;
        }
    }
    for (std::thread& sender : senders) {
        sender.join();
    }
}

void MailboxTest::eventLoopRunsPostedFunctions()
{
    base::EventLoopMailbox mailbox;
    QList<int> seen;
    std::thread sender([&] {
        for (int i = 0; i < 100; ++i) {
            mailbox.post([&seen, i] { seen << i; });
        }
    });
    SOON_COMPARE(seen.size(), 100);
    sender.join();
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

QTEST_GUILESS_MAIN(MailboxTest)
#include "tst_mailbox.moc"
