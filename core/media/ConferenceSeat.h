// ConferenceSeat: where a call sits in a conference, if it does. Its far end is heard there only
// while both sides send: what it plays while it holds us is for us alone.
// Thread: media, without allocation. Nodes that are used up go back to where they can be freed.
#pragma once

#include "media/ConferenceRooms.h"

namespace hs::media {

class ConferenceSeat {
public:
    explicit ConferenceSeat(CommandBox& spent)
        : m_spent(spent)
    {
    }

    // Takes command::JoinConference and LeaveConference; gives back a node that is not needed.
    CommandNode apply(CommandNode node);
    void leave();
    bool isTaken() const { return m_node != nullptr; }
    void setHeard(bool heard);
    // The operator's, where both are there; else null.
    const ConferenceHeadset* headset() const;

    void write(base::TimePoint from, std::span<const std::int16_t> samples, int rate);
    // As ConferenceBridge::addOthers(); false too where it does not sit.
    bool addOthers(base::TimePoint slot, std::span<std::int16_t> samples, int rate);

private:
    const command::JoinConference* seat() const;

    CommandBox& m_spent;
    CommandNode m_node; // of command::JoinConference
    bool m_heard = true;
};

} // namespace hs::media
