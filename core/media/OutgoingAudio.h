// OutgoingAudio: what a call says next: the headset's microphone while one is connected, else the
// greeting, then what clients have queued, else silence; each at a rate of its own, made that of
// what the call is spoken in.
// Thread: media, without allocation; consumed() any. Nodes that are used up go back
// to where they can be freed.
#pragma once

#include "media/PlayoutQueue.h"
#include "media/RtpSender.h"

#include <atomic>

namespace hs::media {

class OutgoingAudio {
public:
    explicit OutgoingAudio(CommandBox& spent)
        : m_spent(spent)
        , m_queue(spent)
    {
    }

    // Takes command::Play to Mute; gives back a node that is not needed any more.
    CommandNode apply(CommandNode node);

    // What makes all that is said from the next read() on. In use until the next call.
    void setCodecs(StreamCodecs& codecs) { m_codecs = &codecs; }

    // Fills all of it, a packet of at most RtpSender::mostSamples. False: it is nothing but
    // silence, because there is nothing to say.
    bool read(std::span<std::int16_t> samples);

    // Where the last read() found what it gave.
    enum class Source : std::uint8_t { Nothing, Clip, Microphone, Muted, StalledMicrophone };
    Source source() const { return m_source; }

    // Nothing is being sent: what the microphone hears meanwhile is not for later.
    void passBy();

    audio::HeadsetRings* headset() const; // null: none is connected
    // How many samples of all that was queued (8000 a second) were read or cleared so far.
    std::uint64_t consumed() const { return m_consumed.load(std::memory_order_acquire); }

private:
    void giveBack(CommandNode& node);
    std::size_t readGreeting(std::span<std::int16_t> samples);
    std::size_t readQueue(std::span<std::int16_t> samples);
    bool readHeadset(std::span<std::int16_t> samples);
    void consume(std::size_t count);

    CommandBox& m_spent;
    StreamCodecs* m_codecs = nullptr;
    PlayoutQueue m_queue;
    bool m_paused = false;
    bool m_queueEnds = false; // what the resampler holds of it is still to be heard
    CommandNode m_greeting; // of command::PlayGreeting
    std::size_t m_greetingRead = 0; // samples of its own
    CommandNode m_headset; // of command::ConnectHeadset
    bool m_muted = false;
    bool m_flowing = false; // the microphone has filled its ring far enough
    Source m_source = Source::Nothing;
    std::atomic<std::uint64_t> m_consumed{0};
    std::array<std::int16_t, RtpSender::mostSamples> m_room; // of one packet, at a source's rate
};

} // namespace hs::media
