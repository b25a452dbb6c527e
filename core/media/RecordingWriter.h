// RecordingWriter: one recording on its way from packets to a WAV file. Written in batches of 200
// ms and more, each of them playable at once, 500 ms behind the call: that and a pass of the disk
// thread is what a crash costs. Thread: disk.
#pragma once

#include "audio/RecordingFile.h"
#include "media/RecordingDecoder.h"
#include "media/RecordingFeed.h"
#include "media/RecordingTimeline.h"

namespace hs::media {

class RecordingWriter {
public:
    static base::Result<RecordingWriter> open(const RecordingConfig& config);

    // Begin, Received, Other, Sent.
    void take(const FeedRecord& record, std::span<const std::byte> payload);
    // Writes what is due at `now`. After an error there is no use in going on.
    base::Result<void> write(base::TimePoint now);
    // Writes all that there is and closes the file.
    base::Result<void> finish(base::TimePoint end);

    const QString& path() const { return m_file.path(); }

private:
    RecordingWriter(audio::RecordingFile file, int rate);
    RecordingDecoder& decoderOf(std::uint32_t ssrc);
    std::int64_t positionOf(base::TimePoint time) const;
    base::Result<void> append(std::size_t count);

    // Two at once, while one source follows another.
    struct Source {
        std::uint32_t ssrc = 0;
        std::uint64_t usedAt = 0;
        RecordingDecoder decoder;
    };

    audio::RecordingFile m_file;
    std::int64_t m_rate;
    RecordingTimeline m_timeline;
    RecordingDecoder m_sent;
    std::vector<Source> m_sources;
    std::uint64_t m_uses = 0;
    std::optional<base::TimePoint> m_zero; // none before Begin
    std::vector<std::int16_t> m_samples;
};

} // namespace hs::media
