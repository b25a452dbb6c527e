// RecordingCheck: holds stereo recordings against what the far ends sent: the left channel must
// have each numbered frame of its call, sample for sample, one behind the other.
#pragma once

#include <QDir>

#include <cstdint>
#include <map>

namespace hs::bench {

struct RecordingReport {
    int files = 0;
    int withoutCall = 0; // files that are of no call, or can't be read
    std::uint64_t frames = 0; // found
    std::uint64_t missing = 0;
    std::uint64_t apart = 0; // not directly behind the one before
};

// Calls' numbers stand in the files' names. Calls without a file have all of their frames missing.
RecordingReport checkRecordings(const QDir& folder,
                                std::map<std::uint32_t, std::uint32_t> sentByNumber);

} // namespace hs::bench
