#include "media/MediaLoop.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::size_t datagramBytes = 2048; // G.711 packets have 492 at most
constexpr int batchesPerTick = 4; // of 16: a flood on one socket must not starve the others
constexpr auto snapshotEvery = std::chrono::milliseconds(250);
} // namespace

MediaLoop::MediaLoop(const base::Clock& clock, std::unique_ptr<Poller> poller, const Limits& limits,
                     RecordingFeed& feed, WakeEvent& core)
    : m_clock(clock)
    , m_poller(std::move(poller))
    , m_feed(feed)
    , m_core(core)
    , m_reports(limits.reportBytes)
    , m_buffer(std::tuple_size_v<decltype(m_datagrams)> * datagramBytes)
{
    m_streams.reserve(limits.streams);
    m_ended.reserve(4 * limits.streams);
    for (std::size_t i = 0; i < m_datagrams.size(); ++i) {
        m_datagrams[i].buffer = std::span(m_buffer).subspan(i * datagramBytes, datagramBytes);
    }
}

MediaLoop::~MediaLoop() = default;

StreamPointer MediaLoop::make(const MediaStream::Config& config, PortPair ports)
{
    return StreamPointer(new MediaStream(config, std::move(ports), m_feed, m_spent));
}

void MediaLoop::post(MediaCommand command)
{
    m_commands.post(std::move(command));
    m_wake.wake();
}

base::TimePoint MediaLoop::nextTick(base::TimePoint now)
{
    return now - now.time_since_epoch() % tickEvery + tickEvery;
}

void MediaLoop::tick(base::TimePoint now)
{
    TickContext context{now, m_clock.wall(), m_reports, m_ended};
    auto commands = m_commands.takeAll();
    while (CommandNode node = commands.pop()) {
        carryOut(std::move(node), context);
    }
    hearConferences(context);
    // First what has to be on time.
    for (const StreamPointer& stream : m_streams) {
        stream->send(context);
    }
    receive(context);
    for (const StreamPointer& stream : m_streams) {
        stream->play(context);
        stream->report(context);
    }
    if (now >= m_nextSnapshot && !m_streams.empty()) {
        m_nextSnapshot = now + snapshotEvery;
        for (const StreamPointer& stream : m_streams) {
            stream->snapshot(context);
        }
    }
    endRecordings();
    if (context.wakeCore) {
        m_core.wake();
    }
}

void MediaLoop::carryOut(CommandNode node, TickContext& context)
{
    if (auto* opened = std::get_if<command::Open>(&node->value.what)) {
        open(std::move(opened->stream));
    } else if (auto* closing = std::get_if<command::Close>(&node->value.what)) {
        closing->closed = close(*node->value.stream, context);
        context.wakeCore = true; // its ports wait to be free
    } else if (!node->value.stream) {
        node = m_rooms.apply(std::move(node), context.now);
    } else {
        node = node->value.stream->apply(std::move(node), context);
    }
    if (node) {
        m_spent.post(std::move(node));
    }
}

void MediaLoop::open(StreamPointer stream)
{
    const auto least = std::ranges::min_element(m_phases);
    ++*least;
    stream->setPhase(static_cast<int>(least - m_phases.begin()));
    m_poller->add(stream->rtpSocket(), {stream.get(), false});
    m_poller->add(stream->rtcpSocket(), {stream.get(), true});
    m_streams.push_back(std::move(stream));
}

StreamPointer MediaLoop::close(MediaStream& stream, TickContext& context)
{
    stream.end(context);
    m_poller->remove(stream.rtpSocket(), {&stream, false});
    m_poller->remove(stream.rtcpSocket(), {&stream, true});
    --m_phases[static_cast<std::size_t>(stream.phase())];
    const auto own = std::ranges::find(m_streams, &stream, &StreamPointer::get);
    StreamPointer closed = std::move(*own);
    m_streams.erase(own);
    return closed;
}

// Their members' own sending waits for what is said there in this very tick, also in one that is
// late.
void MediaLoop::hearConferences(TickContext& context)
{
    if (m_rooms.empty()) {
        return;
    }
    receive(context);
    for (const StreamPointer& stream : m_streams) {
        if (stream->sitsInConference()) {
            stream->play(context);
        }
    }
    m_rooms.run(context.now);
}

void MediaLoop::receive(TickContext& context)
{
    for (const Readable& readable : m_poller->poll()) {
        receive(readable, context);
    }
}

void MediaLoop::receive(const Readable& readable, TickContext& context)
{
    base::DatagramSocket& socket =
        readable.rtcp ? readable.stream->rtcpSocket() : readable.stream->rtpSocket();
    for (int batch = 0; batch < batchesPerTick; ++batch) {
        const std::size_t count = socket.receive(m_datagrams);
        readable.stream->receive(std::span(m_datagrams).first(count), readable.rtcp, context);
        if (count < m_datagrams.size()) {
            return;
        }
    }
}

void MediaLoop::endRecordings()
{
    std::erase_if(m_ended, [this](const EndedRecording& ended) {
        FeedRecord record;
        record.recording = ended.recording;
        record.kind = FeedRecord::Kind::End;
        record.at = ended.at;
        return m_feed.put(record);
    });
}

} // namespace hs::media
