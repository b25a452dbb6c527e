// MediaCommand: what the core thread tells the media loop, as values in the nodes of a mailbox. A
// node whose memory the loop needs for longer (queued audio, a greeting, a headset) stays with the
// stream; all go back to the core thread to be freed there. Thread: crosses from core to media.
#pragma once

#include "audio/AudioDevice.h"
#include "audio/Clip.h"
#include "base/Mailbox.h"
#include "media/MediaParameters.h"
#include "media/MediaReports.h"
#include "media/StreamCodecs.h"

#include <QByteArray>

#include <memory>
#include <variant>
#include <vector>

namespace hs::media {

class MediaStream;
class ConferenceMember;
class HoldMusic;
struct ConferenceRoom;

struct DestroyStream {
    void operator()(MediaStream* stream) const;
};
using StreamPointer = std::unique_ptr<MediaStream, DestroyStream>;

namespace command {

struct Open {
    StreamPointer stream;
};
struct Close {
    StreamPointer closed; // filled by the loop: the stream comes home in the node that closed it
};
struct SetParameters {
    MediaParameters parameters;
    // Null: those that are in use stay. The ones that are replaced come home in this node.
    std::unique_ptr<StreamCodecs> codecs{};
};
struct Start { };
struct Play {
    std::vector<std::int16_t> samples; // not empty; StreamCodecs::narrowRate
};
struct ClearQueue { };
struct PauseQueue {
    bool paused = false;
};
struct PlayGreeting {
    std::shared_ptr<const audio::Clip> clip;
};
struct StopGreeting { };
struct ConnectHeadset {
    std::shared_ptr<audio::HeadsetRings> rings;
};
struct DisconnectHeadset { };
struct Mute {
    bool muted = false;
};
struct SendDigits {
    QByteArray digits;
    DigitMethod method = DigitMethod::Rfc4733;
    int durationMs = 0;
    int gapMs = 0;
};
struct StopDigits { };
struct DetectInBand {
    bool wanted = false;
};
struct SetListeners {
    int packet = 0;
    int pcm = 0;
};
struct StartRecording {
    std::uint32_t recording = 0;
};
struct StopRecording { };
struct PlayMusic {
    std::shared_ptr<const HoldMusic> music; // null: none
};
struct JoinConference {
    std::shared_ptr<ConferenceRoom> room;
    std::shared_ptr<ConferenceMember> member;
};
struct LeaveConference { };
// Those of a conference as a whole have no stream.
struct OpenConference {
    std::shared_ptr<ConferenceRoom> room;
};
struct CloseConference {
    std::shared_ptr<ConferenceRoom> room;
};
// The room's own nodes keep it: those of OpenConference and CloseConference, before and behind
// these. One that stays with its headset must not.
struct ConferenceHeadset {
    ConferenceRoom* room = nullptr;
    std::shared_ptr<audio::HeadsetRings> rings; // null: the operator leaves
};
struct ConferenceMute {
    ConferenceRoom* room = nullptr;
    bool muted = false;
};

} // namespace command

struct MediaCommand {
    MediaStream* stream = nullptr; // of Open too; null: for a conference
    std::variant<command::Open, command::Close, command::SetParameters, command::Start,
                 command::Play, command::ClearQueue, command::PauseQueue, command::PlayGreeting,
                 command::StopGreeting, command::ConnectHeadset, command::DisconnectHeadset,
                 command::Mute, command::SetListeners, command::StartRecording,
                 command::StopRecording, command::SendDigits, command::StopDigits,
                 command::DetectInBand, command::PlayMusic, command::JoinConference,
                 command::LeaveConference, command::OpenConference, command::CloseConference,
                 command::ConferenceHeadset, command::ConferenceMute>
        what;
};

using CommandBox = base::Mailbox<MediaCommand>;
using CommandNode = std::unique_ptr<CommandBox::Node>;

} // namespace hs::media
