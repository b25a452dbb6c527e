// CallSettings: what of the configuration the calls go by. Thread: a value.
#pragma once

#include "audio/Clip.h"
#include "media/HoldMusic.h"
#include "model/Account.h"
#include "model/Settings.h"

#include <memory>
#include <vector>

namespace hs::call {

struct CallSettings {
    std::optional<base::HostPort> sipServer;
    QList<base::Subnet> allow; // empty: loopback, private networks and the SIP server
    std::optional<std::chrono::seconds> autoAnswerAfter;
    std::chrono::seconds ringTimeout{60};
    int maxCalls = 0; // 0: as many as there are RTP ports
    model::RecordingMode recordingMode = model::RecordingMode::All;
    model::RecordingChannels recordingChannels = model::RecordingChannels::Stereo;
    QString recordingFolder;
    std::shared_ptr<const audio::Clip> greeting; // null: silence
    QStringList codecs; // of model::allCodecs(), in order of choice; empty: all
    std::shared_ptr<const media::HoldMusic> holdMusic; // null: quiet
    bool hasOperator = false; // a console: somebody with a headset
    bool followRedirects = true;
    model::RemoteAutoAnswer remoteAutoAnswer = model::RemoteAutoAnswer::Accounts;
    std::chrono::seconds rtpTimeout{120}; // 0: never
    QString localUser = QStringLiteral("hookswitch"); // in From and Contact of our calls
};

} // namespace hs::call
