#include "control/AccessPolicy.h"

#include "base/Text.h"

#include <QCryptographicHash>

#include <algorithm>

namespace hs::control {

namespace {
constexpr std::uint16_t httpPort = 80;
constexpr std::uint16_t httpsPort = 443;

QByteArray digestOf(const QByteArray& token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

// Takes the same time wherever the two differ; digests, so that their lengths tell nothing either.
bool isSameDigest(const QByteArray& a, const QByteArray& b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i])
                                            ^ static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}
} // namespace

AccessPolicy::AccessPolicy(const ControlSettings& settings)
    : m_hosts(settings.hosts)
    , m_tokenDigest(settings.token.isEmpty() ? QByteArray() : digestOf(settings.token))
    , m_queryToken(settings.queryToken)
{
    for (const base::Endpoint& each : settings.listen) {
        if (!each.address().isAny()) { // 0.0.0.0 is nobody's name
            m_addresses.append(each.address());
        }
    }
    for (const QString& origin : settings.origins) {
        QByteArray text = base::toLower(origin.toUtf8().trimmed());
        while (text.endsWith('/')) {
            text.chop(1);
        }
        m_origins.append(text);
    }
}

bool AccessPolicy::isOurHost(QByteArrayView text, std::uint16_t defaultPort,
                             const base::Endpoint& local) const
{
    const base::Result<base::HostPort> parsed = base::HostPort::parse(text);
    if (!parsed) {
        return false;
    }
    const std::uint16_t port = parsed->port != 0 ? parsed->port : defaultPort;
    const bool named = std::any_of(m_hosts.begin(), m_hosts.end(), [&](const auto& each) {
        return base::equalsIgnoreCase(each.host, parsed->host)
            && (each.port == 0 || each.port == port);
    });
    if (named) {
        return true;
    }
    if (port != local.port()) {
        return false;
    }
    const std::optional<base::IpAddress> address = parsed->address();
    if (!address) {
        return base::equalsIgnoreCase(parsed->host, QByteArrayView("localhost"));
    }
    return address->isLoopback() || *address == local.address() || m_addresses.contains(*address);
}

bool AccessPolicy::isOurOrigin(QByteArrayView origin, const base::Endpoint& local) const
{
    const QByteArray text = base::toLower(origin);
    if (m_origins.contains(text)) {
        return true;
    }
    constexpr QByteArrayView plain("http://");
    constexpr QByteArrayView secure("https://");
    if (text.startsWith(plain)) {
        return isOurHost(QByteArrayView(text).sliced(plain.size()), httpPort, local);
    }
    return text.startsWith(secure)
        && isOurHost(QByteArrayView(text).sliced(secure.size()), httpsPort, local);
}

std::optional<HttpResponse> AccessPolicy::refuseSite(const HttpRequest& request,
                                                     const base::Endpoint& local) const
{
    if (!isOurHost(request.value("host"), httpPort, local)) {
        return HttpResponse::refusal(
            403,
            QStringLiteral("The Host '%1' is none of this server's names; connect to "
                           "localhost or to its address.")
                .arg(base::printable(request.value("host"), 100)));
    }
    const qsizetype origins = request.count("origin");
    if (origins == 0) {
        return std::nullopt; // not a browser
    }
    if (origins > 1 || !isOurOrigin(request.value("origin"), local)) {
        return HttpResponse::refusal(403,
                                     QStringLiteral("Pages of '%1' may not connect; allow them "
                                                    "with ws_origins.")
                                         .arg(base::printable(request.value("origin"), 100)));
    }
    return std::nullopt;
}

std::optional<HttpResponse> AccessPolicy::refuseToken(const HttpRequest& request) const
{
    if (m_tokenDigest.isEmpty()) {
        return std::nullopt;
    }
    constexpr QByteArrayView scheme("bearer ");
    const QByteArrayView authorization = request.value("authorization");
    std::optional<QByteArray> given;
    if (authorization.size() > scheme.size()
        && base::equalsIgnoreCase(authorization.first(scheme.size()), scheme)) {
        given = base::trimmed(authorization.sliced(scheme.size())).toByteArray();
    } else if (m_queryToken) {
        given = request.queryValue("token");
    }
    if (given && isSameDigest(digestOf(*given), m_tokenDigest)) {
        return std::nullopt;
    }
    // RFC 6750 3: an error code only where a token was given.
    const QByteArray challenge = QByteArrayLiteral("WWW-Authenticate: Bearer realm=\"hookswitch\"");
    if (given) {
        return HttpResponse::refusal(401, QStringLiteral("The token is wrong."),
                                     challenge + ", error=\"invalid_token\"");
    }
    const bool inQuery = request.queryValue("token").has_value();
    return HttpResponse::refusal(
        401,
        inQuery ? QStringLiteral("A token in the URL is not taken here (ws_query_token); send "
                                 "Authorization: Bearer TOKEN.")
                : QStringLiteral("A token is needed: send Authorization: Bearer TOKEN."),
        challenge);
}

} // namespace hs::control
