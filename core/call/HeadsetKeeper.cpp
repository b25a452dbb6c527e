#include "call/HeadsetKeeper.h"

#include <utility>

namespace hs::call {

HeadsetKeeper::HeadsetKeeper(audio::AudioDevice& device)
    : m_device(device)
{
}

void HeadsetKeeper::give(Call& call)
{
    if (m_holder == &call && call.model().hasHeadset) {
        return; // else its audio has only now come to be
    }
    // Whoever hears of these changes may end the call, or give the headset to another.
    Call* before = std::exchange(m_holder, &call);
    if (before && before != &call) {
        before->disconnectHeadset();
    }
    if (m_holder != &call) {
        return;
    }
    if (!m_rings) {
        m_rings = std::make_shared<audio::HeadsetRings>();
        m_device.openHeadset(m_rings);
    }
    call.connectHeadset(m_rings);
    if (m_holder == &call) {
        call.setMuted(call.model().muted); // each call's own
    }
}

void HeadsetKeeper::takeFrom(const Call& call)
{
    if (m_holder != &call) {
        return;
    }
    Call& holder = *m_holder;
    m_holder = nullptr;
    m_rings.reset();
    m_device.closeHeadset();
    holder.disconnectHeadset();
}

void HeadsetKeeper::setMuted(bool muted)
{
    if (m_holder) {
        m_holder->setMuted(muted);
    }
}

} // namespace hs::call
