// Recorder: all recordings, as the disk thread works on them. It has no thread of its own: work()
// is what a thread runs, run() is one pass of it. Whoever runs it may be left behind hanging in the
// kernel, so it is shared and touches nothing else.
// Thread: open(), takeReports(), stop() core; feed() media; run(), work() disk.
#pragma once

#include "base/Mailbox.h"
#include "media/RecordingWriter.h"
#include "media/WakeEvent.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

namespace hs::media {

class Recorder {
public:
    // That a recording is closed, complete or with what there was before the error.
    struct Report {
        std::uint32_t recording = 0;
        QString error; // empty: it is complete
    };
    using Reports = base::Mailbox<Report>;

    // `core` is woken when there are reports.
    Recorder(std::size_t feedBytes, std::shared_ptr<WakeEvent> core);

    // Before the media loop is told of it. The number is never used twice.
    void open(std::uint32_t recording, const RecordingConfig& config);
    Reports::Batch takeReports() { return m_reports.takeAll(); }
    // What is open then is closed with what came so far.
    void stop();

    RecordingFeed& feed() { return m_feed; }

    // `now` is read before the call.
    void run(base::TimePoint now);
    // Returns after stop(), when all files are closed.
    void work();

private:
    struct Opening {
        std::uint32_t recording = 0;
        RecordingConfig config;
    };

    void takeOpenings();
    void take(const RecordingFeed::Item& item);
    void close(std::map<std::uint32_t, RecordingWriter>::iterator one,
               const base::Result<void>& result);
    void report(std::uint32_t recording, const QString& error);

    RecordingFeed m_feed;
    base::Mailbox<Opening> m_openings;
    Reports m_reports;
    std::shared_ptr<WakeEvent> m_core;
    std::map<std::uint32_t, RecordingWriter> m_writers;
    std::mutex m_mutex; // of the two below; the media thread never takes it
    std::condition_variable m_changed;
    bool m_woken = false;
    bool m_stopped = false;
};

} // namespace hs::media
