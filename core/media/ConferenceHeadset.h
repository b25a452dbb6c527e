// ConferenceHeadset: the operator as a member of a conference: what the microphone hears is said
// there, every 20 ms, and what the others say is played. Thread: media, without allocation.
#pragma once

#include "media/ConferenceBridge.h"
#include "media/MediaCommand.h"
#include "media/PeakMeter.h"

namespace hs::media {

class ConferenceHeadset {
public:
    // Takes command::ConferenceHeadset; gives back the node that is not needed any more.
    CommandNode connect(CommandNode node, ConferenceBridge& bridge, base::TimePoint now);
    // Nothing of the microphone from now on, not even what it has heard already.
    void setMuted(bool muted, ConferenceBridge& bridge);
    void run(ConferenceBridge& bridge, base::TimePoint now);

    // Of the microphone. Its level is that of the last second or so, 0..32767; 0 while it is muted.
    bool isConnected() const { return rings() != nullptr; }
    bool isMuted() const { return m_muted; }
    std::int64_t stalledMs(base::TimePoint now) const; // how long it has given nothing
    std::uint16_t level() const { return m_level; }

private:
    audio::HeadsetRings* rings() const;
    void say(ConferenceBridge& bridge);

    ConferenceMember m_member;
    CommandNode m_node;
    bool m_muted = false;
    bool m_flowing = false; // the microphone has filled its ring far enough
    base::TimePoint m_next{};
    std::optional<base::TimePoint> m_stalledSince;
    PeakMeter m_peak;
    std::uint16_t m_level = 0;
    int m_frames = 0;
};

} // namespace hs::media
