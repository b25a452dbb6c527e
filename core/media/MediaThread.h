// MediaThread: drives the media loop, every 5 ms of CLOCK_MONOTONIC while there are calls, and
// sleeps without cost while there are none. It asks for real-time scheduling and lives without.
// Thread: the core thread's, but for run().
#pragma once

#include "media/MediaLoop.h"

#include <QThread>

namespace hs::media {

class MediaThread final : public QThread {
public:
    explicit MediaThread(MediaLoop& loop);
    ~MediaThread() override;

    void begin();
    // Carries out the commands that were posted so far, then ends. Blocks for a tick.
    void finish();

protected:
    void run() override;

private:
    MediaLoop& m_loop;
    std::atomic<bool> m_stopped{false};
    // What QThread orders by itself, said once more where ThreadSanitizer sees it: Qt is not built
    // for it.
    std::atomic<bool> m_begun{false};
    std::atomic<bool> m_ended{false};
};

} // namespace hs::media
