#include "Bytes.h"
#include "base/Random.h"
#include "rtp/PacketBuffer.h"
#include "rtp/RtcpBye.h"
#include "rtp/RtcpSourceDescription.h"
#include "rtp/RtpSession.h"

#include <QTest>

#include <array>

using namespace hs;
using namespace hs::rtp;

// 100,000 damaged RTP and as many RTCP datagrams, and packets in any order.
class RtpMutationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rtp();
    void rtcp();
    void packetBuffer_data();
    void packetBuffer();
};

namespace {
using Bytes = std::vector<std::byte>;

void mutate(Bytes& data, base::Random& random)
{
    const auto below = [&](std::size_t limit) -> std::size_t {
        return random.below(static_cast<std::uint32_t>(limit));
    };
    for (std::size_t changes = below(4); changes > 0; --changes) {
        const auto at = static_cast<std::ptrdiff_t>(below(data.size() + 1));
        switch (random.below(4)) {
        case 0:
            data.resize(below(data.size() + 1));
            break;
        case 1:
            data.insert(data.begin() + at, below(9), static_cast<std::byte>(random.u32()));
            break;
        default:
            if (at < static_cast<std::ptrdiff_t>(data.size())) {
                const auto mask = random.below(2) == 0 ? 1U << random.below(8) : random.u32();
                data[static_cast<std::size_t>(at)] ^= static_cast<std::byte>(mask);
            }
        }
    }
}

// Reads every byte that a view shows, so that a sanitizer sees those that it must not.
unsigned sum(std::span<const std::byte> bytes)
{
    unsigned total = 0;
    for (const std::byte byte : bytes) {
        total += std::to_integer<unsigned>(byte);
    }
    return total;
}

unsigned touch(const RtpPacketView& view)
{
    unsigned total = sum(view.payload()) + sum(view.extension()) + view.extensionProfile();
    for (int i = 0; i <= view.csrcCount(); ++i) {
        total += view.csrc(i);
    }
    return total + view.header().timestamp;
}

unsigned touch(const RtcpPacketView& packet)
{
    unsigned total = sum(packet.body);
    if (const auto report = RtcpReportView::parse(packet)) {
        for (int i = 0; i <= report->blockCount(); ++i) {
            total += report->block(i).jitter;
        }
    }
    if (const auto names = RtcpSourceDescriptionView::parse(packet)) {
        const auto name = names->cname(0x11111111U).value_or("");
        total += sum(std::as_bytes(std::span(name.data(), name.size())));
    }
    if (const auto bye = RtcpByeView::parse(packet)) {
        total += bye->names(7) ? 1U : 0U;
        total += sum(std::as_bytes(std::span(bye->reason().data(), bye->reason().size())));
    }
    return total;
}

// A copy of exactly its size on the heap, so that one byte beyond is seen.
Bytes exactly(const Bytes& data)
{
    return {data.begin(), data.end()};
}
} // namespace

void RtpMutationsTest::rtp()
{
    const std::array seeds{
        test::bytes("80001234 00000010 cafebabe" + QByteArray("d5").repeated(160)),
        test::bytes("b1801235 000000b0 cafebabe 01020304 bede0001 01020304 2a2a0002"),
        test::bytes("9f081236 00000150 cafebabe" + QByteArray("0a0b0c0d").repeated(15)
                    + "bede0000 ff"),
    };
    base::Random random(11);
    RtpSession session({1, 0, 0}, "fuzz", {}, 0);
    base::TimePoint now{};
    int parsed = 0;
    unsigned total = 0;
    for (int i = 0; i < 100'000; ++i) {
        Bytes data = seeds[random.below(3)];
        mutate(data, random);
        data = exactly(data);
        now += std::chrono::milliseconds(random.below(40));
        const auto view = RtpPacketView::parse(data);
        total += isRtcp(data) ? 1U : 0U;
        if (!view) {
            continue;
        }
        ++parsed;
        total += touch(*view);
        session.receivePacket(*view, {}, now);
        const RtpHeader& header = view->header();
        Bytes copy(RtpHeader::size + view->payload().size());
        QCOMPARE(writeRtp(copy, header, view->payload()), copy.size());
        QCOMPARE(RtpPacketView::parse(copy)->header(), header);
    }
    QVERIFY2(parsed > 20'000 && total > 0, qPrintable(QString::number(parsed)));
}

void RtpMutationsTest::rtcp()
{
    const std::array seeds{
        test::bytes("81c8000c 11111111 0102030405060708 00000010 00000020 00000030 "
                    "00000001 40000002 00010002 00000003 b7052000 00054000 "
                    "81ca0003 11111111 0103616263000000 81cb0001 11111111"),
        test::bytes("81c90007 11111111 00000001 40fffffe 00010002 ffffffff b7052000 ffffffff "
                    "82ca0006 22222222 0102787800000000 11111111 0102797900000000"),
        test::bytes("80c90001 11111111 a3cb0006 33333333 22222222 11111111 03627965 00000000 "
                    "00000008"),
    };
    base::Random random(12);
    RtpSession session({1, 0, 0}, "fuzz", {}, 0);
    base::TimePoint now{};
    int parsed = 0;
    unsigned total = 0;
    std::array<std::byte, RtpSession::maxRtcpBytes> out{};
    for (int i = 0; i < 100'000; ++i) {
        Bytes data = seeds[random.below(3)];
        mutate(data, random);
        data = exactly(data);
        now += std::chrono::milliseconds(random.below(100));
        auto compound = RtcpCompound::parse(data);
        QCOMPARE(session.receiveRtcp(data, now), compound.has_value());
        while (compound) {
            const auto packet = compound->next();
            if (!packet) {
                break;
            }
            ++parsed;
            total += touch(*packet);
        }
        if (now >= session.nextRtcp()) {
            const std::size_t size = session.writeRtcp(out, now, {}, random.u32());
            QVERIFY(size == 0 || RtcpCompound::parse(std::span(out).first(size)));
        }
    }
    QVERIFY2(parsed > 20'000 && total > 0, qPrintable(QString::number(parsed)));
}

void RtpMutationsTest::packetBuffer_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 20; ++seed) {
        QTest::addRow("seed %d", int(seed)) << seed;
    }
}

// Whatever comes, what is held is in order, within bounds and whole.
void RtpMutationsTest::packetBuffer()
{
    QFETCH(quint64, seed);
    base::Random random(seed);
    PacketBuffer buffer(8000);
    std::array<std::byte, PacketBuffer::mostPayload> copy{};
    std::uint16_t seq = random.u16();
    std::uint32_t timestamp = random.u32();
    std::int64_t floor = 0;
    int taken = 0;
    for (int i = 0; i < 20'000; ++i) {
        if (random.below(3) > 0) {
            seq = static_cast<std::uint16_t>(seq + 1);
            timestamp += 160;
        } else if (random.below(20) == 0) {
            seq = static_cast<std::uint16_t>(seq + random.below(200) - 100);
            timestamp += random.below(2) == 0 ? random.u32() : random.below(8000) - 4000;
        }
        if (random.below(200) == 0) {
            buffer.restart();
        }
        if (random.below(20) == 0) {
            buffer.putOther(static_cast<std::uint16_t>(seq + random.below(5)));
        }
        const Bytes payload(random.below(10) == 0 ? random.below(1600) : 160, std::byte(i));
        const auto kind =
            random.below(20) == 0 ? PacketBuffer::Kind::Noise : PacketBuffer::Kind::Audio;
        const std::uint32_t clock = random.below(300) == 0 ? 48000 : 8000;
        const auto put =
            buffer.put({seq, timestamp, 8, clock, static_cast<std::uint32_t>(payload.size()), kind},
                       payload, {floor, floor, 3200});
        QVERIFY((put.packet != nullptr) == (put.verdict == PacketBuffer::Verdict::Held));
        while (!buffer.isEmpty() && (buffer.held() > 4000 || random.below(2) == 0)) {
            const PacketBuffer::Packet first = buffer.first();
            const auto whole = buffer.firstPayload(copy);
            QVERIFY(std::ranges::all_of(whole, [&](std::byte b) { return b == whole.front(); }));
            QVERIFY(first.duration <= PacketBuffer::mostPayload);
            floor = std::max(floor, first.end());
            buffer.dropFirst();
            QVERIFY(buffer.isEmpty() || buffer.first().position >= first.position);
            ++taken;
        }
        QVERIFY(buffer.held() >= 0);
    }
    QVERIFY2(taken > 5000, qPrintable(QString::number(taken)));
}

QTEST_GUILESS_MAIN(RtpMutationsTest)
#include "tst_rtp_mutations.moc"
