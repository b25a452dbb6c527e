#include "media/MediaEngine.h"

#include "base/LogCategories.h"

#include <algorithm>
#include <cstring>
#include <poll.h>

namespace hs::media {

namespace {

constexpr std::size_t batchFrames = 256;
constexpr std::size_t batchBytes = std::size_t(128) << 10;
constexpr int mostReportsAtOnce = 4096; // the event loop has other work too
constexpr auto waitForPorts = std::chrono::milliseconds(2);
constexpr int mostWaits = 10;
constexpr auto warnEvery = std::chrono::seconds(10);
constexpr auto diskMayTake = std::chrono::seconds(5);

std::unique_ptr<Poller> pollerOr(std::unique_ptr<Poller> poller)
{
    return poller ? std::move(poller) : std::make_unique<EpollPoller>();
}

MediaLoop::Limits limitsFor(const PortAllocator& ports, std::size_t reportBytes)
{
    return {static_cast<std::size_t>(ports.totalSlots()), reportBytes};
}

} // namespace

MediaEngine::MediaEngine(const base::Clock& clock, base::SocketFactory& sockets, PortRange ports,
                         Options options)
    : m_clock(clock)
    , m_random(options.seed == 0 ? base::Random() : base::Random(options.seed))
    , m_cname(m_random.token(20))
    , m_ports(sockets, ports)
    , m_wake(std::make_shared<WakeEvent>())
    , m_recorder(std::make_shared<Recorder>(options.feedBytes, m_wake))
    , m_loop(clock, pollerOr(std::move(options.poller)), limitsFor(m_ports, options.reportBytes),
             m_recorder->feed(), *m_wake)
{
    m_frameBytes.reserve(batchBytes);
    m_frames.reserve(batchFrames);
}

MediaEngine::~MediaEngine()
{
    while (!m_sessions.empty()) {
        close(*m_sessions.begin()->second);
    }
    m_thread.reset();
    m_recorder->stop();
    if (!m_disk.join(diskMayTake)) {
        qCWarning(base::lcMedia) << "the disk has not taken all of the recordings; the thread that "
                                    "writes them is left behind";
    }
}

void MediaEngine::start()
{
    m_disk.start("disk", [recorder = m_recorder] { recorder->work(); });
    m_notifier = std::make_unique<QSocketNotifier>(m_wake->descriptor(), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { deliver(); });
    m_thread = std::make_unique<MediaThread>(m_loop);
    m_thread->begin();
}

void MediaEngine::runOnce()
{
    const base::TimePoint now = m_clock.now();
    m_loop.tick(now);
    m_recorder->run(now);
    deliver();
}

base::Result<std::unique_ptr<MediaSession>, PortError>
MediaEngine::open(const SessionConfig& config)
{
    takeStreamsHome();
    auto ports = m_ports.take(config.localAddress);
    // Those of calls that have just ended come back with the media thread's next tick.
    for (int i = 0; i < mostWaits && !ports && m_closing > 0 && m_thread; ++i) {
        std::this_thread::sleep_for(waitForPorts);
        takeStreamsHome();
        ports = m_ports.take(config.localAddress);
    }
    if (!ports) {
        return ports.error();
    }
    const base::Endpoint localRtp(config.localAddress, ports->rtp->localEndpoint().port());
    MediaStream::Config stream;
    stream.session = ++m_lastSession;
    stream.numbers.ssrc = m_random.u32();
    stream.numbers.firstSequence = m_random.u16();
    stream.numbers.firstTimestamp = m_random.u32();
    // In a call of two the direction tells whose packet it is, and services that echo RTP unchanged
    // are to be heard; so no RFC 3550 8.2 here.
    stream.numbers.acceptEcho = true;
    stream.cname = m_cname;
    stream.random = m_random.u32();
    StreamPointer owned = m_loop.make(stream, std::move(ports).value());
    std::unique_ptr<MediaSession> session(
        new MediaSession(*this, stream.session, config.call, *owned, localRtp));
    m_sessions[stream.session] = session.get();
    m_byCall[config.call] = session.get();
    post({nullptr, command::Open{std::move(owned)}});
    return session;
}

std::unique_ptr<ConferenceSession> MediaEngine::openConference()
{
    return std::make_unique<ConferenceSession>(
        [this, alive = std::weak_ptr<char>(m_alive)](MediaCommand command) {
            if (alive.lock()) {
                post(std::move(command));
            }
        });
}

void MediaEngine::close(MediaSession& session)
{
    m_sessions.erase(session.m_number);
    const auto found = m_byCall.find(session.m_call);
    if (found != m_byCall.end() && found->second == &session) {
        m_byCall.erase(found);
    }
    ++m_closing;
    post({session.m_stream, command::Close{}});
    session.m_engine = nullptr;
}

std::uint32_t MediaEngine::openRecording(const MediaSession& session, const RecordingConfig& config)
{
    const std::uint32_t recording = ++m_lastRecording;
    m_recordings[recording] = session.m_number;
    m_recorder->open(recording, config);
    return recording;
}

bool MediaEngine::closeRecordings(std::chrono::milliseconds most)
{
    for (const auto& [number, session] : m_sessions) {
        session->stopRecording();
    }
    if (!m_thread) {
        runOnce();
        return m_recordings.empty();
    }
    const base::TimePoint end = m_clock.now() + most;
    deliver();
    while (!m_recordings.empty() && m_clock.now() < end) {
        pollfd woken{m_wake->descriptor(), POLLIN, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - m_clock.now());
        ::poll(&woken, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        deliver();
    }
    return m_recordings.empty();
}

AudioPort* MediaEngine::find(model::CallId call)
{
    const auto found = m_byCall.find(call);
    return found == m_byCall.end() ? nullptr : found->second;
}

void MediaEngine::addTap(AudioTap& tap)
{
    m_taps.push_back(&tap);
}

void MediaEngine::removeTap(AudioTap& tap)
{
    // In its place, because one may go while frames are handed over.
    std::ranges::replace(m_taps, &tap, static_cast<AudioTap*>(nullptr));
}

MediaSession* MediaEngine::session(std::uint32_t number) const
{
    const auto found = m_sessions.find(number);
    return found == m_sessions.end() ? nullptr : found->second;
}

void MediaEngine::deliver()
{
    if (m_delivering) {
        return; // asked for by someone who is being told of something
    }
    m_delivering = true;
    m_wake->acknowledge();
    takeStreamsHome();
    takeRecordingReports();
    for (int i = 0; i < mostReportsAtOnce; ++i) {
        const auto item = m_loop.reports().next();
        if (!item) {
            break;
        }
        dispatch(*item);
    }
    if (m_loop.reports().next()) {
        m_wake->wake();
    }
    handOver();
    std::erase(m_taps, nullptr);
    warnOfRefusals();
    m_delivering = false;
}

void MediaEngine::takeStreamsHome()
{
    auto spent = m_loop.takeSpent();
    while (const CommandNode node = spent.pop()) {
        auto* closing = std::get_if<command::Close>(&node->value.what);
        if (closing && closing->closed) {
            const int slot = closing->closed->slot();
            closing->closed.reset();
            m_ports.giveBack(slot);
            --m_closing;
        }
    }
}

void MediaEngine::takeRecordingReports()
{
    auto reports = m_recorder->takeReports();
    while (const auto node = reports.pop()) {
        const Recorder::Report& report = node->value;
        MediaSession* owner = session(m_recordings[report.recording]);
        m_recordings.erase(report.recording);
        if (report.error.isEmpty()) {
            continue;
        }
        qCWarning(base::lcMedia).noquote() << report.error;
        if (owner) {
            owner->recordingEnded(report.recording, report.error);
        }
    }
}

void MediaEngine::dispatch(const MediaReports::Item& item)
{
    MediaSession* const receiver = session(item.header.session);
    const MediaReport::Kind kind = item.header.kind;
    if (kind == MediaReport::Kind::Packet || kind == MediaReport::Kind::Pcm) {
        if (receiver && !m_taps.empty()) {
            collect(item, receiver->call());
        }
        m_loop.reports().release();
        return;
    }
    MediaSnapshot snapshot;
    DigitReport digit;
    if (kind == MediaReport::Kind::Snapshot) {
        std::memcpy(&snapshot, item.payload.data(), sizeof snapshot);
    } else if (kind == MediaReport::Kind::Digit) {
        std::memcpy(&digit, item.payload.data(), sizeof digit);
    }
    m_loop.reports().release();
    if (!receiver) {
        return;
    }
    if (kind == MediaReport::Kind::Snapshot) {
        receiver->take(snapshot);
    } else if (kind == MediaReport::Kind::Digit) {
        receiver->take(digit);
    } else {
        handOver(); // what was heard before
        if (MediaSession* const still = session(item.header.session)) {
            still->take(kind);
        }
    }
}

void MediaEngine::collect(const MediaReports::Item& item, model::CallId call)
{
    if (m_frames.size() == batchFrames
        || m_frameBytes.size() + item.payload.size() > m_frameBytes.capacity()) {
        handOver();
    }
    const std::size_t start = m_frameBytes.size();
    m_frameBytes.insert(m_frameBytes.end(), item.payload.begin(), item.payload.end());
    TapFrame frame;
    frame.call = call;
    frame.kind =
        item.header.kind == MediaReport::Kind::Pcm ? TapFrame::Kind::Pcm : TapFrame::Kind::Packet;
    frame.payloadType = item.header.payloadType;
    frame.bytes = std::span(m_frameBytes).subspan(start);
    m_frames.push_back(frame);
}

void MediaEngine::handOver()
{
    if (m_frames.empty()) {
        return;
    }
    for (std::size_t i = 0; i < m_taps.size(); ++i) {
        if (m_taps[i]) {
            m_taps[i]->onFrames(m_frames);
        }
    }
    m_frames.clear();
    m_frameBytes.clear();
}

void MediaEngine::warnOfRefusals()
{
    const std::uint64_t reports = m_loop.reports().refused();
    const std::uint64_t feeds = m_recorder->feed().refused();
    if ((reports == m_refusedReports && feeds == m_refusedFeeds) || m_clock.now() < m_nextWarning) {
        return;
    }
    if (reports != m_refusedReports) {
        qCWarning(base::lcMedia).noquote()
            << QStringLiteral("%1 frames of audio did not reach programs that listen: the core "
                              "thread was too busy to take them")
                   .arg(reports - m_refusedReports);
    }
    if (feeds != m_refusedFeeds) {
        qCWarning(base::lcMedia).noquote()
            << QStringLiteral("%1 packets are missing in recordings: the disk is too slow")
                   .arg(feeds - m_refusedFeeds);
    }
    m_refusedReports = reports;
    m_refusedFeeds = feeds;
    m_nextWarning = m_clock.now() + warnEvery;
}

} // namespace hs::media
