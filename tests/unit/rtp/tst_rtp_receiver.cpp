#include "rtp/RtpReceiver.h"

#include <QTest>

using namespace hs;
using namespace hs::rtp;
using Verdict = RtpReceiver::Verdict;

// Which stream is heard as SSRCs come and go (RFC 3550 8.2; conformance 4.1, 4.2).
class RtpReceiverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streams_data();
    void streams();
    void totalsGoOn();
};

namespace {
Verdict receive(RtpReceiver& receiver, char ssrc, int seq)
{
    RtpHeader header;
    header.ssrc = static_cast<std::uint32_t>(ssrc);
    header.sequence = static_cast<std::uint16_t>(seq);
    return receiver.receive(header, base::TimePoint(std::chrono::milliseconds(20) * seq));
}
} // namespace

void RtpReceiverTest::streams_data()
{
    QTest::addColumn<int>("minSequential");
    QTest::addColumn<QByteArrayList>("packets"); // SSRC letter and sequence number
    QTest::addColumn<QByteArray>("verdicts"); // a accepted, N new stream, d duplicate, - rejected
    QTest::newRow("one stream") << 1 << QByteArrayList{"A1", "A2", "A2", "A3"}
                                << QByteArray("Nada");
    QTest::newRow("probation of 2") << 2 << QByteArrayList{"A1", "A2", "A3"} << QByteArray("-Na");
    QTest::newRow("another SSRC is heard after one packet")
        << 1 << QByteArrayList{"A1", "A2", "B700", "B701", "B702"} << QByteArray("Na-Na");
    QTest::newRow("one stray packet changes nothing (4.1)")
        << 1 << QByteArrayList{"A1", "A2", "X9", "A3", "A4"} << QByteArray("Na-aa");
    QTest::newRow("two stray ones, not in sequence")
        << 1 << QByteArrayList{"A1", "X9", "X55", "A2"} << QByteArray("N--a");
    QTest::newRow("strays of two SSRCs")
        << 1 << QByteArrayList{"A1", "X9", "Y10", "A2"} << QByteArray("N--a");
    QTest::newRow("two streams at once: the first one stays")
        << 1 << QByteArrayList{"A1", "B50", "A2", "B51", "A3", "B52"} << QByteArray("N-a-a-");
    QTest::newRow("back to the first")
        << 1 << QByteArrayList{"A1", "B5", "B6", "A2", "A3", "A4"} << QByteArray("N-N-Na");
    QTest::newRow("jump within an SSRC")
        << 1 << QByteArrayList{"A1", "A20000", "A20001", "A20002"} << QByteArray("N-Na");
}

void RtpReceiverTest::streams()
{
    QFETCH(int, minSequential);
    QFETCH(QByteArrayList, packets);
    QFETCH(QByteArray, verdicts);
    RtpReceiver receiver(minSequential);
    QVERIFY(!receiver.source());
    QByteArray got;
    for (const QByteArray& packet : packets) {
        switch (receive(receiver, packet[0], packet.sliced(1).toInt())) {
        case Verdict::Accepted:
            got += 'a';
            break;
        case Verdict::NewStream:
            got += 'N';
            break;
        case Verdict::Duplicate:
            got += 'd';
            break;
        case Verdict::Rejected:
            got += '-';
            break;
        }
    }
    QCOMPARE(got, verdicts);
    QCOMPARE(receiver.packetsRejected(), std::uint64_t(verdicts.count('-')));
    QCOMPARE(receiver.streams(), std::uint32_t(verdicts.count('N')));
}

void RtpReceiverTest::totalsGoOn()
{
    RtpReceiver receiver(1);
    for (const int seq : {1, 2, 4, 4, 5}) { // one lost, one twice
        receive(receiver, 'A', seq);
    }
    receive(receiver, 'A', 8); // two more lost
    for (const int seq : {100, 101, 102, 104}) { // the first is probation's
        receive(receiver, 'B', seq);
    }
    QCOMPARE(receiver.source()->ssrc(), std::uint32_t('B'));
    QCOMPARE(receiver.packetsReceived(), std::uint64_t(6 + 3));
    QCOMPARE(receiver.packetsLost(), std::uint64_t(2 + 1)); // the duplicate makes up for one (A.3)
    QCOMPARE(receiver.packetsDuplicate(), std::uint64_t(1));
}

QTEST_GUILESS_MAIN(RtpReceiverTest)
#include "tst_rtp_receiver.moc"
