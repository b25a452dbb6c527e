// RecordingFile: a recording while it is being written: a 16-bit WAV file of one or two channels.
// It is made new, never written over, and readable by its owner alone (mode 0600). The header is
// brought up to date once a second of audio, so what a crash at any moment (kill -9) leaves behind
// is playable and lacks at most the last second.
// Errors (disk full, no permission, the folder gone) are sentences that name the file. After an
// error of write() the file keeps what was written, and further writes may be tried. A WAV file
// ends at 4 GiB, which is 37 hours of stereo; beyond that write() refuses. Thread: one at a time;
// blocks on the disk.
#pragma once

#include "base/Result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <sndfile.h>
#include <span>

namespace hs::audio {

class RecordingFile {
public:
    static base::Result<RecordingFile> open(const QString& path, int channels, int rate = 8000);

    // Closes; an error then is only logged.
    ~RecordingFile();
    RecordingFile(RecordingFile&&) noexcept = default;
    RecordingFile& operator=(RecordingFile&&) noexcept = default;

    // Whole frames: left, right, left ...
    base::Result<void> write(std::span<const std::int16_t> interleaved);
    // Makes all that was written playable now; write() does it by itself once a second.
    base::Result<void> updateHeader();
    // To be called once; nothing else may follow.
    base::Result<void> close();

    const QString& path() const { return m_path; }
    int channels() const { return m_channels; }
    std::int64_t frames() const { return m_frames; }
    std::int64_t durationMs() const { return m_frames * 1000 / m_rate; }

private:
    struct Close {
        void operator()(SNDFILE* file) const;
    };
    RecordingFile(QString path, int channels, int rate, SNDFILE* sound);
    base::Error writeError(int code) const;

    QString m_path;
    int m_channels;
    int m_rate;
    std::unique_ptr<SNDFILE, Close> m_sound;
    std::int64_t m_frames = 0;
    std::int64_t m_framesInHeader = 0;
};

} // namespace hs::audio
