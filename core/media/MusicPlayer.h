// MusicPlayer: one call's place in the music that it hears on hold. It begins at the beginning and
// softly, and goes on where it was when it is held again; it sinks within 4 ms when it stops.
// Thread: media, without allocation.
#pragma once

#include "media/HoldMusic.h"
#include "media/MediaCommand.h"

namespace hs::media {

class MusicPlayer {
public:
    // Takes command::PlayMusic; gives back the node that is not needed any more.
    CommandNode apply(CommandNode node);
    // Fills all of it; false, and nothing is changed, where there is no music.
    bool read(std::span<std::int16_t> samples, int rate);
    // What is heard instead, with the end of the music added where it was heard last; false: there
    // is none of it.
    bool addEnd(std::span<std::int16_t> samples, int rate);
    void pause(); // something is sent to which nothing can be added

private:
    CommandNode m_node; // of command::PlayMusic
    std::int64_t m_position = 0; // in samples of HoldMusic::fullRate
    std::int64_t m_heard = 0; // since it began or went on, the same
    std::int16_t m_last = 0; // what was heard of it last, and has not sunk yet
};

} // namespace hs::media
