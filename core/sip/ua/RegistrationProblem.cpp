#include "sip/ua/RegistrationProblem.h"

#include "base/HostPort.h"
#include "base/Text.h"
#include "sip/message/StatusCode.h"
#include "sip/transport/ConnectFailure.h"

namespace hs::sip {

namespace {
QString words(const Response& response)
{
    const QByteArray reason =
        response.reasonPhrase.isEmpty() ? reasonPhrase(response.statusCode) : response.reasonPhrase;
    return QStringLiteral("%1 %2").arg(response.statusCode).arg(base::printable(reason, 80));
}

QString ofRedirection(const Response& response)
{
    const QList<NameAddr> contacts = response.contacts();
    const bool isKnown = !contacts.isEmpty() && contacts.first().uri.isSip();
    if (!isKnown) {
        return QStringLiteral("the server sends us elsewhere and does not say where (%1): ask who "
                              "runs it for the registrar to set")
            .arg(words(response));
    }
    const Uri& uri = contacts.first().uri;
    const QString where = base::printable(base::HostPort{uri.host, uri.port}.toString(), 100);
    return QStringLiteral("the server sends us to %1 (%2): set that as the account's registrar")
        .arg(where, words(response));
}

// RFC 3261 section 10.2.8: what it grants at once was asked for already.
QString ofTooBrief(const Response& response)
{
    const std::optional<std::uint32_t> least = response.minExpires();
    return least ? QStringLiteral("the server wants registrations to last at least %1 s (%2): set "
                                  "the account's expiry to that")
                       .arg(*least)
                       .arg(words(response))
                 : QStringLiteral("the server wants registrations to last longer and does not say "
                                  "how long (%1): set a longer expiry for the account")
                       .arg(words(response));
}
} // namespace

QString RegistrationProblem::ofRefusal(const Response& response, const Uri& addressOfRecord)
{
    const QString what = words(response);
    const QString user = base::printable(addressOfRecord.userDecoded(), 60);
    const QString domain = base::printable(addressOfRecord.host, 100);
    switch (response.statusCode) {
    case 403:
        return QStringLiteral("the server does not let '%1' register (%2): check user name and "
                              "password, and at the server whether it may register from here and "
                              "how many telephones it may have")
            .arg(user, what);
    case 404:
    case 410:
    case 604:
        return QStringLiteral("the server knows no '%1' at %2 (%3): check the account's user name "
                              "and domain")
            .arg(user, domain, what);
    case 405:
    case 501:
        return QStringLiteral("the server takes no registrations (%1): check the account's "
                              "registrar, or let the account not register")
            .arg(what);
    case 423:
        return ofTooBrief(response);
    case 408:
    case 480:
    case 500:
    case 502:
    case 503:
    case 504:
        return QStringLiteral("the server can't do it at present (%1): if that stays so, ask who "
                              "runs it")
            .arg(what);
    default:
        return response.statusCode < 400
            ? ofRedirection(response)
            : QStringLiteral("the server refuses to register '%1' (%2): ask who runs it")
                  .arg(user, what);
    }
}

QString RegistrationProblem::ofSilence(const Uri& server, const Hop& tried)
{
    const QString at = QString::fromLatin1(tried.remote.toString());
    return QStringLiteral("the server %1 does not answer over %2: check its address and port, and "
                          "that it runs")
        .arg(base::IpAddress::parse(server.host)
                 ? at
                 : QStringLiteral("%1 (%2)").arg(base::printable(server.host, 100), at),
             nameOf(tried.kind));
}

} // namespace hs::sip
