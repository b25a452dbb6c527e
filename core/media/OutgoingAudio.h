// OutgoingAudio: what a call says next: the headset's microphone while one is connected, else the
// greeting, then what clients have queued, else silence.
// Thread: media, without allocation; consumed() any. Nodes that are used up go back
// to where they can be freed.
#pragma once

#include "media/PlayoutQueue.h"

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

    // Fills all of it. False: it is nothing but silence, because there is nothing to say.
    bool read(std::span<std::int16_t> samples);

    // Where the last read() found what it gave.
    enum class Source : std::uint8_t { Nothing, Clip, Microphone, Muted, StalledMicrophone };
    Source source() const { return m_source; }

    // Nothing is being sent: what the microphone hears meanwhile is not for later.
    void passBy();

    audio::HeadsetRings* headset() const; // null: none is connected
    // How many samples of all that was queued were read or cleared so far.
    std::uint64_t consumed() const { return m_consumed.load(std::memory_order_acquire); }

private:
    void giveBack(CommandNode& node);
    std::size_t readGreeting(std::span<std::int16_t> samples);
    bool readHeadset(std::span<std::int16_t> samples);
    void consume(std::size_t count);

    CommandBox& m_spent;
    PlayoutQueue m_queue;
    bool m_paused = false;
    CommandNode m_greeting; // of command::PlayGreeting
    std::size_t m_greetingRead = 0;
    CommandNode m_headset; // of command::ConnectHeadset
    bool m_muted = false;
    bool m_flowing = false; // the microphone has filled its ring far enough
    Source m_source = Source::Nothing;
    std::atomic<std::uint64_t> m_consumed{0};
};

} // namespace hs::media
