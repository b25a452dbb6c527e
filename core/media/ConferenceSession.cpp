#include "media/ConferenceSession.h"

#include "media/ConferenceRooms.h"

namespace hs::media {

ConferenceSession::ConferenceSession(Post post)
    : m_post(std::move(post))
    , m_room(std::make_shared<ConferenceRoom>())
{
    m_post({nullptr, command::OpenConference{m_room}});
}

ConferenceSession::~ConferenceSession()
{
    disconnectHeadset();
    m_post({nullptr, command::CloseConference{m_room}});
}

void ConferenceSession::connectHeadset(std::shared_ptr<audio::HeadsetRings> rings)
{
    m_post({nullptr, command::ConferenceHeadset{m_room.get(), std::move(rings)}});
}

void ConferenceSession::disconnectHeadset()
{
    m_post({nullptr, command::ConferenceHeadset{m_room.get(), nullptr}});
}

void ConferenceSession::setMuted(bool muted)
{
    m_post({nullptr, command::ConferenceMute{m_room.get(), muted}});
}

} // namespace hs::media
