// RecordingWriter: one recording on its way from packets to a WAV file. Written in batches of 200
// ms and more, each of them playable at once, 500 ms behind the call: that and a pass of the disk
// thread is what a crash costs. Packets are decoded in the order of their numbers, as a decoder's
// state wants it: one that came early waits 60 ms for those before it, and what comes later still
// is decoded apart. Thread: disk.
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
    struct Packet {
        FeedRecord record;
        std::vector<std::byte> payload; // empty: no audio, but its number counts
    };
    // Two at once, while one source follows another.
    struct Source {
        Source(std::uint32_t number, int rate)
            : ssrc(number)
            , decoder(rate)
            , late(rate)
        {
        }
        std::uint32_t ssrc;
        std::uint64_t usedAt = 0;
        RecordingDecoder decoder;
        RecordingDecoder late; // of what was overtaken by too much
        bool known = false;
        std::uint16_t newest = 0; // of those that were decoded
        std::vector<Packet> waiting; // in order of arrival
    };

    Source& sourceOf(std::uint32_t ssrc);
    void receive(const FeedRecord& record, std::span<const std::byte> payload);
    void place(const FeedRecord& record, std::span<const std::byte> payload,
               RecordingDecoder& decoder);
    void decode(Source& source, const FeedRecord& record, std::span<const std::byte> payload);
    void decodeFirst(Source& source);
    void release(Source& source, base::TimePoint now);
    std::int64_t positionOf(base::TimePoint time) const;
    base::Result<void> append(std::size_t count);

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
