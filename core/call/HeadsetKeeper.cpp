#include "call/HeadsetKeeper.h"

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
    if (m_holder && m_holder != &call) {
        m_holder->disconnectHeadset();
    }
    if (!m_rings) {
        m_rings = std::make_shared<audio::HeadsetRings>();
        m_device.openHeadset(m_rings);
    }
    m_holder = &call;
    call.connectHeadset(m_rings);
    call.setMuted(call.model().muted); // each call's own
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
