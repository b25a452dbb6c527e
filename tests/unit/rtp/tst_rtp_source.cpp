#include "rtp/RtpSource.h"

#include <QTest>

using namespace hs;
using namespace hs::rtp;
using Verdict = RtpSource::Verdict;

// Validity, loss and reports of one source (RFC 3550 A.1, A.3).
class RtpSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sequences_data();
    void sequences();
    void fractionLost_data();
    void fractionLost();
    void cumulativeLostGoesBelowZero();
    void restartsKeepTheTotals();
    void highestSequenceCountsCycles();
};

namespace {
// a accepted, R restarted, d duplicate, p probation, j jump
char letter(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Accepted:
        return 'a';
    case Verdict::Restarted:
        return 'R';
    case Verdict::Duplicate:
        return 'd';
    case Verdict::Probation:
        return 'p';
    case Verdict::Jump:
        return 'j';
    }
    return '?';
}

Verdict receive(RtpSource& source, int seq)
{
    RtpHeader header;
    header.sequence = static_cast<std::uint16_t>(seq);
    header.timestamp = static_cast<std::uint32_t>(seq) * 160;
    return source.receive(header, base::TimePoint(std::chrono::milliseconds(20) * seq));
}

void receiveAll(RtpSource& source, int from, int to)
{
    for (int seq = from; seq <= to; ++seq) {
        receive(source, seq);
    }
}
} // namespace

void RtpSourceTest::sequences_data()
{
    QTest::addColumn<int>("minSequential");
    QTest::addColumn<QList<int>>("seqs");
    QTest::addColumn<QByteArray>("verdicts");
    QTest::addColumn<qint64>("lost");
    QTest::newRow("A.1 probation of 2")
        << 2 << QList<int>{7, 8, 9} << QByteArray("paa") << qint64(0);
    QTest::newRow("A.1 probation begins anew")
        << 2 << QList<int>{7, 9, 11, 12, 13} << QByteArray("pppaa") << qint64(0);
    QTest::newRow("A.1 probation, 3-2-1")
        << 2 << QList<int>{3, 2, 1, 4, 5, 6} << QByteArray("ppppaa") << qint64(0);
    QTest::newRow("A.1 probation across the wrap")
        << 3 << QList<int>{65535, 0, 1} << QByteArray("ppa") << qint64(0);
    QTest::newRow("no probation") << 1 << QList<int>{60000, 60001} << QByteArray("aa") << qint64(0);
    QTest::newRow("0 is as 1") << 0 << QList<int>{5} << QByteArray("a") << qint64(0);
    QTest::newRow("A.3 one lost") << 1 << QList<int>{1, 2, 4} << QByteArray("aaa") << qint64(1);
    QTest::newRow("A.3 lost on both sides of the wrap")
        << 1 << QList<int>{65533, 65534, 1, 2} << QByteArray("aaaa") << qint64(2);
    QTest::newRow("A.3 reordered 3-2-1")
        << 1 << QList<int>{10, 13, 12, 11} << QByteArray("aaaa") << qint64(0);
    QTest::newRow("A.3 duplicate counts as received")
        << 1 << QList<int>{10, 11, 11, 13} << QByteArray("aada") << qint64(0);
    QTest::newRow("A.1 ahead by MAX_DROPOUT - 1")
        << 1 << QList<int>{0, 2999} << QByteArray("aa") << qint64(2998);
    QTest::newRow("A.1 ahead by MAX_DROPOUT")
        << 1 << QList<int>{0, 3000, 1} << QByteArray("aja") << qint64(0);
    QTest::newRow("A.1 behind by MAX_MISORDER - 1")
        << 1 << QList<int>{200, 101, 201} << QByteArray("aaa") << qint64(-1);
    QTest::newRow("A.1 behind by MAX_MISORDER")
        << 1 << QList<int>{200, 100, 201} << QByteArray("aja") << qint64(0);
    QTest::newRow("A.1 two in sequence after a jump restart")
        << 1 << QList<int>{0, 1, 30000, 30001, 30002} << QByteArray("aajRa") << qint64(0);
    QTest::newRow("A.1 two apart after a jump do not")
        << 1 << QList<int>{0, 1, 30000, 30005, 2} << QByteArray("aajja") << qint64(0);
}

void RtpSourceTest::sequences()
{
    QFETCH(int, minSequential);
    QFETCH(QList<int>, seqs);
    QFETCH(QByteArray, verdicts);
    QFETCH(qint64, lost);
    RtpSource source(1, minSequential);
    QByteArray got;
    for (const int seq : seqs) {
        got += letter(receive(source, seq));
    }
    QCOMPARE(got, verdicts);
    QCOMPARE(source.packetsLost(), lost);
    QCOMPARE(source.packetsDuplicate(), std::uint64_t(verdicts.count('d')));
    QCOMPARE(source.isValid(), verdicts.contains('a'));
}

void RtpSourceTest::fractionLost_data()
{
    QTest::addColumn<QList<int>>("seqs"); // of the second interval; the first ends with 99
    QTest::addColumn<int>("fraction");
    QTest::newRow("A.3 none") << QList<int>{100, 101, 102, 103} << 0;
    QTest::newRow("A.3 one of four") << QList<int>{100, 101, 103} << 64;
    QTest::newRow("A.3 three of four") << QList<int>{103} << 192;
    QTest::newRow("A.3 nothing came, nothing was expected") << QList<int>{} << 0;
    QTest::newRow("A.3 more came than were expected: no negative fraction")
        << QList<int>{100, 100, 100} << 0;
    QTest::newRow("A.3 nearly all lost fits eight bits") << QList<int>{2999} << 255;
}

void RtpSourceTest::fractionLost()
{
    QFETCH(QList<int>, seqs);
    QFETCH(int, fraction);
    RtpSource source(0xabcd, 1);
    receiveAll(source, 0, 49);
    receiveAll(source, 60, 99);
    QCOMPARE(int(source.takeReport().fractionLost), 10 * 256 / 100);
    QVERIFY(!source.heardSinceReport());
    for (const int seq : seqs) {
        receive(source, seq);
    }
    QCOMPARE(source.heardSinceReport(), !seqs.isEmpty());
    const ReportBlock block = source.takeReport();
    QCOMPARE(int(block.fractionLost), fraction);
    QCOMPARE(block.ssrc, 0xabcdU);
    QCOMPARE(std::int64_t(block.cumulativeLost), source.packetsLost());
}

void RtpSourceTest::cumulativeLostGoesBelowZero()
{
    RtpSource source(1, 1);
    for (int i = 0; i < 5; ++i) {
        receive(source, 100);
    }
    QCOMPARE(source.packetsLost(), std::int64_t(-4));
    QCOMPARE(source.takeReport().cumulativeLost, -4);
    QCOMPARE(source.packetsDuplicate(), std::uint64_t(4));
}

void RtpSourceTest::restartsKeepTheTotals()
{
    RtpSource source(1, 1);
    receiveAll(source, 0, 9);
    receive(source, 12); // two lost
    receive(source, 40000);
    QCOMPARE(receive(source, 40001), Verdict::Restarted);
    receiveAll(source, 40002, 40004);
    receive(source, 40006); // one more
    QCOMPARE(source.packetsReceived(), std::uint64_t(11 + 5));
    QCOMPARE(source.packetsLost(), std::int64_t(3));
}

void RtpSourceTest::highestSequenceCountsCycles()
{
    RtpSource source(1, 1);
    receiveAll(source, 65000, 65536 + 65536 + 7);
    QCOMPARE(source.takeReport().highestSequence, 0x00020007U);
    QCOMPARE(source.packetsLost(), std::int64_t(0));
    QCOMPARE(source.jitter().inUs(), 0U);
}

QTEST_GUILESS_MAIN(RtpSourceTest)
#include "tst_rtp_source.moc"
