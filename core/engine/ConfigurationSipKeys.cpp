#include "engine/CodecList.h"
#include "engine/ConfigurationKeyTable.h"

#include <array>

namespace hs::engine {

using model::Settings;

namespace {
const QStringList& remoteWords()
{
    static const QStringList words{QStringLiteral("no"), QStringLiteral("accounts"),
                                   QStringLiteral("yes")};
    return words;
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
        {"sip_tcp", "sip-tcp", "yes|no", "listen for SIP over TCP too, on the same port"},
        [](Draft& d, const QString& v) { return take(parseYesNo(v), d.settings.sipTcp); },
        [](const Settings& s) { return yesNo(s.sipTcp); }, "SIP_TCP"),
    key(
        {"sip_tls_port", "sip-tls-port", "PORT",
         "port that SIP over TLS listens on, 0 is any free one; or 'none'"},
        [](Draft& d, const QString& v) { return take(parseTlsPort(v), d.settings.tlsPort); },
        [](const Settings& s) { return s.tlsPort ? QString::number(*s.tlsPort) : orNone({}); },
        "SIP_TLS_PORT"),
    key(
        {"sip_tls_certificate", "sip-tls-certificate", "FILE",
         "certificate (PEM, with its chain) that is shown to who connects by TLS"},
        [](Draft& d, const QString& v) { return applyOptionalPath(v, d.settings.tlsCertificate); },
        [](const Settings& s) { return orNone(s.tlsCertificate); }, "SIP_TLS_CERTIFICATE"),
    key(
        {"sip_tls_key", "sip-tls-key", "FILE", "the certificate's private key (PEM)"},
        [](Draft& d, const QString& v) { return applyOptionalPath(v, d.settings.tlsKey); },
        [](const Settings& s) { return orNone(s.tlsKey); }, "SIP_TLS_KEY"),
    key(
        {"sip_tls_ca", "sip-tls-ca", "FILE",
         "certificates (PEM) of authorities to trust beside the system's"},
        [](Draft& d, const QString& v) { return applyOptionalPath(v, d.settings.tlsAuthorities); },
        [](const Settings& s) { return orNone(s.tlsAuthorities); }, "SIP_TLS_CA"),
    key(
        {"sip_dns", "sip-dns", "ADDRESSES",
         "DNS servers to ask, ADDRESS[:PORT] with commas between, or 'system'"},
        [](Draft& d, const QString& v) { return take(parseDnsList(v), d.settings.dnsServers); },
        [](const Settings& s) { return printDnsList(s.dnsServers); }, "SIP_DNS"),
    key(
        {"follow_redirects", nullptr, "yes|no", "dial on where a 3xx answer leads"},
        [](Draft& d, const QString& v) { return take(parseYesNo(v), d.settings.followRedirects); },
        [](const Settings& s) { return yesNo(s.followRedirects); }, "FOLLOW_REDIRECTS"),
    key(
        {"remote_auto_answer", "remote-auto-answer", "WHOSE",
         "who may have a call answered at once (intercom): no, accounts (their servers) or yes"},
        [](Draft& d, const QString& v) {
            return take(parseWord(v, remoteWords()), d.settings.remoteAutoAnswer);
        },
        [](const Settings& s) { return remoteWords().at(static_cast<int>(s.remoteAutoAnswer)); },
        "REMOTE_AUTO_ANSWER"),
    key(
        {"session_timer", "session-timer", "SECONDS",
         "session expiry that is asked for (RFC 4028), 90 to 86400; 0 asks for none"},
        [](Draft& d, const QString& v) {
            return take(parseZeroOr(v, 90, 86400), d.settings.sessionTimer);
        },
        [](const Settings& s) { return QString::number(s.sessionTimer.count()); }, "SESSION_TIMER"),
    key(
        {"rtp_timeout", "rtp-timeout", "SECONDS",
         "a call is ended when neither RTP nor RTCP came for so long, 5 to 86400; 0: never"},
        [](Draft& d, const QString& v) {
            return take(parseZeroOr(v, 5, 86400), d.settings.rtpTimeout);
        },
        [](const Settings& s) { return QString::number(s.rtpTimeout.count()); }, "RTP_TIMEOUT"),
    key(
        {"codecs", "codecs", "CODECS",
         "what calls may be spoken in, in order of choice, with commas between"},
        [](Draft& d, const QString& v) { return take(parseCodecs(v), d.settings.codecs); },
        [](const Settings& s) { return printCodecs(s.codecs); }, "CODECS"),
    key(
        {"stun_server", "stun-server", "HOST[:PORT]",
         "server that is asked for our public address, or 'none'"},
        [](Draft& d, const QString& v) { return take(parseServer(v), d.settings.stunServer); },
        [](const Settings& s) {
            return s.stunServer ? QString::fromUtf8(s.stunServer->toString()) : orNone({});
        },
        "STUN_SERVER"),
    key(
        {"public_address", "public-address", "ADDRESS",
         "our address as public far ends see it, or 'none'"},
        [](Draft& d, const QString& v) {
            return take(parsePublicAddress(v), d.settings.publicAddress);
        },
        [](const Settings& s) {
            return s.publicAddress ? QString::fromLatin1(s.publicAddress->toString()) : orNone({});
        },
        "PUBLIC_ADDRESS"),
};
} // namespace

std::span<const ConfigurationKey> sipKeys()
{
    return keys;
}

} // namespace hs::engine
