// The values of the configuration as text, in both directions. What can't be read gives an Error
// whose text says what is wrong with the value and what to give instead ("'99999' is no port; give
// a number from 0 to 65535"); where the value stood is for the caller to say. Thread: pure
// functions.
#pragma once

#include "model/Settings.h"

#include <QStringList>

namespace hs::engine {

base::Result<int> parseNumber(const QString& text, int least, int most);
base::Result<std::uint16_t> parsePortValue(const QString& text, int least = 0);
base::Result<bool> parseYesNo(const QString& text);
base::Result<base::IpAddress> parseAddress(const QString& text);
// One address, or both loopback addresses for "localhost".
base::Result<QList<base::IpAddress>> parseListenAddress(const QString& text);
// "ADDRESS:PORT, ADDRESS:PORT"
base::Result<QList<base::Endpoint>> parseListenList(const QString& text);
// "none", or HOST[:PORT]
base::Result<std::optional<base::HostPort>> parseServer(const QString& text);
// "private" (an empty list: the default), "any" or "all", "none" (a list that no address is in), or
// networks
base::Result<QList<base::Subnet>> parseAllow(const QString& text);
// "never", or seconds
base::Result<std::optional<std::chrono::seconds>> parseAutoAnswer(const QString& text);
// "none", or scheme://host[:port], ...
base::Result<QStringList> parseOrigins(const QString& text);
// "none", or a port
base::Result<std::optional<std::uint16_t>> parseTlsPort(const QString& text);
// "system" (an empty list), or ADDRESS[:PORT], ...; the port is 53 where none is given
base::Result<QList<base::Endpoint>> parseDnsList(const QString& text);
// "none", or one address that others can send to
base::Result<std::optional<base::IpAddress>> parsePublicAddress(const QString& text);
// 0, or a number of the range
base::Result<int> parseZeroOr(const QString& text, int least, int most);
struct PortRange {
    std::uint16_t first = 0;
    std::uint16_t last = 0;
};
base::Result<PortRange> parsePortRange(const QString& text);
// Which of the words it is, whatever the case.
base::Result<int> parseWord(const QString& text, const QStringList& words);

QString printListenList(const QList<base::Endpoint>& endpoints);
QString printDnsList(const QList<base::Endpoint>& servers);
QString printAllow(const QList<base::Subnet>& networks);

// "; did you mean 'sip_port'?" if one of the words is nearly `word`, else nothing.
QString suggestion(const QString& word, const QStringList& words);

} // namespace hs::engine
