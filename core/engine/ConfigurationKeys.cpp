#include "engine/ConfigurationKeys.h"

#include "engine/ConfigurationValues.h"

#include <array>

namespace hs::engine {

using model::Settings;

namespace {
using Draft = ConfigurationDraft;

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

QString yesNo(bool value)
{
    return value ? QStringLiteral("yes") : QStringLiteral("no");
}

QString orNone(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("none") : text;
}

QString applyPath(const QString& value, QString& path)
{
    path = value; // made absolute when all is known
    return {};
}

QString applyOptionalPath(const QString& value, QString& path)
{
    path = value == QStringLiteral("none") ? QString() : value;
    return {};
}

QString applyGreeting(Draft& draft, const QString& value)
{
    draft.settings.greeting = value == QStringLiteral("built-in") ? QString() : value;
    return {};
}

// The variable that gives its key's whole value.
constexpr std::array<EnvironmentVariable, 2> variable(const char* name,
                                                      QString (*apply)(Draft&, const QString&))
{
    return {EnvironmentVariable{name, KeyPart::Whole, apply}, EnvironmentVariable{}};
}

struct KeyText {
    const char* name;
    const char* option;
    const char* valueName;
    const char* help;
    const char* defaultText = nullptr;
};

constexpr ConfigurationKey key(const KeyText& text, QString (*apply)(Draft&, const QString&),
                               QString (*print)(const Settings&), const char* variableName)
{
    return {text.name,        text.option, text.valueName, text.help,
            text.defaultText, apply,       print,          variable(variableName, apply)};
}

constexpr ConfigurationKey key(const KeyText& text, QString (*apply)(Draft&, const QString&),
                               QString (*print)(const Settings&), const EnvironmentVariable& first,
                               const EnvironmentVariable& second)
{
    return {text.name,        text.option, text.valueName, text.help,
            text.defaultText, apply,       print,          {first, second}};
}

constexpr std::array keys{
    key(
        {"sip_address", "sip-address", "ADDRESS", "address that SIP listens on"},
        [](Draft& d, const QString& v) { return take(parseAddress(v), d.settings.sipAddress); },
        [](const Settings& s) { return QString::fromLatin1(s.sipAddress.toString()); },
        "SIP_LOCAL_IP"),
    key(
        {"sip_port", "sip-port", "PORT", "port that SIP listens on; 0 is any free one"},
        [](Draft& d, const QString& v) { return take(parsePortValue(v), d.settings.sipPort); },
        [](const Settings& s) { return QString::number(s.sipPort); }, "SIP_LOCAL_PORT"),
    key(
        {"sip_server", "sip-server", "HOST[:PORT]",
         "server by which numbers are dialled; without one only sip: URIs can be"},
        [](Draft& d, const QString& v) { return d.setServer(v); },
        [](const Settings& s) {
            return s.sipServer ? QString::fromUtf8(s.sipServer->toString()) : orNone({});
        },
        {"SIP_SERVER_IP", KeyPart::First,
         [](Draft& d, const QString& v) { return d.setServerHost(v); }},
        {"SIP_SERVER_PORT", KeyPart::Second,
         [](Draft& d, const QString& v) { return d.setServerPort(v); }}),
    key(
        {"sip_allow", "sip-allow", "NETWORKS",
         "who may call: networks with commas between, or 'private', 'any', 'none'",
         "private (loopback, private networks, the SIP server)"},
        [](Draft& d, const QString& v) { return take(parseAllow(v), d.settings.sipAllow); },
        [](const Settings& s) { return printAllow(s.sipAllow); }, "SIP_ALLOW"),
    key(
        {"auto_answer_after", "auto-answer-after", "SECONDS",
         "when the machine answers incoming calls: 0 is at once, or 'never'",
         "0 for hookswitchd, never for the console"},
        [](Draft& d, const QString& v) {
            return take(parseAutoAnswer(v), d.settings.autoAnswerAfter);
        },
        [](const Settings& s) {
            return s.autoAnswerAfter ? QString::number(s.autoAnswerAfter->count())
                                     : QStringLiteral("never");
        },
        "AUTO_ANSWER_AFTER"),
    key(
        {"ring_timeout", "ring-timeout", "SECONDS", "how long an incoming call may ring"},
        [](Draft& d, const QString& v) {
            return take(parseNumber(v, 1, 3600), d.settings.ringTimeout);
        },
        [](const Settings& s) { return QString::number(s.ringTimeout.count()); }, "RING_TIMEOUT"),
    key(
        {"max_calls", "max-calls", "NUMBER", "how many calls at once, or 'ports'",
         "ports (as many as there are RTP ports)"},
        [](Draft& d, const QString& v) { return d.setMaxCalls(v); },
        [](const Settings& s) {
            return s.maxCalls ? QString::number(*s.maxCalls) : QStringLiteral("ports");
        },
        "MAX_CALLS"),
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
        applyGreeting,
        [](const Settings& s) {
            return s.greeting.isEmpty() ? QStringLiteral("built-in") : s.greeting;
        },
        "GREETING_FILE"),
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
    return keys;
}

const ConfigurationKey* configurationKey(const QString& name)
{
    for (const ConfigurationKey& candidate : keys) {
        if (name == QLatin1String(candidate.name)) {
            return &candidate;
        }
    }
    return nullptr;
}

QStringList configurationKeyNames()
{
    QStringList names;
    for (const ConfigurationKey& candidate : keys) {
        names << QLatin1String(candidate.name);
    }
    return names;
}

QStringList configurationOptionNames()
{
    QStringList names;
    for (const ConfigurationKey& candidate : keys) {
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
