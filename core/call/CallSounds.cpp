#include "call/CallSounds.h"

namespace hs::call {

namespace {

std::optional<audio::CallTone> failureTone(const model::Call& call)
{
    const bool isOperators = call.direction == model::Direction::Outgoing
        && call.owner.kind == model::ActorKind::Operator;
    const bool wasGivenUp =
        call.endedBy.kind == model::ActorKind::Operator || call.finalCode == 487;
    // Who played something before it failed has said why.
    if (!isOperators || call.wasAnswered() || wasGivenUp || call.media.packetsReceived > 0) {
        return std::nullopt;
    }
    const bool isBusy = call.finalCode == 486 || call.finalCode == 600;
    return isBusy ? audio::CallTone::Busy : audio::CallTone::Congestion;
}

} // namespace

CallSounds::CallSounds(audio::AudioDevice& device, base::Scheduler& scheduler)
    : m_device(device)
    , m_scheduler(scheduler)
{
}

void CallSounds::add(Picture& picture, const model::Call& call)
{
    picture.hasHeadset = picture.hasHeadset || call.hasHeadset;
    if (call.state == model::CallState::RingingIn) {
        picture.ringsIn = true;
    }
    if (call.direction == model::Direction::Outgoing
        && call.owner.kind == model::ActorKind::Operator) {
        picture.isDialing = picture.isDialing || call.state == model::CallState::Dialing
            || call.state == model::CallState::RingingOut
            || call.state == model::CallState::EarlyMedia;
        // RFC 3960 section 3.2: some ring and answer with SDP, and play nothing all the same.
        const bool isSilent = call.state == model::CallState::EarlyMedia && call.ringingAt != 0
            && call.media.packetsReceived == 0;
        picture.ringsOut =
            picture.ringsOut || isSilent || call.state == model::CallState::RingingOut;
    }
}

void CallSounds::update(const Picture& picture)
{
    m_picture = picture;
    if (picture.hasHeadset || picture.isDialing) {
        m_failure.reset();
        m_failureEnds.cancel();
    }
    apply();
}

void CallSounds::onEnded(const model::Call& call)
{
    const std::optional<audio::CallTone> tone = failureTone(call);
    if (!tone || m_picture.hasHeadset || m_picture.isDialing) {
        return;
    }
    m_failure = tone;
    m_failureEnds = m_scheduler.after(failureLasts, [this] {
        m_failure.reset();
        apply();
    });
    apply();
}

void CallSounds::apply()
{
    const bool rings = m_picture.ringsIn && !m_picture.hasHeadset;
    if (rings != m_rings) {
        m_rings = rings;
        m_device.setRinging(rings);
    }
    std::optional<audio::CallTone> tone;
    if (m_picture.ringsIn && m_picture.hasHeadset) {
        tone = audio::CallTone::CallWaiting;
    } else if (m_picture.ringsOut) {
        tone = audio::CallTone::Ringback;
    } else if (!rings) {
        tone = m_failure;
    }
    if (tone != m_tone) {
        m_tone = tone;
        m_device.setTone(tone);
    }
}

} // namespace hs::call
