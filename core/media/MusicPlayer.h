// MusicPlayer: one call's place in the music that it hears on hold. It begins at the beginning and
// softly, and goes on where it was when it is held again.
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

private:
    CommandNode m_node; // of command::PlayMusic
    std::int64_t m_position = 0; // in samples of HoldMusic::fullRate
    std::int64_t m_heard = 0; // since it began or went on, the same
};

} // namespace hs::media
