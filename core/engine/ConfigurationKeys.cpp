#include "engine/ConfigurationKeys.h"

#include "engine/ConfigurationKeyTable.h"

#include <array>
#include <vector>

namespace hs::engine {

using model::Settings;

namespace {
const QStringList& recordWords()
{
    static const QStringList words{QStringLiteral("all"), QStringLiteral("incoming"),
                                   QStringLiteral("machine"), QStringLiteral("off")};
    return words;
}

const QStringList& channelWords()
{
    static const QStringList words{QStringLiteral("stereo"), QStringLiteral("inbound")};
    return words;
}

const QStringList& levelWords()
{
    static const QStringList words{QStringLiteral("debug"), QStringLiteral("info"),
                                   QStringLiteral("warning"), QStringLiteral("error")};
    return words;
}

QString applyPath(const QString& value, QString& path)
{
    path = value; // made absolute when all is known
    return {};
}

QString applySound(const QString& value, QString& sound)
{
    sound = value == QStringLiteral("built-in") ? QString() : value;
    return {};
}

QString orBuiltIn(const QString& sound)
{
    return sound.isEmpty() ? QStringLiteral("built-in") : sound;
}

constexpr std::array otherKeys{
    key(
        {"ws_listen", "ws-listen", "ADDRESS:PORT",
         "where programs connect by WebSocket, several with commas between"},
        [](Draft& d, const QString& v) {
            return take(parseListenList(v), d.settings.webSocketListen);
        },
        [](const Settings& s) { return printListenList(listenOrDefault(s)); },
        {"WS_HOST", KeyPart::First, [](Draft& d, const QString& v) { return d.setListenHost(v); }},
        {"WS_PORT", KeyPart::Second,
         [](Draft& d, const QString& v) { return d.setListenPort(v); }}),
    key(
        {"ws_token_file", "ws-token-file", "FILE",
         "the token that programs must show; required unless only this machine can connect"},
        [](Draft& d, const QString& v) {
            return applyOptionalPath(v, d.settings.webSocketTokenFile);
        },
        [](const Settings& s) { return orNone(s.webSocketTokenFile); }, "WS_TOKEN_FILE"),
    key(
        {"ws_plain_ok", nullptr, "yes|no", "accept programs of other machines without TLS"},
        [](Draft& d, const QString& v) { return take(parseYesNo(v), d.settings.webSocketPlainOk); },
        [](const Settings& s) { return yesNo(s.webSocketPlainOk); }, "WS_PLAIN_OK"),
    key(
        {"ws_query_token", nullptr, "yes|no", "accept the token in the address, as ?token="},
        [](Draft& d, const QString& v) {
            return take(parseYesNo(v), d.settings.webSocketQueryToken);
        },
        [](const Settings& s) { return yesNo(s.webSocketQueryToken); }, "WS_QUERY_TOKEN"),
    key(
        {"ws_origins", nullptr, "ORIGINS", "web pages that may connect, with commas between"},
        [](Draft& d, const QString& v) {
            return take(parseOrigins(v), d.settings.webSocketOrigins);
        },
        [](const Settings& s) { return orNone(s.webSocketOrigins.join(QStringLiteral(", "))); },
        "WS_ORIGINS"),
    key(
        {"rtp_ports", "rtp-ports", "A-B", "UDP ports for audio; a call takes four"},
        [](Draft& d, const QString& v) { return d.setPortRange(v); },
        [](const Settings& s) {
            return QStringLiteral("%1-%2").arg(s.rtpPortFirst).arg(s.rtpPortLast);
        },
        {"RTP_PORT_START", KeyPart::First,
         [](Draft& d, const QString& v) {
             return take(parsePortValue(v), d.settings.rtpPortFirst);
         }},
        {"RTP_PORT_END", KeyPart::Second,
         [](Draft& d, const QString& v) {
             return take(parsePortValue(v), d.settings.rtpPortLast);
         }}),
    key(
        {"greeting", "greeting", "FILE",
         "what callers hear when the machine answers, or 'built-in', 'none'",
         "output/transcode/greeting.wav if there, else built-in"},
        [](Draft& d, const QString& v) { return applySound(v, d.settings.greeting); },
        [](const Settings& s) { return orBuiltIn(s.greeting); }, "GREETING_FILE"),
    key(
        {"hold_music", "hold-music", "FILE",
         "what far ends hear while they are on hold, or 'built-in', 'none'", "built-in"},
        [](Draft& d, const QString& v) { return applySound(v, d.settings.holdMusic); },
        [](const Settings& s) { return orBuiltIn(s.holdMusic); }, "HOLD_MUSIC_FILE"),
    key(
        {"recordings", "recordings", "FOLDER", "where recordings go",
         "recording/ if there, else $XDG_DATA_HOME/hookswitch/recordings"},
        [](Draft& d, const QString& v) { return applyPath(v, d.settings.recordings); },
        [](const Settings& s) { return s.recordings; }, "RECORDING_DIR"),
    key(
        {"record", "record", "WHICH", "calls to record: all, incoming, machine or off"},
        [](Draft& d, const QString& v) {
            return take(parseWord(v, recordWords()), d.settings.recordingMode);
        },
        [](const Settings& s) { return recordWords().at(static_cast<int>(s.recordingMode)); },
        "RECORDING_MODE"),
    key(
        {"record_channels", "record-channels", "CHANNELS",
         "stereo (left the far end, right what it hears), or inbound (the far end alone)"},
        [](Draft& d, const QString& v) {
            return take(parseWord(v, channelWords()), d.settings.recordingChannels);
        },
        [](const Settings& s) { return channelWords().at(static_cast<int>(s.recordingChannels)); },
        "RECORDING_CHANNELS"),
    key(
        {"db", "db", "FILE", "the call log", "$XDG_DATA_HOME/hookswitch/hookswitch.db"},
        [](Draft& d, const QString& v) { return applyPath(v, d.settings.database); },
        [](const Settings& s) { return s.database; }, "HOOKSWITCH_DB"),
    key(
        {"log_file", "log-file", "FILE", "what the program says of its work",
         "$XDG_STATE_HOME/hookswitch/sip_server.log"},
        [](Draft& d, const QString& v) { return applyPath(v, d.settings.logFile); },
        [](const Settings& s) { return s.logFile; }, "SIP_LOG_FILE"),
    key(
        {"log_level", "log-level", "LEVEL", "DEBUG, INFO, WARNING or ERROR"},
        [](Draft& d, const QString& v) {
            return take(parseWord(v, levelWords()), d.settings.logLevel);
        },
        [](const Settings& s) { return levelWords().at(static_cast<int>(s.logLevel)).toUpper(); },
        "LOG_LEVEL"),
    key(
        {"legacy_ringing_event", nullptr, "yes|no",
         "tell a program that dials of ringing by CALL_IGNORE, as the first relay server did"},
        [](Draft& d, const QString& v) {
            return take(parseYesNo(v), d.settings.legacyRingingEvent);
        },
        [](const Settings& s) { return yesNo(s.legacyRingingEvent); }, "LEGACY_RINGING_EVENT"),
    key(
        {"clients_hear_operator", nullptr, "yes|no", "programs hear the operator's calls too"},
        [](Draft& d, const QString& v) {
            return take(parseYesNo(v), d.settings.clientsHearOperator);
        },
        [](const Settings& s) { return yesNo(s.clientsHearOperator); }, "CLIENTS_HEAR_OPERATOR"),
};
} // namespace

std::span<const ConfigurationKey> configurationKeys()
{
    static const std::vector<ConfigurationKey> keys = [] {
        std::vector<ConfigurationKey> all(sipKeys().begin(), sipKeys().end());
        all.insert(all.end(), otherKeys.begin(), otherKeys.end());
        return all;
    }();
    return keys;
}

const ConfigurationKey* configurationKey(const QString& name)
{
    for (const ConfigurationKey& candidate : configurationKeys()) {
        if (name == QLatin1String(candidate.name)) {
            return &candidate;
        }
    }
    return nullptr;
}

QStringList configurationKeyNames()
{
    QStringList names;
    for (const ConfigurationKey& candidate : configurationKeys()) {
        names << QLatin1String(candidate.name);
    }
    return names;
}

QStringList configurationOptionNames()
{
    QStringList names;
    for (const ConfigurationKey& candidate : configurationKeys()) {
        if (candidate.option) {
            names << QLatin1String(candidate.option);
        }
    }
    return names;
}

QString configurationValue(const Settings& settings, const QString& key)
{
    const ConfigurationKey* found = configurationKey(key);
    return found ? found->print(settings) : QString();
}

} // namespace hs::engine
