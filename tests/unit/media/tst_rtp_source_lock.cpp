#include "media/RtpSourceLock.h"

#include <QTest>

#include <cstring>

using namespace hs;
using namespace hs::media;
using Verdict = RtpSourceLock::Verdict;

namespace {

const base::Endpoint negotiated(*base::IpAddress::parse("192.0.2.10"), 4000);
const base::Endpoint behindNat(*base::IpAddress::parse("10.0.0.10"), 4000);
const base::Endpoint sameHost(*base::IpAddress::parse("192.0.2.10"), 5555);
const base::Endpoint nat(*base::IpAddress::parse("203.0.113.7"), 6000);
const base::Endpoint stranger(*base::IpAddress::parse("198.51.100.66"), 6666);
const base::Endpoint other(*base::IpAddress::parse("192.0.2.20"), 7000);
const base::IpAddress signalling = nat.address();

struct Bench {
    RtpSourceLock lock;
    base::TimePoint now{std::chrono::hours(1)};
    std::uint16_t sequence = 65534;

    explicit Bench(const base::Endpoint& expected = negotiated)
    {
        lock.expect(expected, signalling, now);
    }
    Verdict from(const base::Endpoint& source, int number, std::uint32_t ssrc = 1,
                 bool negotiatedType = true, std::size_t size = 172)
    {
        std::vector<std::byte> datagram(size, static_cast<std::byte>(number));
        return lock.judge(
            {source, ssrc, static_cast<std::uint16_t>(number), negotiatedType, now, datagram});
    }
    Verdict from(const base::Endpoint& source) { return from(source, sequence++); }
    void pass(std::chrono::seconds time) { now += time; }
};

} // namespace

class RtpSourceLockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void negotiatedAddressLocksAtOnce();
    void negotiatedAddressBeatsCandidates();
    void fourthPacketLocksAndNothingIsLost();
    void largePacketsLockToo();
    void lossAndWrapDoNotStopACandidate();
    void whatIsNoCandidate_data();
    void whatIsNoCandidate();
    void anyAddressOnlyForTenSeconds();
    void startOpensForTenSecondsMore();
    void otherAddressesOnlyForOneBehindANat();
    void negotiatedAddressTakesALockBack();
    void sdpAndSignallingAddressesAlways();
    void strangersDoNotPushOutACandidate();
    void newAddressAllowsANewLock();
    void sameAddressKeepsTheLock();
    void holdKeepsTheLock();
    void stragglersOfTheOldSourceWait();
    void withoutAnyAddress();
    void portChangesInMidStream_data();
    void portChangesInMidStream();
    void nobodyTakesALivingStreamOver();
};

void RtpSourceLockTest::negotiatedAddressLocksAtOnce()
{
    Bench bench;
    QVERIFY(!bench.lock.isLocked());
    QCOMPARE(bench.from(negotiated), Verdict::Accepted);
    QCOMPARE(bench.lock.source(), negotiated);
    QVERIFY(bench.lock.kept().empty());
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(bench.from(stranger), Verdict::Foreign);
        QCOMPARE(bench.from(sameHost), Verdict::Foreign);
    }
    QCOMPARE(bench.from(negotiated), Verdict::Accepted);
}

void RtpSourceLockTest::negotiatedAddressBeatsCandidates()
{
    Bench bench(behindNat);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(stranger, i), Verdict::Candidate);
    }
    QCOMPARE(bench.from(behindNat), Verdict::Accepted);
    QVERIFY(bench.lock.kept().empty());
    QCOMPARE(bench.from(stranger, 3), Verdict::Foreign);
}

void RtpSourceLockTest::fourthPacketLocksAndNothingIsLost()
{
    Bench bench;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(nat, 10 + i), Verdict::Candidate);
        bench.pass(std::chrono::seconds(1));
    }
    QCOMPARE(bench.from(nat, 13), Verdict::Accepted);
    QCOMPARE(bench.lock.source(), nat);
    QCOMPARE(bench.lock.kept().size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(bench.lock.kept()[i].datagram().size(), std::size_t(172));
        QCOMPARE(bench.lock.kept()[i].datagram()[0], static_cast<std::byte>(10 + i));
        QCOMPARE(bench.now - bench.lock.kept()[i].at, std::chrono::seconds(3 - i));
    }
    QCOMPARE(bench.from(nat, 14), Verdict::Accepted);
    QVERIFY(bench.lock.kept().empty());
    QCOMPARE(bench.from(stranger), Verdict::Foreign); // once locked, from no other
    // But for where they said they are.
    QCOMPARE(bench.from(negotiated), Verdict::Accepted);
    QCOMPARE(bench.lock.source(), negotiated);
    QCOMPARE(bench.from(nat, 15), Verdict::Foreign);
}

// RFC 7587 4.2: a packet of Opus may be as large as a datagram.
void RtpSourceLockTest::largePacketsLockToo()
{
    Bench bench;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(sameHost, i, 1, true, 1287), Verdict::Candidate);
    }
    QCOMPARE(bench.from(sameHost, 3, 1, true, 1287), Verdict::Accepted);
    QCOMPARE(bench.lock.kept().front().size, std::size_t(1287));
}

void RtpSourceLockTest::lossAndWrapDoNotStopACandidate()
{
    Bench bench;
    for (const int number : {65533, 65535, 1}) {
        QCOMPARE(bench.from(nat, number), Verdict::Candidate);
    }
    QCOMPARE(bench.from(nat, 2), Verdict::Accepted);
}

void RtpSourceLockTest::whatIsNoCandidate_data()
{
    QTest::addColumn<QList<int>>("sequences");
    QTest::addColumn<QList<int>>("ssrcs");
    QTest::addColumn<bool>("negotiatedType");
    QTest::addColumn<int>("size");
    const QList<int> inOrder{1, 2, 3, 4, 5, 6};
    const QList<int> one(6, 1);
    QTest::newRow("another payload type") << inOrder << one << false << 172;
    QTest::newRow("longer than a datagram") << inOrder << one << true << 1501;
    QTest::newRow("out of order") << QList<int>{6, 5, 4, 3, 2, 1} << one << true << 172;
    QTest::newRow("the same over and over") << QList<int>(6, 7) << one << true << 172;
    QTest::newRow("numbers at random")
        << QList<int>{5, 900, 31, 60000, 7, 444} << one << true << 172;
    QTest::newRow("many SSRCs") << inOrder << QList<int>{1, 2, 3, 4, 5, 6} << true << 172;
}

void RtpSourceLockTest::whatIsNoCandidate()
{
    QFETCH(QList<int>, sequences);
    QFETCH(QList<int>, ssrcs);
    QFETCH(bool, negotiatedType);
    QFETCH(int, size);
    Bench bench;
    for (int i = 0; i < sequences.size(); ++i) {
        QVERIFY(bench.from(nat, sequences[i], static_cast<std::uint32_t>(ssrcs[i]), negotiatedType,
                           static_cast<std::size_t>(size))
                != Verdict::Accepted);
    }
    QVERIFY(!bench.lock.isLocked());
}

void RtpSourceLockTest::anyAddressOnlyForTenSeconds()
{
    Bench bench(behindNat);
    bench.pass(std::chrono::seconds(10));
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(bench.from(stranger), Verdict::Foreign);
    }
    QCOMPARE(bench.from(behindNat), Verdict::Accepted);
}

// A public address in the SDP is where it is: a stranger who is quicker gets nothing (RTP Bleed).
void RtpSourceLockTest::otherAddressesOnlyForOneBehindANat()
{
    for (const base::Endpoint& expected : {negotiated, {base::IpAddress::loopbackV4(), 4000}}) {
        Bench bench(expected);
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(bench.from(stranger), Verdict::Foreign);
        }
        QVERIFY(!bench.lock.isLocked());
    }
}

void RtpSourceLockTest::negotiatedAddressTakesALockBack()
{
    Bench bench;
    for (int i = 0; i < 4; ++i) {
        bench.from(sameHost);
    }
    QCOMPARE(bench.lock.source(), sameHost);
    QCOMPARE(bench.from(negotiated), Verdict::Accepted);
    QCOMPARE(bench.lock.source(), negotiated);
    QCOMPARE(bench.from(sameHost), Verdict::Foreign);
}

void RtpSourceLockTest::startOpensForTenSecondsMore()
{
    Bench bench(behindNat);
    bench.pass(std::chrono::seconds(60));
    bench.lock.open(bench.now);
    bench.pass(std::chrono::seconds(9));
    QCOMPARE(bench.from(stranger), Verdict::Candidate);
}

void RtpSourceLockTest::sdpAndSignallingAddressesAlways()
{
    for (const base::Endpoint& source : {sameHost, nat}) {
        Bench bench;
        bench.pass(std::chrono::seconds(3600));
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(bench.from(source), Verdict::Candidate);
        }
        QCOMPARE(bench.from(source), Verdict::Accepted);
    }
}

void RtpSourceLockTest::strangersDoNotPushOutACandidate()
{
    Bench bench;
    int number = 0;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(nat, number++), Verdict::Candidate);
        for (std::uint16_t port = 1; port <= 3; ++port) {
            bench.from({stranger.address(), port}, 100);
        }
        bench.pass(std::chrono::seconds(1));
    }
    QCOMPARE(bench.from(nat, number), Verdict::Accepted);
}

void RtpSourceLockTest::newAddressAllowsANewLock()
{
    Bench bench;
    bench.from(negotiated);
    bench.lock.expect(other, signalling, bench.now);
    QVERIFY(!bench.lock.isLocked());
    QCOMPARE(bench.from(other), Verdict::Accepted);
    QCOMPARE(bench.from(negotiated), Verdict::Foreign);
}

void RtpSourceLockTest::sameAddressKeepsTheLock()
{
    Bench bench;
    for (int i = 0; i < 4; ++i) {
        bench.from(nat);
    }
    bench.lock.expect(negotiated, signalling, bench.now);
    QCOMPARE(bench.lock.source(), nat);
    // The far end now names the address from which it sends anyway.
    bench.lock.expect(nat, signalling, bench.now);
    QCOMPARE(bench.lock.source(), nat);
}

void RtpSourceLockTest::holdKeepsTheLock()
{
    Bench bench;
    bench.from(negotiated);
    bench.lock.expect({base::IpAddress::anyV4(), 4000}, signalling, bench.now);
    QCOMPARE(bench.lock.source(), negotiated);
    bench.lock.expect({negotiated.address(), 0}, signalling, bench.now);
    QCOMPARE(bench.lock.source(), negotiated);
    bench.lock.expect(negotiated, signalling, bench.now);
    QCOMPARE(bench.lock.source(), negotiated);
}

void RtpSourceLockTest::stragglersOfTheOldSourceWait()
{
    Bench bench;
    bench.from(negotiated);
    bench.lock.expect(behindNat, signalling, bench.now);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(bench.from(negotiated), Verdict::Foreign);
    }
    bench.pass(std::chrono::seconds(2));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(negotiated), Verdict::Candidate);
    }
    QCOMPARE(bench.from(negotiated), Verdict::Accepted); // it has not moved after all
}

void RtpSourceLockTest::withoutAnyAddress()
{
    Bench bench({base::IpAddress::anyV4(), 0});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(nat), Verdict::Candidate);
    }
    QCOMPARE(bench.from(nat), Verdict::Accepted);
}

void RtpSourceLockTest::portChangesInMidStream_data()
{
    QTest::addColumn<base::Endpoint>("source");
    QTest::addColumn<int>("silentMs");
    QTest::addColumn<int>("sequence"); // of its first packet; the last one before was 10
    QTest::addColumn<quint32>("ssrc");
    QTest::addColumn<bool>("negotiatedType");
    QTest::addColumn<bool>("followed");
    QTest::newRow("another port of the NAT") << sameHost << 1000 << 61 << 1U << true << true;
    QTest::newRow("after a long gap") << sameHost << 30'000 << 1510 << 1U << true << true;
    QTest::newRow("while it may only be late") << sameHost << 900 << 56 << 1U << true << false;
    QTest::newRow("another address") << stranger << 1000 << 61 << 1U << true << false;
    QTest::newRow("another stream") << sameHost << 1000 << 61 << 2U << true << false;
    QTest::newRow("numbers of before") << sameHost << 1000 << 5 << 1U << true << false;
    QTest::newRow("numbers far away") << sameHost << 1000 << 4000 << 1U << true << false;
    QTest::newRow("another codec") << sameHost << 1000 << 61 << 1U << false << false;
}

void RtpSourceLockTest::portChangesInMidStream()
{
    QFETCH(base::Endpoint, source);
    QFETCH(int, silentMs);
    QFETCH(int, sequence);
    QFETCH(quint32, ssrc);
    QFETCH(bool, negotiatedType);
    QFETCH(bool, followed);
    Bench bench;
    QCOMPARE(bench.from(negotiated, 10), Verdict::Accepted);
    bench.now += std::chrono::milliseconds(silentMs);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.from(source, sequence + i, ssrc, negotiatedType),
                 followed ? Verdict::Candidate : Verdict::Foreign);
    }
    QCOMPARE(bench.from(source, sequence + 3, ssrc, negotiatedType),
             followed ? Verdict::Accepted : Verdict::Foreign);
    QCOMPARE(bench.lock.kept().size(), std::size_t(followed ? 3 : 0));
    QCOMPARE(bench.lock.source(), followed ? source : negotiated);
}

// However well it is imitated: one packet of its own every second is enough.
void RtpSourceLockTest::nobodyTakesALivingStreamOver()
{
    Bench bench;
    for (int second = 0; second < 5; ++second) {
        QCOMPARE(bench.from(negotiated, 100 * second), Verdict::Accepted);
        for (int i = 1; i < 50; ++i) {
            bench.now += std::chrono::milliseconds(20);
            QCOMPARE(bench.from(sameHost, 100 * second + i), Verdict::Foreign);
        }
    }
    QCOMPARE(bench.lock.source(), negotiated);
}

QTEST_GUILESS_MAIN(RtpSourceLockTest)
#include "tst_rtp_source_lock.moc"
