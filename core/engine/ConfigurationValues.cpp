#include "engine/ConfigurationValues.h"

#include "base/Text.h"

#include <QUrl>

#include <algorithm>

namespace hs::engine {

using base::Endpoint;
using base::Error;
using base::IpAddress;
using base::Result;
using base::Subnet;

namespace {
Error refuse(const QString& text, const QString& why)
{
    return Error{QStringLiteral("'%1' %2").arg(base::printable(text, 100), why)};
}

bool isWord(const QString& text, const char* word)
{
    return text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
}

// The parts of a comma-separated list; none of them may be empty.
Result<QStringList> parts(const QString& text)
{
    QStringList result;
    for (const QString& part : text.split(u',')) {
        result << part.trimmed();
    }
    if (result.contains(QString())) {
        return refuse(text,
                      QStringLiteral("has nothing between two commas or at an end; remove "
                                     "the comma that is too many"));
    }
    return result;
}

Result<QList<Endpoint>> parseListen(const QString& text)
{
    const auto wrong = refuse(text,
                              QStringLiteral("is no ADDRESS:PORT; write it like "
                                             "127.0.0.1:8080 or [::1]:8080"));
    const qsizetype colon = text.lastIndexOf(u':');
    const QString host = text.left(std::max<qsizetype>(colon, 0));
    if (colon < 0 || (host.contains(u':') && !host.startsWith(u'['))) {
        return wrong;
    }
    const auto addresses = parseListenAddress(host);
    const auto port = base::parsePort(text.mid(colon + 1).toUtf8());
    if (!addresses || !port) {
        return wrong;
    }
    QList<Endpoint> endpoints;
    for (const IpAddress& address : *addresses) {
        endpoints << Endpoint(address, *port);
    }
    return endpoints;
}

int distance(const QString& a, const QString& b)
{
    QList<int> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j) {
        row[j] = static_cast<int>(j);
    }
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row.at(0);
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int replaced = diagonal + (a.at(i - 1) == b.at(j - 1) ? 0 : 1);
            diagonal = row.at(j);
            row[j] = std::min({replaced, diagonal + 1, row.at(j - 1) + 1});
        }
    }
    return row.constLast();
}
} // namespace

Result<int> parseNumber(const QString& text, int least, int most)
{
    const auto number = base::parseU32(text.toUtf8());
    if (!number || *number < static_cast<quint32>(least) || *number > static_cast<quint32>(most)) {
        return refuse(text,
                      QStringLiteral("is no number from %1 to %2; give one").arg(least).arg(most));
    }
    return static_cast<int>(*number);
}

Result<std::uint16_t> parsePortValue(const QString& text, int least)
{
    const auto port = base::parsePort(text.toUtf8());
    if (!port || *port < least) {
        return refuse(text,
                      QStringLiteral("is no port; give a number from %1 to 65535").arg(least));
    }
    return *port;
}

Result<bool> parseYesNo(const QString& text)
{
    const auto word =
        parseWord(text,
                  {QStringLiteral("yes"), QStringLiteral("no"), QStringLiteral("true"),
                   QStringLiteral("false"), QStringLiteral("on"), QStringLiteral("off"),
                   QStringLiteral("1"), QStringLiteral("0")});
    if (!word) {
        return refuse(text, QStringLiteral("is neither yes nor no; give one of these"));
    }
    return *word % 2 == 0;
}

Result<IpAddress> parseAddress(const QString& text)
{
    const auto address = IpAddress::parse(text.toUtf8());
    if (!address || address->isMulticastOrBroadcast()) {
        return refuse(text,
                      QStringLiteral("is no address of a machine; give an IPv4 or IPv6 "
                                     "address, 0.0.0.0 for all that this machine has"));
    }
    return *address;
}

Result<QList<IpAddress>> parseListenAddress(const QString& text)
{
    if (isWord(text, "localhost")) {
        return QList<IpAddress>{IpAddress::loopbackV4(), *IpAddress::parse("::1")};
    }
    const auto address = parseAddress(text);
    if (!address) {
        return address.error();
    }
    return QList<IpAddress>{*address};
}

Result<QList<Endpoint>> parseListenList(const QString& text)
{
    const auto texts = parts(text);
    if (!texts) {
        return texts.error();
    }
    QList<Endpoint> result;
    for (const QString& part : *texts) {
        const auto endpoints = parseListen(part);
        if (!endpoints) {
            return endpoints.error();
        }
        for (const Endpoint& endpoint : *endpoints) {
            if (result.contains(endpoint) && endpoint.port() != 0) {
                return refuse(part, QStringLiteral("stands there twice; remove one"));
            }
            result << endpoint;
        }
    }
    return result;
}

Result<std::optional<base::HostPort>> parseServer(const QString& text)
{
    if (isWord(text, "none")) {
        return std::optional<base::HostPort>();
    }
    const auto server = base::HostPort::parse(text.toUtf8());
    if (!server) {
        return Error{server.error().text
                     + QStringLiteral("; write it like pbx.example.com or 192.0.2.1:5060")};
    }
    const bool namesPort =
        server->host != text.toUtf8() && '[' + server->host + ']' != text.toUtf8();
    if (namesPort && server->port == 0) {
        return refuse(text,
                      QStringLiteral("has a port that can't be called; give one from 1 to "
                                     "65535, or leave it out"));
    }
    return std::optional(*server);
}

Result<QList<Subnet>> parseAllow(const QString& text)
{
    if (isWord(text, "private")) {
        return QList<Subnet>();
    }
    if (isWord(text, "none")) {
        return QList<Subnet>{Subnet{}}; // of no family, so no address is in it
    }
    if (isWord(text, "any") || isWord(text, "all")) {
        return QList<Subnet>{Subnet{IpAddress::anyV4(), 0}, Subnet{*IpAddress::parse("::"), 0}};
    }
    const auto texts = parts(text);
    if (!texts) {
        return texts.error();
    }
    QList<Subnet> networks;
    for (const QString& part : *texts) {
        const auto network = Subnet::parse(part.toUtf8());
        if (!network) {
            return Error{network.error().text
                         + QStringLiteral("; or give 'private', 'any' or 'none' alone")};
        }
        networks << *network;
    }
    return networks;
}

Result<std::optional<std::chrono::seconds>> parseAutoAnswer(const QString& text)
{
    if (isWord(text, "never")) {
        return std::optional<std::chrono::seconds>();
    }
    const auto seconds = parseNumber(text, 0, 3600);
    if (!seconds) {
        return refuse(text,
                      QStringLiteral("is neither 'never' nor a number of seconds from 0 to "
                                     "3600; give one of these"));
    }
    return std::optional(std::chrono::seconds(*seconds));
}

Result<QStringList> parseOrigins(const QString& text)
{
    if (isWord(text, "none")) {
        return QStringList();
    }
    const auto origins = parts(text);
    if (!origins) {
        return origins.error();
    }
    for (const QString& origin : *origins) {
        const QUrl url(origin, QUrl::StrictMode);
        const bool bare = url.path().isEmpty() && !url.hasQuery() && !url.hasFragment()
            && url.userInfo().isEmpty();
        if (!url.isValid() || url.scheme().isEmpty() || url.host().isEmpty() || !bare) {
            return refuse(origin,
                          QStringLiteral("is no origin; write it like "
                                         "https://crm.example.com or "
                                         "http://localhost:3000, without a slash at its "
                                         "end"));
        }
    }
    return origins;
}

Result<std::optional<std::uint16_t>> parseTlsPort(const QString& text)
{
    if (isWord(text, "none")) {
        return std::optional<std::uint16_t>();
    }
    const auto port = parsePortValue(text);
    if (!port) {
        return Error{port.error().text + QStringLiteral(", or 'none' to listen on none")};
    }
    return std::optional(*port);
}

Result<QList<Endpoint>> parseDnsList(const QString& text)
{
    if (isWord(text, "system")) {
        return QList<Endpoint>();
    }
    const auto texts = parts(text);
    if (!texts) {
        return texts.error();
    }
    QList<Endpoint> servers;
    for (const QString& part : *texts) {
        const auto server = base::HostPort::parse(part.toUtf8());
        const auto address = server ? server->address() : std::nullopt;
        if (!address || address->isAny() || address->isMulticastOrBroadcast()) {
            return refuse(part,
                          QStringLiteral("is no address of a DNS server; write it like "
                                         "192.0.2.53, 192.0.2.53:5353 or [2001:db8::53], or "
                                         "give 'system' alone"));
        }
        servers << Endpoint(*address, server->port != 0 ? server->port : std::uint16_t(53));
    }
    return servers;
}

Result<std::optional<IpAddress>> parsePublicAddress(const QString& text)
{
    if (isWord(text, "none")) {
        return std::optional<IpAddress>();
    }
    const auto address = IpAddress::parse(text.toUtf8());
    if (!address || address->isAny() || address->isMulticastOrBroadcast()) {
        return refuse(text,
                      QStringLiteral("is no address that others can send to; give the IPv4 or "
                                     "IPv6 address that your router has outside, or 'none'"));
    }
    return std::optional(*address);
}

Result<int> parseZeroOr(const QString& text, int least, int most)
{
    const auto number = parseNumber(text, 0, most);
    if (!number || (*number != 0 && *number < least)) {
        return refuse(text,
                      QStringLiteral("is neither 0 nor a number from %1 to %2; give one")
                          .arg(least)
                          .arg(most));
    }
    return *number;
}

Result<PortRange> parsePortRange(const QString& text)
{
    const QStringList ends = text.split(u'-');
    const auto first = base::parsePort(ends.constFirst().trimmed().toUtf8());
    const auto last = base::parsePort(ends.constLast().trimmed().toUtf8());
    if (ends.size() != 2 || !first || !last) {
        return refuse(text, QStringLiteral("is no range of ports; write it like 31000-32767"));
    }
    return PortRange{*first, *last};
}

Result<int> parseWord(const QString& text, const QStringList& words)
{
    const qsizetype at = words.indexOf(text.toLower());
    if (at < 0) {
        return refuse(text,
                      QStringLiteral("is none of the words for this; give %1")
                          .arg(words.join(QStringLiteral(" or "))));
    }
    return static_cast<int>(at);
}

QString printListenList(const QList<Endpoint>& endpoints)
{
    QStringList texts;
    for (const Endpoint& endpoint : endpoints) {
        texts << QString::fromLatin1(endpoint.toString());
    }
    return texts.join(QStringLiteral(", "));
}

QString printDnsList(const QList<Endpoint>& servers)
{
    return servers.isEmpty() ? QStringLiteral("system") : printListenList(servers);
}

QString printAllow(const QList<Subnet>& networks)
{
    if (networks.isEmpty()) {
        return QStringLiteral("private");
    }
    QStringList texts;
    for (const Subnet& network : networks) {
        if (network.network.isNull()) {
            return QStringLiteral("none");
        }
        texts << QString::fromLatin1(network.toString());
    }
    return texts.join(QStringLiteral(", "));
}

QString suggestion(const QString& word, const QStringList& words)
{
    // Longer words can't be near any, and would make the search slow.
    const QString wanted = word.left(40).toLower().replace(u'-', u'_');
    QString nearest;
    int least = 3;
    for (const QString& candidate : words) {
        const int found = distance(wanted, QString(candidate).replace(u'-', u'_'));
        if (found < least) {
            least = found;
            nearest = candidate;
        }
    }
    return nearest.isEmpty() ? QString() : QStringLiteral("; did you mean '%1'?").arg(nearest);
}

} // namespace hs::engine
