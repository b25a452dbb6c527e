// MediaEngine: all calls' media as the core thread has it: makes sessions, owns the media and disk
// threads, and hands what calls hear to the taps. start() runs the threads; without it, whoever
// drives a program on a clock of its own calls runOnce() every 5 ms.
// Sessions may outlive the engine; they are dead then. Thread: core.
#pragma once

#include "base/Random.h"
#include "base/WorkerThread.h"
#include "media/MediaSession.h"
#include "media/MediaThread.h"
#include "media/PortAllocator.h"
#include "media/Recorder.h"

#include <QSocketNotifier>

#include <map>
#include <unordered_map>

namespace hs::media {

class MediaEngine final : public AudioPorts {
public:
    struct Options {
        std::unique_ptr<Poller> poller; // null: epoll
        // Rings, for some seconds of a hundred calls during which a thread hangs.
        std::size_t reportBytes = std::size_t(8) << 20; // to the core thread
        std::size_t feedBytes = std::size_t(16) << 20; // to the disk thread
        std::uint64_t seed = 0; // of SSRCs and other numbers; 0: nobody can guess them
    };

    // The clock must be CLOCK_MONOTONIC's if start() is to be called.
    MediaEngine(const base::Clock& clock, base::SocketFactory& sockets, PortRange ports,
                Options options);
    ~MediaEngine() override;
    MediaEngine(const MediaEngine&) = delete;
    MediaEngine& operator=(const MediaEngine&) = delete;

    void start();
    // Everything that the threads do, once, at the clock's now.
    void runOnce();

    base::Result<std::unique_ptr<MediaSession>, PortError> open(const SessionConfig& config);
    std::unique_ptr<ConferenceSession> openConference();
    int usedSlots() const { return m_ports.usedSlots(); }
    int totalSlots() const { return m_ports.totalSlots(); }

    // Ends all recordings and waits until their files are closed. False: some are not, after so
    // long.
    bool closeRecordings(std::chrono::milliseconds most);
    int openRecordings() const { return static_cast<int>(m_recordings.size()); }

    AudioPort* find(model::CallId call) override;
    void addTap(AudioTap& tap) override;
    void removeTap(AudioTap& tap) override;

private:
    friend class MediaSession;

    void post(MediaCommand command) { m_loop.post(std::move(command)); }
    void close(MediaSession& session);
    std::uint32_t openRecording(const MediaSession& session, const RecordingConfig& config);

    MediaSession* session(std::uint32_t number) const;
    void deliver();
    void takeStreamsHome();
    void takeRecordingReports();
    void dispatch(const MediaReports::Item& item);
    void collect(const MediaReports::Item& item, model::CallId call);
    void handOver();
    void warnOfRefusals();

    const base::Clock& m_clock;
    base::Random m_random;
    QByteArray m_cname;
    PortAllocator m_ports;
    std::shared_ptr<WakeEvent> m_wake;
    std::shared_ptr<Recorder> m_recorder;
    MediaLoop m_loop;
    std::unordered_map<std::uint32_t, MediaSession*> m_sessions;
    std::unordered_map<model::CallId, MediaSession*> m_byCall;
    std::map<std::uint32_t, std::uint32_t> m_recordings; // not closed yet: whose they are
    std::uint32_t m_lastSession = 0;
    int m_closing = 0; // sessions whose ports the media thread still has
    std::uint32_t m_lastRecording = 0;
    bool m_delivering = false;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
    std::vector<AudioTap*> m_taps;
    std::vector<TapFrame> m_frames;
    std::vector<std::byte> m_frameBytes;
    std::uint64_t m_refusedReports = 0; // that were warned of
    std::uint64_t m_refusedFeeds = 0;
    base::TimePoint m_nextWarning{};
    std::unique_ptr<QSocketNotifier> m_notifier;
    base::WorkerThread m_disk;
    std::unique_ptr<MediaThread> m_thread; // the first to end
};

} // namespace hs::media
