// ConferenceSession: a conference as the core thread has it: calls sit in it by
// MediaSession::joinConference(), the operator by connectHeadset(). Destroying it ends it; calls
// that still sit there are alone then. Everything here returns at once. Thread: core.
#pragma once

#include "audio/AudioDevice.h"
#include "media/MediaCommand.h"

#include <functional>
#include <memory>

namespace hs::media {

class ConferenceSession {
public:
    using Post = std::function<void(MediaCommand)>; // to the media loop
    static constexpr int mostCalls = 32;

    explicit ConferenceSession(Post post);
    ~ConferenceSession();
    ConferenceSession(const ConferenceSession&) = delete;
    ConferenceSession& operator=(const ConferenceSession&) = delete;

    void connectHeadset(std::shared_ptr<audio::HeadsetRings> rings);
    void disconnectHeadset();
    void setMuted(bool muted);
    const std::shared_ptr<ConferenceRoom>& room() const { return m_room; } // the media loop's

private:
    Post m_post;
    std::shared_ptr<ConferenceRoom> m_room;
};

} // namespace hs::media
