#include "call/DialTarget.h"

#include "base/Text.h"

namespace hs::call {

namespace {
constexpr qsizetype longestTarget = 256;
constexpr qsizetype longestNumber = 64;

QString cleaned(const QString& text)
{
    QString number;
    for (const QChar c : text) {
        if (!c.isSpace() && !QStringLiteral(".-()/").contains(c)) {
            number += c;
        }
    }
    return number;
}

bool isNumber(const QString& text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text.at(i).unicode();
        const bool fits = (c >= u'0' && c <= u'9') || c == u'*' || c == u'#'
            || (c >= u'A' && c <= u'D') || (c >= u'a' && c <= u'd') || (c == u'+' && i == 0);
        if (!fits) {
            return false;
        }
    }
    return !text.isEmpty() && text != QStringLiteral("+");
}

base::Error refuse(const QString& text, const char* why)
{
    return {QStringLiteral("'%1' can't be dialled: %2")
                .arg(base::printable(text, 80), QString::fromLatin1(why))};
}

// What a link may say beside the address. Anything else (method, maddr, ttl, ...) would steer our
// INVITE somewhere that its text does not show (RFC 3261 section 19.1.5).
void keepHarmlessParams(sip::Uri& uri)
{
    sip::Params kept;
    for (const sip::Param& param : uri.params) {
        for (const char* name : {"transport", "user", "gr"}) {
            if (base::equalsIgnoreCase(param.name, name)) {
                kept.append(param);
            }
        }
    }
    uri.params = kept;
}

base::Result<DialTarget> parseUri(const QString& text)
{
    std::optional<sip::Uri> uri = sip::Uri::parse(text.toUtf8());
    if (!uri || !uri->isSip() || uri->host.isEmpty()) {
        return refuse(text, "it is no SIP URI; write it like sip:200@192.0.2.1");
    }
    if (const auto transport = uri->params.find("transport")) {
        const auto is = [&transport](const char* name) {
            return base::equalsIgnoreCase(*transport, name);
        };
        if (!is("udp") && !is("tcp") && !is("tls")) {
            return refuse(text, "its transport is none of udp, tcp and tls");
        }
        if (uri->isSips() && is("udp")) {
            return refuse(text, "sips: goes over TLS, not over UDP");
        }
    }
    uri = uri->forRequest();
    uri->password = QByteArray(); // a link must not write one into our INVITE
    keepHarmlessParams(*uri);
    return DialTarget{*uri, numberOf(*uri, {})};
}

// What stands behind the scheme of a link: some are written like "callto://200", with escapes, and
// with parameters behind ';' or '?' (RFC 3966; callto was never specified).
QString insideLink(const QString& text)
{
    QString inside = text.mid(text.indexOf(u':') + 1);
    while (inside.startsWith(u'/')) {
        inside.remove(0, 1);
    }
    for (const QChar end : {u';', u'?'}) {
        inside = inside.section(end, 0, 0);
    }
    return QString::fromUtf8(QByteArray::fromPercentEncoding(inside.toUtf8())).trimmed();
}

base::Result<DialTarget> parseNumber(const QString& text,
                                     const std::optional<base::HostPort>& server)
{
    const QString number = cleaned(text);
    if (!isNumber(number) || number.size() > longestNumber) {
        return refuse(text, "a number has digits, +, * and #; anything else needs a full sip: URI");
    }
    if (!server) {
        return refuse(text,
                      "no SIP server is configured (sip_server, SIP_SERVER_IP), so only full "
                      "sip: URIs can be dialled");
    }
    DialTarget target;
    target.isNumber = true;
    target.number = number;
    target.uri.scheme = "sip";
    target.uri.user = sip::Uri::escapeUser(number.toUtf8());
    target.uri.host = server->host;
    target.uri.port = server->port != 0 ? server->port : std::uint16_t(5060);
    return target;
}
} // namespace

base::Result<DialTarget> parseDialTarget(const QString& text,
                                         const std::optional<base::HostPort>& server)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return refuse(trimmed, "it is empty");
    }
    if (trimmed.size() > longestTarget) {
        return refuse(trimmed, "it is longer than 256 characters");
    }
    const QString lower = trimmed.toLower();
    if (lower.startsWith(QStringLiteral("sip:")) || lower.startsWith(QStringLiteral("sips:"))) {
        const QString scheme = lower.left(lower.indexOf(u':') + 1);
        QString rest = trimmed.mid(scheme.size());
        if (rest.startsWith(QStringLiteral("//"))) {
            rest.remove(0, 2); // many pages write it like an address of the web
        }
        return parseUri(scheme + rest);
    }
    if (lower.startsWith(QStringLiteral("tel:"))) {
        return parseNumber(insideLink(trimmed), server);
    }
    if (lower.startsWith(QStringLiteral("callto:"))) {
        const QString inside = insideLink(trimmed);
        return inside.contains(u'@') ? parseUri(QStringLiteral("sip:") + inside)
                                     : parseNumber(inside, server);
    }
    if (const qsizetype at = trimmed.indexOf(u'@'); at > 0 && !trimmed.left(at).contains(u':')) {
        return parseUri(QStringLiteral("sip:") + trimmed);
    }
    return parseNumber(trimmed, server);
}

QString numberOf(const sip::Uri& uri, const QString& displayName)
{
    QByteArray user = uri.isSip() ? uri.userDecoded() : uri.opaque;
    if (const qsizetype semicolon = user.indexOf(';'); semicolon >= 0) {
        user.truncate(semicolon);
    }
    if (!user.isEmpty()) {
        return base::printable(user, 128);
    }
    return displayName.isEmpty() ? base::printable(uri.host, 128) : displayName;
}

} // namespace hs::call
