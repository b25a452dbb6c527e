#include "media/ConferenceBridge.h"

#include <algorithm>

namespace hs::media {

bool ConferenceBridge::enter(ConferenceMember& member)
{
    if (std::ranges::find(m_members, &member) != m_members.end()) {
        return true;
    }
    if (m_members.size() == mostMembers) {
        return false;
    }
    member.forget();
    member.m_heardRate = 0;
    member.m_residue = 0;
    m_members.push_back(&member);
    return true;
}

void ConferenceBridge::leave(ConferenceMember& member)
{
    if (std::ranges::find(m_members, &member) == m_members.end()) {
        return;
    }
    silence(member);
    std::erase(m_members, &member);
    updateWanted();
}

void ConferenceBridge::silence(ConferenceMember& member)
{
    for (ConferenceMember* other : m_members) {
        const ConferenceLine* line = member.line(other->m_heardRate);
        if (other != &member && line) {
            other->m_residue += line->at(other->m_heardUntil - 1);
        }
    }
    member.forget();
}

void ConferenceBridge::write(ConferenceMember& member, base::TimePoint from,
                             std::span<const std::int16_t> samples, int rate)
{
    member.write(from, samples, rate, m_wanted);
}

void ConferenceBridge::hearAt(ConferenceMember& member, int rate)
{
    if (member.m_heardRate != rate) {
        member.m_heardRate = rate;
        member.m_heardUntil = -1;
        updateWanted();
    }
}

void ConferenceBridge::updateWanted()
{
    m_wanted = 0;
    for (const ConferenceMember* member : m_members) {
        if (const int index = ConferenceMember::indexOf(member->m_heardRate); index >= 0) {
            m_wanted |= 1U << index;
        }
    }
}

std::int16_t ConferenceBridge::bend(std::int32_t sum)
{
    constexpr std::int32_t straight = 26000;
    constexpr std::int32_t room = 32767 - straight;
    const std::int32_t size = sum < 0 ? -sum : sum;
    if (size <= straight) {
        return static_cast<std::int16_t>(sum);
    }
    // Its slope goes on where the straight part ends, and sinks.
    const std::int64_t over = size - straight;
    const auto bent = static_cast<std::int32_t>(straight + over * room / (over + room));
    return static_cast<std::int16_t>(sum < 0 ? -bent : bent);
}

bool ConferenceBridge::addOthers(ConferenceMember& member, base::TimePoint slot,
                                 std::span<std::int16_t> samples, int rate)
{
    if (ConferenceMember::indexOf(rate) < 0 || samples.size() > mostSamples
        || m_members.size() < 2) {
        return false;
    }
    hearAt(member, rate);
    const std::span sum = std::span(m_sum).first(samples.size());
    std::ranges::fill(sum, 0);
    const std::int64_t until = samplesUntil(slot + ahead, rate);
    const std::int64_t from = until - static_cast<std::int64_t>(samples.size());
    for (const ConferenceMember* other : m_members) {
        if (other != &member) {
            other->line(rate)->addTo(from, sum);
        }
    }
    const auto fade = std::min<std::int32_t>(rate / 1000 * ConferenceLine::fadeMs,
                                             static_cast<std::int32_t>(samples.size()));
    const bool begins = member.m_heardUntil != from;
    for (std::int32_t i = 0; i < fade; ++i) {
        std::int32_t& value = sum[static_cast<std::size_t>(i)];
        value = begins ? value * i / fade : value + member.m_residue * (fade - 1 - i) / fade;
    }
    member.m_residue = 0;
    member.m_heardUntil = until;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = bend(sum[i] + samples[i]);
    }
    return true;
}

} // namespace hs::media
