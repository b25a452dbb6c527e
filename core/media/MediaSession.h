// MediaSession: one call's media as the core thread has it. It begins with ports that are bound and
// nothing sent; parameters come from offer and answer, start() from our 200 sent or theirs
// received. Destroying it ends the media (RTCP BYE, the recording closed); its ports are free once
// the media loop has let go of them. Everything here returns at once. Thread: core.
#pragma once

#include "media/AudioPort.h"
#include "media/ConferenceSession.h"
#include "media/MediaCommand.h"
#include "media/MediaReports.h"

#include <functional>
#include <memory>
#include <vector>

namespace hs::media {

class MediaEngine;

class MediaSession final : public AudioPort {
public:
    // What the media does by itself. Any of them may be empty, and may destroy the session.
    struct Events {
        std::function<void()> firstPacket{}; // the far end is heard for the first time
        std::function<void(const model::MediaStats&)> statsChanged{}; // at most 4 times a second
        // A digit of the far end's has ended. '!' is the hook flash.
        std::function<void(char digit, int durationMs, DigitMethod how)> digitReceived{};
        // The sending of a digit of ours begins.
        std::function<void(char digit)> digitSent{};
        std::function<void()> remoteBye{}; // RTCP BYE: it will send no more
        std::function<void(int)> listenersChanged{}; // how many there are now, of both kinds
        std::function<void(const QString& problem)>
            recordingFailed{}; // a sentence; the call goes on
    };

    ~MediaSession() override;
    MediaSession(const MediaSession&) = delete;
    MediaSession& operator=(const MediaSession&) = delete;

    void setEvents(Events events) { m_events = std::move(events); }
    model::CallId call() const { return m_call; }
    const base::Endpoint& localRtp() const { return m_localRtp; } // RTCP is the next port

    // At first, and again after each re-INVITE.
    void setParameters(const MediaParameters& parameters);
    // Sending begins at the next slot of the 20 ms grid. Before it nothing is sent, heard or
    // recorded.
    void start();

    // Goes before what clients have queued.
    void playGreeting(std::shared_ptr<const audio::Clip> clip);
    void stopGreeting();
    // What clients have queued waits. The greeting does not.
    void setQueuePaused(bool paused);

    // While a headset is connected its microphone alone is what the far end hears.
    void connectHeadset(std::shared_ptr<audio::HeadsetRings> rings);
    void disconnectHeadset();
    void setMuted(bool muted);

    // The far end hears the others of the conference, beside what is queued for it alone, and they
    // hear it, until it leaves or is closed. A headset is to be connected to the conference then.
    void joinConference(const ConferenceSession& conference);
    void leaveConference();
    // To where there is nothing else to be heard; null: quiet.
    void playMusic(std::shared_ptr<const HoldMusic> music);

    // Queues digits behind those that are queued: 0-9, *, #, A-D, as events also '!' (flash); 'w'
    // pauses for 500 ms, ',' for 2 s. Refused as a whole, with a sentence, if one of them can't be
    // sent: nothing negotiated, on hold, no such digit. Other audio waits while a digit is sent.
    // Putting the call on hold drops what is queued.
    static constexpr int usualDigitMs = 100;
    static constexpr int mostDigits = 256; // queued at once by one call of this
    base::Result<void> sendDigits(const QByteArray& digits, DigitMethod method,
                                  int durationMs = usualDigitMs, int gapMs = usualDigitMs);
    void stopDigits(); // the one that sounds ends
    // Digits as tones in what is heard; not looked for once the far end has sent events (RFC 4733).
    void setInBandDetection(bool wanted);

    // Ends the recording that runs, if one does. What can't be done is told by recordingFailed.
    void startRecording(const RecordingConfig& config);
    void stopRecording();

    model::MediaStats stats() const; // packets to the last one, the rest up to 250 ms old
    // Where the far end truly sends from; null until it is known.
    const base::Endpoint& remoteMedia() const { return m_snapshot.remoteMedia; }
    // From where else audio comes that is not taken; null where there is none.
    const base::Endpoint& foreignMedia() const { return m_snapshot.foreignMedia; }

    base::Result<void> play(std::span<const std::int16_t> samples) override;
    void clear() override;
    std::int64_t queuedMs() const override;
    void setListeners(int packetListeners, int pcmListeners) override;

private:
    friend class MediaEngine;
    MediaSession(MediaEngine& engine, std::uint32_t number, model::CallId call, MediaStream& stream,
                 const base::Endpoint& localRtp);

    template <class What>
    void post(What what);
    void take(const MediaSnapshot& snapshot);
    void take(MediaReport::Kind event);
    void take(const DigitReport& digit);
    base::Result<void> check(const QByteArray& digits, DigitMethod method) const;
    void recordingEnded(std::uint32_t recording, const QString& problem);
    std::int64_t queuedSamples() const;

    MediaEngine* m_engine; // null: it is gone, and with it the media
    std::uint32_t m_number;
    model::CallId m_call;
    MediaStream* m_stream; // the media loop's, but for its counter
    base::Endpoint m_localRtp;
    Events m_events;
    MediaParameters m_parameters;
    MediaSnapshot m_snapshot;
    int m_listeners = 0;
    std::uint32_t m_recording = 0;
    std::uint64_t m_queued = 0; // samples, all that were ever queued
    std::uint64_t m_cleared = 0; // of those, what was queued before the last clear()
};

} // namespace hs::media
