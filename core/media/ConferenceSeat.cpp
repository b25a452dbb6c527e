#include "media/ConferenceSeat.h"

namespace hs::media {

const command::JoinConference* ConferenceSeat::seat() const
{
    return m_node ? &std::get<command::JoinConference>(m_node->value.what) : nullptr;
}

void ConferenceSeat::leave()
{
    if (const auto* left = seat()) {
        left->room->bridge.leave(*left->member);
        m_spent.post(std::move(m_node));
    }
}

CommandNode ConferenceSeat::apply(CommandNode node)
{
    leave();
    const auto* joining = std::get_if<command::JoinConference>(&node->value.what);
    if (joining && joining->room->bridge.enter(*joining->member)) {
        std::swap(m_node, node);
    }
    return node;
}

const ConferenceHeadset* ConferenceSeat::headset() const
{
    const auto* taken = seat();
    return taken && taken->room->headset.isConnected() ? &taken->room->headset : nullptr;
}

void ConferenceSeat::setHeard(bool heard)
{
    m_heard = heard;
    if (const auto* taken = seat(); taken && !heard) {
        taken->room->bridge.silence(*taken->member);
    }
}

void ConferenceSeat::write(base::TimePoint from, std::span<const std::int16_t> samples, int rate)
{
    if (const auto* taken = seat(); taken && m_heard) {
        taken->room->bridge.write(*taken->member, from, samples, rate);
    }
}

bool ConferenceSeat::addOthers(base::TimePoint slot, std::span<std::int16_t> samples, int rate)
{
    const auto* taken = seat();
    return taken && taken->room->bridge.addOthers(*taken->member, slot, samples, rate);
}

} // namespace hs::media
