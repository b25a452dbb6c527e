#include "media/ConferenceRooms.h"

#include <algorithm>

namespace hs::media {

namespace {
ConferenceRoom* roomOf(const CommandNode& node)
{
    return std::get<command::OpenConference>(node->value.what).room.get();
}
} // namespace

CommandNode ConferenceRooms::apply(CommandNode node, base::TimePoint now)
{
    auto& what = node->value.what;
    if (std::holds_alternative<command::OpenConference>(what)) {
        if (m_rooms.size() < mostRooms) {
            m_rooms.push_back(std::move(node));
        }
    } else if (const auto* closing = std::get_if<command::CloseConference>(&what)) {
        close(closing->room.get());
    } else if (const auto* headset = std::get_if<command::ConferenceHeadset>(&what)) {
        ConferenceRoom& room = *headset->room;
        node = room.headset.connect(std::move(node), room.bridge, now);
    } else if (const auto* mute = std::get_if<command::ConferenceMute>(&what)) {
        mute->room->headset.setMuted(mute->muted, mute->room->bridge);
    }
    return node;
}

void ConferenceRooms::close(const ConferenceRoom* room)
{
    const auto own = std::ranges::find(m_rooms, room, roomOf);
    if (own != m_rooms.end()) {
        m_spent.post(std::move(*own));
        m_rooms.erase(own);
    }
}

void ConferenceRooms::run(base::TimePoint now)
{
    for (const CommandNode& node : m_rooms) {
        ConferenceRoom& room = *roomOf(node);
        room.headset.run(room.bridge, now);
    }
}

} // namespace hs::media
