// Settings: everything that can be configured, as typed values with their defaults. Read from
// command line, environment and file by engine/Configuration. Thread: a value.
#pragma once

#include "base/HostPort.h"
#include "model/Account.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace hs::model {

enum class RecordingMode { All, Incoming, Machine, Off };
enum class RecordingChannels { Stereo, Inbound };
// Whose wish that we answer at once (Call-Info, Alert-Info) is granted: nobody's, that of the
// servers of our accounts, everyone's.
enum class RemoteAutoAnswer { No, Accounts, Yes };
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
    QList<Account> accounts; // in the order of the file; at most one is the default

    // SIP over streams: TCP listens on sipPort as UDP does, TLS on a port of its own
    bool sipTcp = true;
    std::optional<std::uint16_t> tlsPort; // none: TLS for what we connect to only
    QString tlsCertificate; // PEM, chain included; needed to listen
    QString tlsKey; // PEM
    QString
        tlsAuthorities; // PEM of a CA of one's own, beside the system's; empty: the system's alone
    QList<base::Endpoint> dnsServers; // empty: the system's

    // What a call does
    bool followRedirects = true; // 3xx
    RemoteAutoAnswer remoteAutoAnswer = RemoteAutoAnswer::Accounts;
    std::chrono::seconds sessionTimer{1800}; // RFC 4028; 0: none asked for
    std::chrono::seconds rtpTimeout{120}; // without RTP and RTCP a call is ended; 0: never
    std::optional<base::HostPort> stunServer; // asked for our public address (RFC 8489)
    std::optional<base::IpAddress> publicAddress; // in place of ours towards public addresses

    QStringList codecs = allCodecs(); // in order of choice, for calls of no account's own

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
    QString holdMusic; // as greeting
    QString recordings;
    RecordingMode recordingMode = RecordingMode::All;
    RecordingChannels recordingChannels = RecordingChannels::Stereo;
    QString database;
    QString logFile;
    LogLevel logLevel = LogLevel::Info;
};

} // namespace hs::model
