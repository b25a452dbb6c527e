#include "Bytes.h"
#include "rtp/NtpTime.h"
#include "rtp/RtcpBye.h"
#include "rtp/RtcpSourceDescription.h"
#include "rtp/RtpSession.h"

#include <QTest>

#include <vector>

using namespace hs;
using namespace hs::rtp;
using namespace std::chrono_literals;
using Verdict = RtpSession::Verdict;

// Two sessions and what passes between them (RFC 3550 6, 8).
class RtpSessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packetsCount();
    void timestampGoesOnThroughUnderruns();
    void reportsBothWays();
    void roundTrip_data();
    void roundTrip();
    void senderBecomesReceiver();
    void silentSessionReportsNothingHeard();
    void byeAndLatePackets();
    void noByeFromTheUnheard();
    void collisionThenLoop();
    void reportsOnTheOldSsrcAreOver();
    void echoIsTakenIfWanted();
    void foreignReportsSayNothing();
    void badRtcpIsCounted();
    void longCnameIsCut();
};

namespace {
const base::Endpoint aliceAddress(*base::IpAddress::parse("192.0.2.1"), 4000);
const base::Endpoint bobAddress(*base::IpAddress::parse("192.0.2.2"), 5000);
constexpr base::WallTime wallStart{std::chrono::milliseconds(1767323045000)};

struct Side {
    base::TimePoint now{std::chrono::hours(1)};
    RtpSession session;
    std::array<std::byte, RtpSession::maxRtcpBytes> rtcp{};
    std::array<std::byte, 200> rtp{};

    Side(std::uint32_t ssrc, std::string_view cname, bool acceptEcho = false)
        : session({ssrc, 65530, 0xffffff00U, 8000, 1, acceptEcho}, cname, now, 0)
    {
    }
    base::WallTime wall() const
    {
        return wallStart
            + std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()
                                                                    - std::chrono::hours(1));
    }
    std::span<const std::byte> packet()
    {
        const std::array<std::byte, 160> payload{};
        return std::span(rtp).first(session.writePacket(rtp, 0, false, payload, 160, now));
    }
    Verdict hear(std::span<const std::byte> datagram, const base::Endpoint& source)
    {
        return session.receivePacket(*RtpPacketView::parse(datagram), source, now);
    }
    std::span<const std::byte> report()
    {
        now = std::max(now, session.nextRtcp());
        return std::span(rtcp).first(session.writeRtcp(rtcp, now, wall(), 0));
    }
};

RtcpReportView reportIn(std::span<const std::byte> datagram)
{
    auto compound = RtcpCompound::parse(datagram);
    return RtcpReportView::parse(compound->next().value()).value();
}

bool hasBye(std::span<const std::byte> datagram, std::uint32_t ssrc)
{
    auto compound = RtcpCompound::parse(datagram);
    while (const auto packet = compound->next()) {
        const auto bye = RtcpByeView::parse(*packet);
        if (bye && bye->names(ssrc)) {
            return true;
        }
    }
    return false;
}

// 20 ms pass on both sides for each packet from alice to bob; `lost` of them don't arrive.
void talk(Side& alice, Side& bob, int packets, int lost = 0)
{
    for (int i = 0; i < packets; ++i) {
        alice.now += 20ms;
        bob.now += 20ms;
        const auto packet = alice.packet();
        if (i == 0 || i > lost) {
            bob.hear(packet, aliceAddress);
        }
    }
}
} // namespace

void RtpSessionTest::packetsCount()
{
    Side alice(0xaaaaaaaaU, "alice");
    const auto first = RtpPacketView::parse(alice.packet());
    QCOMPARE(first->header(), (RtpHeader{0, false, 65530, 0xffffff00U, 0xaaaaaaaaU}));
    for (int i = 0; i < 6; ++i) {
        alice.packet();
    }
    const auto wrapped = RtpPacketView::parse(alice.packet());
    QCOMPARE(wrapped->header().sequence, std::uint16_t(1)); // across both wraps
    QCOMPARE(wrapped->header().timestamp, 0xffffff00U + 7 * 160);
    std::array<std::byte, 20> small{};
    QCOMPARE(
        alice.session.writePacket(small, 0, false, std::array<std::byte, 160>{}, 160, alice.now),
        std::size_t(0));
    const RtpStats stats = alice.session.stats();
    QCOMPARE(stats.packetsSent, std::uint64_t(8));
    QCOMPARE(stats.octetsSent, std::uint64_t(1280));
    QCOMPARE(stats.remoteLost, std::int64_t(-1));
    QCOMPARE(stats.roundTripUs, -1);
}

void RtpSessionTest::timestampGoesOnThroughUnderruns()
{
    Side alice(1, "alice");
    alice.packet();
    alice.session.skipSamples(480); // conformance 7.32
    const auto next = RtpPacketView::parse(alice.packet());
    QCOMPARE(next->header().sequence, std::uint16_t(65531));
    QCOMPARE(next->header().timestamp, 0xffffff00U + 640);
}

void RtpSessionTest::reportsBothWays()
{
    Side alice(0xaaaaaaaaU, "alice@192.0.2.1");
    Side bob(0xbbbbbbbbU, "bob");
    talk(alice, bob, 100, 10);
    alice.now += 50ms;
    const auto sr = alice.report();
    const RtcpReportView fromAlice = reportIn(sr);
    QCOMPARE(fromAlice.senderSsrc(), 0xaaaaaaaaU);
    QVERIFY(fromAlice.senderInfo());
    QCOMPARE(fromAlice.senderInfo()->packetCount, 100U);
    QCOMPARE(fromAlice.senderInfo()->octetCount, 16000U);
    QCOMPARE(fromAlice.senderInfo()->ntpTime, toNtp(alice.wall()));
    QCOMPARE(fromAlice.blockCount(), 0); // she heard nobody
    // 6.4.1: the RTP timestamp of the very moment of the report.
    const base::Duration sinceLast = alice.now - base::TimePoint(1h) - 2000ms;
    QVERIFY(sinceLast >= 50ms);
    QCOMPARE(fromAlice.senderInfo()->rtpTimestamp,
             0xffffff00U + 99 * 160 + static_cast<std::uint32_t>(timeToSamples(sinceLast, 8000)));
    auto compound = RtcpCompound::parse(sr);
    compound->next();
    const auto sdes = RtcpSourceDescriptionView::parse(compound->next().value());
    QVERIFY(sdes->cname(0xaaaaaaaaU) == std::string_view("alice@192.0.2.1"));

    QVERIFY(bob.session.receiveRtcp(sr, bob.now));
    const auto rr = bob.report();
    const RtcpReportView fromBob = reportIn(rr);
    QVERIFY(!fromBob.senderInfo()); // he sent nothing: an RR
    QCOMPARE(fromBob.blockCount(), 1);
    const ReportBlock block = fromBob.block(0);
    QCOMPARE(block.ssrc, 0xaaaaaaaaU);
    QCOMPARE(block.cumulativeLost, 10);
    QCOMPARE(int(block.fractionLost), 25);
    QCOMPARE(block.lastSenderReport, compactNtp(toNtp(alice.wall())));

    QVERIFY(alice.session.receiveRtcp(rr, alice.now));
    QCOMPARE(alice.session.stats().remoteLost, std::int64_t(10));
    QCOMPARE(alice.session.stats().remoteLossPermille, 97);
    QCOMPARE(bob.session.stats().packetsLost, std::uint64_t(10));
    QCOMPARE(bob.session.stats().packetsReceived, std::uint64_t(90));
    QCOMPARE(bob.session.stats().lossPermille, 97U);
    QCOMPARE(bob.session.stats().rtcpReceived, std::uint64_t(1));
    QCOMPARE(alice.session.stats().rtcpSent, std::uint64_t(1));
}

void RtpSessionTest::roundTrip_data()
{
    QTest::addColumn<int>("thereMs");
    QTest::addColumn<int>("heldMs");
    QTest::addColumn<int>("backMs");
    QTest::newRow("6.4.1 local network") << 0 << 1000 << 1;
    QTest::newRow("6.4.1 as in figure 2") << 3000 << 5250 << 3125;
    QTest::newRow("6.4.1 long held") << 20 << 60'000 << 30;
}

void RtpSessionTest::roundTrip()
{
    QFETCH(int, thereMs);
    QFETCH(int, heldMs);
    QFETCH(int, backMs);
    Side alice(0xaaaaaaaaU, "alice");
    Side bob(0xbbbbbbbbU, "bob");
    talk(alice, bob, 2);
    const auto sr = alice.report();
    const base::TimePoint sent = alice.now;
    // Bob's clock is another one; only its differences count.
    bob.now += 100h;
    QVERIFY(bob.session.receiveRtcp(sr, bob.now));
    bob.now += std::chrono::milliseconds(heldMs);
    const auto rr =
        std::span(bob.rtcp).first(bob.session.writeRtcp(bob.rtcp, bob.now, bob.wall(), 0));
    QVERIFY(!rr.empty());
    alice.now = sent + std::chrono::milliseconds(thereMs + heldMs + backMs);
    QVERIFY(alice.session.receiveRtcp(rr, alice.now));
    QVERIFY(std::abs(alice.session.stats().roundTripUs - (thereMs + backMs) * 1000) < 50);
}

void RtpSessionTest::senderBecomesReceiver()
{
    Side alice(1, "alice");
    alice.packet();
    QVERIFY(reportIn(alice.report()).senderInfo());
    QVERIFY(reportIn(alice.report()).senderInfo()); // 6.4: sent since the report before the last
    QVERIFY(!reportIn(alice.report()).senderInfo());
    alice.packet();
    QVERIFY(reportIn(alice.report()).senderInfo());
}

void RtpSessionTest::silentSessionReportsNothingHeard()
{
    Side alice(1, "alice");
    Side bob(2, "bob");
    talk(alice, bob, 10);
    QCOMPARE(reportIn(bob.report()).blockCount(), 1);
    QCOMPARE(reportIn(bob.report()).blockCount(), 0); // 6.4: of those heard since the last one
    talk(alice, bob, 1);
    QCOMPARE(reportIn(bob.report()).blockCount(), 1);
}

void RtpSessionTest::byeAndLatePackets()
{
    Side alice(0xaaaaaaaaU, "alice");
    Side bob(0xbbbbbbbbU, "bob");
    talk(alice, bob, 10);
    const auto late = std::vector<std::byte>(alice.packet().begin(), alice.packet().end());
    const auto bye =
        std::span(alice.rtcp).first(alice.session.writeBye(alice.rtcp, alice.now, alice.wall()));
    QVERIFY(hasBye(bye, 0xaaaaaaaaU));
    QVERIFY(bob.session.receiveRtcp(bye, bob.now));
    QVERIFY(bob.session.remoteLeft());
    // 4.2: RTP that comes late, or goes on in spite of it, is heard.
    QCOMPARE(bob.hear(late, aliceAddress), Verdict::Accepted);
    QVERIFY(!bob.session.remoteLeft());
}

void RtpSessionTest::noByeFromTheUnheard()
{
    Side alice(1, "alice");
    QCOMPARE(alice.session.writeBye(alice.rtcp, alice.now, alice.wall()), std::size_t(0)); // 6.3.7
}

void RtpSessionTest::collisionThenLoop()
{
    Side alice(0xaaaaaaaaU, "alice");
    alice.packet();
    const auto same = std::vector<std::byte>(alice.packet().begin(), alice.packet().end());
    QCOMPARE(alice.hear(same, bobAddress), Verdict::Collision);
    alice.session.changeSsrc(0xccccccccU);
    QCOMPARE(RtpPacketView::parse(alice.packet())->header().ssrc, 0xccccccccU);
    const auto report = alice.report();
    QCOMPARE(reportIn(report).senderSsrc(), 0xccccccccU);
    QCOMPARE(reportIn(report).senderInfo()->packetCount, 1U); // of this SSRC
    QVERIFY(hasBye(report, 0xaaaaaaaaU)); // 8.2: BYE for the old one, once
    QVERIFY(!hasBye(alice.report(), 0xaaaaaaaaU));
    // 8.2: the same address has the new SSRC as well: these are our own packets.
    const auto looped = std::vector<std::byte>(alice.packet().begin(), alice.packet().end());
    QCOMPARE(alice.hear(looped, bobAddress), Verdict::Loop);
    QCOMPARE(alice.hear(looped, bobAddress), Verdict::Loop);
    QCOMPARE(alice.session.stats().packetsRejected, std::uint64_t(3));
    QCOMPARE(alice.session.stats().packetsReceived, std::uint64_t(0));
}

void RtpSessionTest::reportsOnTheOldSsrcAreOver()
{
    Side alice(0xaaaaaaaaU, "alice");
    Side bob(0xbbbbbbbbU, "bob");
    const auto reportFrom = [&](int packets) {
        for (int i = 0; i < packets; ++i) {
            alice.packet();
        }
        bob.packet();
        QVERIFY(alice.session.receiveRtcp(bob.report(), alice.now)); // of nothing that it heard
    };
    reportFrom(50);
    QVERIFY(alice.session.deafSince());
    alice.session.changeSsrc(0xccccccccU);
    QVERIFY(!alice.session.deafSince());
    reportFrom(20); // 70 in all, but few of the new one
    QVERIFY(!alice.session.deafSince());
    reportFrom(30);
    QVERIFY(alice.session.deafSince());
}

void RtpSessionTest::echoIsTakenIfWanted()
{
    Side alice(0xaaaaaaaaU, "alice", true);
    QCOMPARE(alice.hear(alice.packet(), bobAddress), Verdict::NewStream);
    QCOMPARE(alice.hear(alice.packet(), bobAddress), Verdict::Accepted);
}

void RtpSessionTest::foreignReportsSayNothing()
{
    Side alice(0xaaaaaaaaU, "alice");
    Side bob(0xbbbbbbbbU, "bob");
    Side carol(0xccccccccU, "carol");
    talk(carol, bob, 10, 5);
    QVERIFY(alice.session.receiveRtcp(bob.report(), alice.now)); // of carol's stream
    QCOMPARE(alice.session.stats().remoteLost, std::int64_t(-1));
    // An SR of another source than the one that we hear gives no LSR.
    carol.packet();
    talk(alice, bob, 3);
    Side dave(0xddddddddU, "dave");
    dave.packet();
    QVERIFY(bob.session.receiveRtcp(dave.report(), bob.now));
    const auto block = reportIn(bob.report()).block(0);
    QCOMPARE(block.lastSenderReport, 0U);
    QCOMPARE(block.delaySinceLastSenderReport, 0U);
    // Our own report echoed is no news of the far end.
    QVERIFY(bob.session.receiveRtcp(bob.report(), bob.now));
    QCOMPARE(bob.session.stats().remoteLost, std::int64_t(-1));
}

void RtpSessionTest::badRtcpIsCounted()
{
    Side alice(1, "alice");
    QVERIFY(!alice.session.receiveRtcp(test::bytes("80c9"), alice.now));
    QVERIFY(!alice.session.receiveRtcp({}, alice.now));
    QCOMPARE(alice.session.stats().rtcpRejected, std::uint64_t(2));
    QCOMPARE(alice.session.stats().rtcpReceived, std::uint64_t(0));
}

void RtpSessionTest::longCnameIsCut()
{
    const std::string name(400, 'n');
    Side alice(1, name);
    Side bob(2, "bob");
    alice.packet();
    alice.session.changeSsrc(3);
    talk(bob, alice, 3);
    alice.packet();
    // The largest compound there is: SR with a block, CNAME, two BYEs.
    const std::size_t size = alice.session.writeBye(alice.rtcp, alice.now, alice.wall());
    QCOMPARE(size, std::size_t(52 + 8 + 2 + 255 + 3 + 8 + 8));
    QVERIFY(RtcpCompound::parse(std::span(alice.rtcp).first(size)));
    QCOMPARE(alice.session.writeBye(std::span(alice.rtcp).first(100), alice.now, alice.wall()),
             std::size_t(0));
}

QTEST_GUILESS_MAIN(RtpSessionTest)
#include "tst_rtp_session.moc"
