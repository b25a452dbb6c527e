// TickContext: what a call's media may use during one tick of the loop. Thread: media.
#pragma once

#include "media/MediaCommand.h"
#include "media/MediaReports.h"
#include "media/RecordingFeed.h"

namespace hs::media {

// A recording of which nothing more comes, but whose end is not in the feed yet.
struct EndedRecording {
    std::uint32_t recording = 0;
    base::TimePoint at{};
};

struct TickContext {
    base::TimePoint now;
    base::WallTime wall;
    MediaReports& reports;
    std::vector<EndedRecording>& ended;
    bool wakeCore = false;

    bool report(const MediaReport& report, std::span<const std::byte> payload = {})
    {
        wakeCore = true; // if it is refused too: the core thread is to make room
        return reports.put(report, payload);
    }
};

} // namespace hs::media
