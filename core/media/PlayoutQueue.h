// PlayoutQueue: audio that waits to be sent, as the list of the mailbox nodes in which it came.
// Nothing is copied or freed here: a node that is used up goes back to where it can be freed.
// Thread: media.
#pragma once

#include "media/MediaCommand.h"

#include <span>

namespace hs::media {

class PlayoutQueue {
public:
    explicit PlayoutQueue(CommandBox& spent)
        : m_spent(spent)
    {
    }
    PlayoutQueue(const PlayoutQueue&) = delete;
    PlayoutQueue& operator=(const PlayoutQueue&) = delete;
    ~PlayoutQueue();

    void append(CommandNode chunk); // of command::Play
    // Returns how many samples were there for it.
    std::size_t read(std::span<std::int16_t> samples);
    // Returns how many samples are gone.
    std::size_t clear();
    bool empty() const { return m_first == nullptr; }

private:
    CommandNode pop();

    CommandBox& m_spent;
    CommandBox::Node* m_first = nullptr; // owned, with all that follow it
    CommandBox::Node* m_last = nullptr;
    std::size_t m_read = 0; // of the first one
};

} // namespace hs::media
