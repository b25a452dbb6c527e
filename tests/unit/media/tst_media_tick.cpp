#include "audio/G711.h"
#include "base/QtSocketFactory.h"
#include "media/MediaLoop.h"
#include "rtp/RtpPacket.h"
#include "rtp/TelephoneEvent.h"
#include "support/ManualScheduler.h"

#include <QTest>

#include <cstdlib>
#include <new>

// Every allocation of this program is counted while `counting` is set.
namespace {
thread_local bool counting = false;
thread_local int allocations = 0;
thread_local int frees = 0;

void* allocate(std::size_t size)
{
    allocations += counting ? 1 : 0;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}

void release(void* memory)
{
    frees += counting && memory ? 1 : 0;
    std::free(memory);
}
} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void operator delete(void* memory) noexcept
{
    release(memory);
}
void operator delete[](void* memory) noexcept
{
    release(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    release(memory);
}

using namespace hs;
using namespace std::chrono_literals;

// The tick with real sockets: it must neither allocate nor free, whatever happens in it.
class MediaTickTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsAllocations();
    void neverAllocates_data();
    void neverAllocates();
    void floodOnOneSocketLeavesTheOthersTheirTurn();
    void idleOnlyWithoutCalls();
    void nextTickLiesOnTheGrid();
};

namespace {

const base::IpAddress loopback = base::IpAddress::loopbackV4();

// A packet of 20 ms of noise.
struct Payload {
    std::uint8_t type;
    std::uint32_t units;
    std::vector<std::byte> bytes;
};

std::uint8_t typeOf(audio::CodecKind kind)
{
    const int type = audio::formatOf(kind).staticPayloadType;
    return type < 0 ? 96 : static_cast<std::uint8_t>(type);
}

Payload noise(audio::CodecKind kind)
{
    const audio::AudioFormat& format = audio::formatOf(kind);
    std::vector<std::int16_t> samples(format.samplesOf(20));
    std::uint32_t random = 1;
    for (std::int16_t& sample : samples) {
        random = random * 1664525U + 1013904223U;
        sample = static_cast<std::int16_t>(random >> 19);
    }
    std::vector<std::byte> bytes(audio::mostPayloadOctets);
    bytes.resize(audio::makeEncoder(kind)->encode(samples, bytes));
    return {typeOf(kind), format.timestampUnits(samples.size()), bytes};
}

media::MediaParameters spokenIn(audio::CodecKind kind)
{
    media::MediaParameters parameters;
    parameters.codec = kind;
    parameters.payloadType = typeOf(kind);
    for (std::size_t i = 0; i < audio::audioFormats().size(); ++i) {
        const audio::CodecKind each = audio::audioFormats()[i].kind;
        parameters.received[i] = {typeOf(each), each};
    }
    parameters.wishes.dtx = false; // so that packets can be counted
    parameters.eventClock = audio::formatOf(kind).clockRate;
    return parameters;
}

struct Bench {
    test::ManualClock clock;
    base::QtSocketFactory sockets;
    media::RecordingFeed feed{1U << 20};
    media::WakeEvent core;
    media::MediaLoop loop{
        clock, std::make_unique<media::EpollPoller>(), {64, 1U << 20}, feed, core};
    media::PortAllocator ports{sockets, {23000, 23999}};
    std::uint32_t number = 0;

    struct Call {
        media::MediaStream* stream = nullptr;
        std::unique_ptr<base::DatagramSocket> peer;
        base::Endpoint rtp;
        rtp::RtpHeader header{8, false, 1, 1, 77};
        int heard = 0;
        media::MediaParameters parameters{};
        std::vector<Payload> payloads{{8, 160, std::vector<std::byte>(160)}};

        void send(int count = 1)
        {
            for (int i = 0; i < count; ++i) {
                const Payload& payload = payloads[header.sequence % payloads.size()];
                std::vector<std::byte> datagram(rtp::RtpHeader::size + payload.bytes.size());
                header.payloadType = payload.type;
                rtp::writeRtp(datagram, header, payload.bytes);
                ++header.sequence;
                header.timestamp += payload.units;
                const base::OutgoingDatagram out{datagram, rtp, {}};
                peer->send({&out, 1});
            }
        }
        void sendEvent(bool isEnd)
        {
            std::array<std::byte, 16> datagram{};
            header.payloadType = 101;
            rtp::writeRtp(
                datagram, header,
                rtp::TelephoneEvent{5, isEnd, 10, isEnd ? std::uint16_t(800) : std::uint16_t(160)}
                    .toBytes());
            ++header.sequence;
            const base::OutgoingDatagram out{datagram, rtp, {}};
            peer->send({&out, 1});
        }
        void drain()
        {
            std::array<std::byte, 1300> buffer{};
            base::IncomingDatagram slot{buffer};
            while (peer->receive({&slot, 1}) == 1) {
                ++heard;
            }
        }
    };

    template <class What>
    void post(Call& call, What what)
    {
        loop.post({call.stream, std::move(what)});
    }
    Call open(audio::CodecKind kind = audio::CodecKind::Pcma)
    {
        media::MediaStream::Config config;
        config.session = ++number;
        config.numbers.ssrc = number;
        config.cname = "cname";
        media::StreamPointer stream = loop.make(config, std::move(ports.take(loopback)).value());
        Call call;
        call.stream = stream.get();
        call.rtp = stream->rtpSocket().localEndpoint();
        call.peer = std::move(sockets.bindPolled({loopback, 0})).value();
        loop.post({nullptr, media::command::Open{std::move(stream)}});
        media::MediaParameters parameters = spokenIn(kind);
        parameters.remoteRtp = call.peer->localEndpoint();
        parameters.eventType = 101;
        parameters.receivedEventTypes = {101, -1};
        call.parameters = parameters;
        post(call,
             media::command::SetParameters{parameters,
                                           std::make_unique<media::StreamCodecs>(parameters)});
        post(call, media::command::Start{});
        return call;
    }
    void tick()
    {
        clock.set(media::MediaLoop::nextTick(clock.now()));
        counting = true;
        loop.tick(clock.now());
        counting = false;
    }
    // What the other threads do.
    void empty()
    {
        while (loop.reports().next()) {
            loop.reports().release();
        }
        while (feed.next()) {
            feed.release();
        }
        loop.takeSpent();
    }
};

// What the core thread asks for in tick `i`.
void order(Bench& bench, Bench::Call& call, int i,
           const std::shared_ptr<const audio::Clip>& greeting)
{
    if (i % 50 == 0) {
        bench.post(call, media::command::Play{std::vector<std::int16_t>(1000, 99)});
    }
    if (i % 500 == 11) {
        const auto method =
            i % 1000 == 11 ? media::DigitMethod::Rfc4733 : media::DigitMethod::InBand;
        bench.post(call, media::command::SendDigits{"12w3", method, 100, 100});
        bench.post(call, media::command::DetectInBand{i % 1000 == 11});
    }
    if (i % 700 < 10) {
        call.sendEvent(i % 700 == 9);
    }
    if (i % 900 == 450) { // what is replaced goes home too
        bench.post(call,
                   media::command::SetParameters{
                       call.parameters, std::make_unique<media::StreamCodecs>(call.parameters)});
    }
    if (i % 300 == 7) {
        bench.post(call, media::command::PlayGreeting{greeting});
        bench.post(call, media::command::ClearQueue{});
    }
}

} // namespace

void MediaTickTest::countsAllocations()
{
    counting = true;
    ::operator delete(::operator new(16));
    counting = false;
    QCOMPARE(std::exchange(allocations, 0), 1);
    QCOMPARE(std::exchange(frees, 0), 1);
}

void MediaTickTest::neverAllocates_data()
{
    using enum audio::CodecKind;
    using Kinds = std::vector<audio::CodecKind>;
    QTest::addColumn<Kinds>("kinds"); // the first is what we send; by turns what comes
    QTest::newRow("G.711") << Kinds{Pcma};
    QTest::newRow("G.722") << Kinds{G722};
    QTest::newRow("Opus") << Kinds{Opus};
    QTest::newRow("RFC 3264 6.1: another with each packet") << Kinds{Pcmu, Opus, G722, Pcma};
}

void MediaTickTest::neverAllocates()
{
    QFETCH(std::vector<audio::CodecKind>, kinds);
    allocations = frees = 0;
    Bench bench;
    std::vector<Bench::Call> calls;
    for (int i = 0; i < 8; ++i) {
        calls.push_back(bench.open(kinds.front()));
        calls.back().payloads.clear();
        std::ranges::transform(kinds, std::back_inserter(calls.back().payloads), noise);
        bench.post(calls.back(), media::command::SetListeners{i % 2, i % 3});
        bench.post(calls.back(), media::command::StartRecording{static_cast<std::uint32_t>(i + 1)});
    }
    const auto rings = std::make_shared<audio::HeadsetRings>();
    bench.post(calls[0], media::command::ConnectHeadset{rings});
    const auto greeting = std::make_shared<const audio::Clip>(
        audio::Clip{8000, std::vector<std::int16_t>(4000, 500)});
    for (int i = 0; i < 4000; ++i) { // 20 s: several RTCP reports among it
        for (Bench::Call& call : calls) {
            if (i % 4 == 0 && i % 100 != 0) { // some are lost
                call.send();
            }
            order(bench, call, i, greeting);
        }
        bench.tick();
        bench.empty();
        for (Bench::Call& call : calls) {
            call.drain();
        }
    }
    for (const Bench::Call& call : calls) {
        QVERIFY(call.heard >= 999);
    }
    for (Bench::Call& call : calls) {
        bench.post(call, media::command::Close{});
    }
    bench.tick();
    QVERIFY(bench.loop.isIdle());
    QCOMPARE(allocations, 0);
    QCOMPARE(frees, 0);
}

void MediaTickTest::floodOnOneSocketLeavesTheOthersTheirTurn()
{
    Bench bench;
    Bench::Call flooded = bench.open();
    Bench::Call other = bench.open();
    bench.post(flooded, media::command::SetListeners{1, 0});
    bench.post(other, media::command::SetListeners{1, 0});
    bench.tick();
    bench.empty();
    flooded.send(200);
    other.send();
    bench.tick();
    std::map<std::uint32_t, int> packets;
    while (const auto item = bench.loop.reports().next()) {
        packets[item->header.session] += item->header.kind == media::MediaReport::Kind::Packet;
        bench.loop.reports().release();
    }
    QCOMPARE(packets[1], 64);
    QCOMPARE(packets[2], 1);
    for (int i = 0; i < 3; ++i) {
        bench.tick(); // the rest has its turn too
    }
    while (const auto item = bench.loop.reports().next()) {
        packets[item->header.session] += item->header.kind == media::MediaReport::Kind::Packet;
        bench.loop.reports().release();
    }
    QCOMPARE(packets[1], 200);
}

void MediaTickTest::idleOnlyWithoutCalls()
{
    Bench bench;
    bench.tick();
    QVERIFY(bench.loop.isIdle());
    Bench::Call call = bench.open();
    bench.post(call, media::command::StartRecording{1});
    bench.tick();
    QVERIFY(!bench.loop.isIdle());
    bench.empty();
    while (bench.feed.put({}, std::array<std::byte, 1000>{})) { }
    while (bench.feed.put({})) { }
    bench.post(call, media::command::Close{});
    bench.tick();
    QVERIFY(!bench.loop.isIdle()); // the end of its recording waits for room
    bench.empty();
    bench.tick();
    QVERIFY(bench.loop.isIdle());
    const auto end = bench.feed.next();
    QVERIFY(end && end->header.kind == media::FeedRecord::Kind::End);
}

void MediaTickTest::nextTickLiesOnTheGrid()
{
    const base::TimePoint zero{1h};
    QCOMPARE(media::MediaLoop::nextTick(zero), zero + 5ms);
    QCOMPARE(media::MediaLoop::nextTick(zero + 1us), zero + 5ms);
    QCOMPARE(media::MediaLoop::nextTick(zero + 4999us), zero + 5ms);
    QCOMPARE(media::MediaLoop::nextTick(zero + 73ms),
             zero + 75ms); // a late one skips what it missed
}

QTEST_GUILESS_MAIN(MediaTickTest)
#include "tst_media_tick.moc"
