// ConferenceRooms: the conferences of the media loop, and what each consists of beside the calls:
// the bridge and the operator. Nodes that are used up go back to the core thread.
// Thread: media, without allocation; ConferenceRoom is made and destroyed by the core thread.
#pragma once

#include "media/ConferenceHeadset.h"

namespace hs::media {

struct ConferenceRoom {
    ConferenceBridge bridge;
    ConferenceHeadset headset;
};

class ConferenceRooms {
public:
    static constexpr std::size_t mostRooms = 256;

    explicit ConferenceRooms(CommandBox& spent)
        : m_spent(spent)
    {
        m_rooms.reserve(mostRooms);
    }

    // Commands without a stream; gives back a node that is not needed any more.
    CommandNode apply(CommandNode node, base::TimePoint now);
    bool empty() const { return m_rooms.empty(); }
    // The headsets; behind everyone who is heard in this tick.
    void run(base::TimePoint now);

private:
    void close(const ConferenceRoom* room);

    CommandBox& m_spent;
    std::vector<CommandNode> m_rooms; // of command::OpenConference
};

} // namespace hs::media
