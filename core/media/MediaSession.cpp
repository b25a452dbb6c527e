#include "media/MediaSession.h"

#include "audio/DtmfTone.h"
#include "base/Text.h"
#include "media/ConferenceRooms.h"
#include "media/MediaEngine.h"
#include "rtp/TelephoneEvent.h"

#include <algorithm>
#include <utility>

namespace hs::media {

namespace {
constexpr std::int64_t samplesPerMs = StreamCodecs::narrowRate / 1000; // of AudioPort
}

MediaSession::MediaSession(MediaEngine& engine, std::uint32_t number, model::CallId call,
                           MediaStream& stream, const base::Endpoint& localRtp)
    : m_engine(&engine)
    , m_number(number)
    , m_call(call)
    , m_stream(&stream)
    , m_localRtp(localRtp)
{
}

MediaSession::~MediaSession()
{
    if (m_engine) {
        m_engine->close(*this);
    }
}

template <class What>
void MediaSession::post(What what)
{
    if (m_engine) {
        m_engine->post({m_stream, std::move(what)});
    }
}

void MediaSession::setParameters(const MediaParameters& parameters)
{
    const bool needsCodecs = !StreamCodecs::areSame(m_parameters, parameters);
    m_parameters = parameters;
    // A hold changes no codec, and the sound goes on as it was.
    post(command::SetParameters{
        parameters, needsCodecs ? std::make_unique<StreamCodecs>(parameters) : nullptr});
}

void MediaSession::start()
{
    post(command::Start{});
}

void MediaSession::playGreeting(std::shared_ptr<const audio::Clip> clip)
{
    if (clip && !clip->samples.empty()) {
        post(command::PlayGreeting{std::move(clip)});
    }
}

void MediaSession::stopGreeting()
{
    post(command::StopGreeting{});
}

void MediaSession::setQueuePaused(bool paused)
{
    post(command::PauseQueue{paused});
}

void MediaSession::connectHeadset(std::shared_ptr<audio::HeadsetRings> rings)
{
    if (rings) {
        post(command::ConnectHeadset{std::move(rings)});
    }
}

void MediaSession::disconnectHeadset()
{
    post(command::DisconnectHeadset{});
}

void MediaSession::setMuted(bool muted)
{
    post(command::Mute{muted});
}

void MediaSession::joinConference(const ConferenceSession& conference)
{
    post(command::JoinConference{conference.room(), std::make_shared<ConferenceMember>()});
}

void MediaSession::leaveConference()
{
    post(command::LeaveConference{});
}

void MediaSession::playMusic(std::shared_ptr<const HoldMusic> music)
{
    post(command::PlayMusic{std::move(music)});
}

base::Result<void> MediaSession::check(const QByteArray& digits, DigitMethod method) const
{
    if (!m_parameters.send) {
        return base::Error{QStringLiteral("the call is on hold: no digits can be sent")};
    }
    if (method == DigitMethod::Rfc4733 && m_parameters.eventType < 0) {
        return base::Error{
            QStringLiteral("the far end takes no digits as telephone-events (RFC 4733)")};
    }
    if (digits.size() > mostDigits) {
        return base::Error{QStringLiteral("%1 digits at once are too many; %2 is the most")
                               .arg(digits.size())
                               .arg(mostDigits)};
    }
    for (const char digit : digits) {
        const auto event = rtp::eventOf(digit);
        const bool canBeSent = method == DigitMethod::InBand
            ? audio::DtmfTone::exists(digit)
            : event && (m_parameters.remoteEvents >> *event & 1U) != 0;
        if (!canBeSent && digit != 'w' && digit != ',') {
            return base::Error{QStringLiteral("'%1' can't be sent to this far end as a digit")
                                   .arg(base::printable(QByteArrayView(&digit, 1)))};
        }
    }
    return {};
}

base::Result<void> MediaSession::sendDigits(const QByteArray& digits, DigitMethod method,
                                            int durationMs, int gapMs)
{
    constexpr int leastMs = 40; // ITU-T Q.24: what must be heard
    constexpr int mostMs = 60'000;
    if (auto checked = check(digits, method); !checked) {
        return checked;
    }
    post(command::SendDigits{digits.toUpper().replace('W', 'w'), method,
                             std::clamp(durationMs, leastMs, mostMs),
                             std::clamp(gapMs, leastMs, mostMs)});
    return {};
}

void MediaSession::stopDigits()
{
    post(command::StopDigits{});
}

void MediaSession::setInBandDetection(bool wanted)
{
    post(command::DetectInBand{wanted});
}

void MediaSession::startRecording(const RecordingConfig& config)
{
    if (m_engine) {
        m_recording = m_engine->openRecording(*this, config);
        post(command::StartRecording{m_recording});
    }
}

void MediaSession::stopRecording()
{
    if (m_recording != 0) {
        m_recording = 0;
        post(command::StopRecording{});
    }
}

base::Result<void> MediaSession::play(std::span<const std::int16_t> samples)
{
    const std::int64_t queued = queuedSamples();
    const auto more = static_cast<std::int64_t>(samples.size());
    if (queued + more > maxQueuedMs * samplesPerMs) {
        return base::Error{QStringLiteral("the audio queue of this call holds %1 ms already; with "
                                          "%2 ms more it would hold more than %3 ms")
                               .arg(queued / samplesPerMs)
                               .arg(more / samplesPerMs)
                               .arg(maxQueuedMs)};
    }
    if (!samples.empty() && m_engine) {
        m_queued += samples.size();
        post(command::Play{{samples.begin(), samples.end()}});
    }
    return {};
}

void MediaSession::clear()
{
    m_cleared = m_queued;
    post(command::ClearQueue{});
}

std::int64_t MediaSession::queuedSamples() const
{
    const std::uint64_t consumed = m_engine ? m_stream->consumed() : m_queued;
    return static_cast<std::int64_t>(m_queued - std::max(consumed, m_cleared));
}

std::int64_t MediaSession::queuedMs() const
{
    return queuedSamples() / samplesPerMs;
}

void MediaSession::setListeners(int packetListeners, int pcmListeners)
{
    post(command::SetListeners{packetListeners, pcmListeners});
    const int listeners = packetListeners + pcmListeners;
    if (std::exchange(m_listeners, listeners) != listeners && m_events.listenersChanged) {
        const auto listenersChanged = m_events.listenersChanged; // which may destroy this
        listenersChanged(listeners);
    }
}

model::MediaStats MediaSession::stats() const
{
    model::MediaStats stats = m_snapshot.stats;
    if (m_engine) {
        m_stream->counters().writeTo(stats);
    }
    return stats;
}

void MediaSession::take(const MediaSnapshot& snapshot)
{
    const bool changed = m_snapshot.stats != snapshot.stats
        || m_snapshot.remoteMedia != snapshot.remoteMedia
        || m_snapshot.foreignMedia != snapshot.foreignMedia;
    m_snapshot = snapshot;
    if (changed && m_events.statsChanged) {
        const auto statsChanged = m_events.statsChanged; // which may destroy this
        statsChanged(snapshot.stats);
    }
}

void MediaSession::take(MediaReport::Kind event)
{
    const auto tell = event == MediaReport::Kind::FirstPacket ? m_events.firstPacket
        : event == MediaReport::Kind::RemoteBye               ? m_events.remoteBye
                                                              : nullptr;
    if (tell) {
        tell();
    }
}

void MediaSession::take(const DigitReport& digit)
{
    if (digit.isReceived && m_events.digitReceived) {
        const auto digitReceived = m_events.digitReceived; // which may destroy this
        digitReceived(digit.digit, digit.durationMs, digit.method);
    } else if (!digit.isReceived && m_events.digitSent) {
        const auto digitSent = m_events.digitSent;
        digitSent(digit.digit);
    }
}

void MediaSession::recordingEnded(std::uint32_t recording, const QString& problem)
{
    if (recording == m_recording) {
        stopRecording();
    }
    if (m_events.recordingFailed) {
        const auto recordingFailed = m_events.recordingFailed;
        recordingFailed(problem);
    }
}

} // namespace hs::media
