// Settings: everything that can be configured, as typed values with their defaults. Read from
// command line, environment and file by engine/Configuration. Thread: a value.
#pragma once

#include "base/HostPort.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace hs::model {

enum class RecordingMode { All, Incoming, Machine, Off };
enum class RecordingChannels { Stereo, Inbound };
enum class LogLevel { Debug, Info, Warning, Error };

struct Settings {
    // SIP
    base::IpAddress sipAddress = base::IpAddress::anyV4();
    std::uint16_t sipPort = 5062;
    std::optional<base::HostPort> sipServer; // without one only full URIs can be dialled
    QList<base::Subnet> sipAllow; // empty: loopback, private networks and the SIP server
    std::optional<std::chrono::seconds> autoAnswerAfter; // none: never
    std::chrono::seconds ringTimeout{60};
    std::optional<int> maxCalls; // none: as many as there are RTP ports

    // RTP: slot i is the even port first + 4 i, RTCP the next one
    std::uint16_t rtpPortFirst = 31000;
    std::uint16_t rtpPortLast = 32767;

    // WebSocket
    QList<base::Endpoint> webSocketListen; // empty: 127.0.0.1:8080 and [::1]:8080
    QString webSocketTokenFile;
    bool webSocketPlainOk = false;
    bool webSocketQueryToken = false;
    QStringList webSocketOrigins; // allowed beside requests without Origin and our own
    bool legacyRingingEvent = true;
    bool clientsHearOperator = true;

    // Files. Empty paths mean the default that the engine resolves; greeting "none" is silence.
    QString greeting;
    QString recordings;
    RecordingMode recordingMode = RecordingMode::All;
    RecordingChannels recordingChannels = RecordingChannels::Stereo;
    QString database;
    QString logFile;
    LogLevel logLevel = LogLevel::Info;
};

} // namespace hs::model
