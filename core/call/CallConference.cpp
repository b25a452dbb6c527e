// The part of Call that decides what its far end hears beside what is queued for it: the headset,
// the conference, or music.
#include "call/Call.h"

#include <utility>

namespace hs::call {

base::Result<void> Call::checkMayJoin() const
{
    return m_session && m_model.isAlive() ? base::Result<void>() : refuse("joined with others");
}

void Call::enterConference(std::shared_ptr<media::ConferenceSession> conference, int number)
{
    leaveConference();
    if (m_media.isOpen()) {
        m_media.session().stopGreeting(); // what programs queue goes on
    }
    if (m_headset) {
        m_media.session().disconnectHeadset();
        conference->setMuted(m_model.muted);
        conference->connectHeadset(m_headset);
    }
    m_conference = std::move(conference);
    m_wasSeated = false;
    updateSound();
    update([number](model::Call& call) { call.conference = number; });
}

void Call::leaveConference()
{
    const auto left = std::exchange(m_conference, nullptr);
    if (!left) {
        return;
    }
    m_isAlone = false;
    updateSound();
    if (m_headset) {
        left->disconnectHeadset();
        if (m_media.isOpen()) {
            m_media.session().connectHeadset(m_headset);
            m_media.session().setMuted(m_model.muted);
        }
    }
    update([this](model::Call& call) {
        call.conference = 0;
        call.hasHeadset = m_headset != nullptr;
    });
}

void Call::setAlone(bool alone)
{
    m_isAlone = alone;
    updateSound();
}

void Call::showOperator(bool present, bool muted)
{
    update([present, muted](model::Call& call) {
        call.hasHeadset = present && !call.heldByUs;
        call.muted = present ? muted : call.muted;
    });
}

void Call::updateSound()
{
    if (!m_media.isOpen()) {
        return;
    }
    // One that is alone too: those who hold us sit there all the same.
    const bool sits = m_conference && !m_model.heldByUs && !comesBack() && !m_isAlone;
    const bool plays = m_model.heldByUs || (m_conference && (comesBack() || m_isAlone));
    if (std::exchange(m_isSeated, sits) != sits) {
        if (sits) {
            m_media.session().joinConference(*m_conference);
            m_wasSeated = true;
        } else {
            m_media.session().leaveConference();
        }
    }
    if (m_context.settings.holdMusic && std::exchange(m_hasMusic, plays) != plays) {
        m_media.session().playMusic(plays ? m_context.settings.holdMusic : nullptr);
    }
}

void Call::connectHeadset(const std::shared_ptr<audio::HeadsetRings>& rings)
{
    if (!m_media.isOpen()) {
        return;
    }
    m_headset = rings;
    m_isAside = false;
    if (m_conference) {
        m_conference->connectHeadset(rings);
    } else {
        m_media.session().connectHeadset(rings);
    }
    update([](model::Call& call) { call.hasHeadset = true; });
}

void Call::disconnectHeadset()
{
    m_headset.reset();
    if (m_conference) {
        m_conference->disconnectHeadset();
    } else if (m_media.isOpen()) {
        m_media.session().disconnectHeadset();
    }
    update([](model::Call& call) { call.hasHeadset = false; });
}

void Call::setMuted(bool muted)
{
    if (m_conference && m_headset) {
        m_conference->setMuted(muted);
    } else if (m_media.isOpen()) {
        m_media.session().setMuted(muted);
    }
    update([muted](model::Call& call) { call.muted = muted; });
}

} // namespace hs::call
