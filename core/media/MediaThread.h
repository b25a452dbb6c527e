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

    // Carries out the commands that were posted so far, then ends. Blocks for a tick.
    void finish();

protected:
    void run() override;

private:
    MediaLoop& m_loop;
    std::atomic<bool> m_stopped{false};
};

} // namespace hs::media
