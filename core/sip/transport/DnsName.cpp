#include "sip/transport/DnsName.h"

#include "base/Text.h"

#include <QUrl>

#include <algorithm>

namespace hs::sip {

namespace {
constexpr qsizetype longestName = 253;
constexpr qsizetype longestLabel = 63;
constexpr qsizetype longestText = 1024; // of a name that is yet to become ACE

bool isAscii(const QByteArray& text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_';
}

base::Error bad(const QByteArray& text, const QString& why)
{
    return {QStringLiteral("'%1' is no name of a host: %2").arg(base::printable(text, 80), why)};
}
} // namespace

base::Result<QByteArray> dnsName(const QByteArray& text)
{
    if (text.size() > longestText) {
        return bad(text, QStringLiteral("it is too long"));
    }
    // The std3 rules of toAce() refuse underscores, so that only what needs it goes through it.
    QByteArray name = base::toLower(isAscii(text) ? text : QUrl::toAce(QString::fromUtf8(text)));
    if (name.endsWith('.')) {
        name.chop(1);
    }
    if (name.isEmpty()) {
        return bad(text, QStringLiteral("nothing is left of it"));
    }
    if (name.size() > longestName) {
        return bad(text, QStringLiteral("it has more than 253 characters"));
    }
    const QList<QByteArray> labels = name.split('.');
    for (const QByteArray& label : labels) {
        if (label.isEmpty() || label.size() > longestLabel) {
            return bad(text, QStringLiteral("each part between dots takes 1 to 63 characters"));
        }
        if (!std::all_of(label.begin(), label.end(), isNameCharacter)) {
            return bad(text, QStringLiteral("it may have letters, digits, '-' and '_'"));
        }
    }
    // RFC 3696 section 2: no top level domain is all digits; this is an address with a mistake.
    if (std::all_of(labels.last().begin(), labels.last().end(), isDigit)) {
        return bad(text, QStringLiteral("it ends in a number, and is no address either"));
    }
    return name;
}

bool isLocalhost(const QByteArray& name)
{
    return name == "localhost" || name.endsWith(".localhost");
}

} // namespace hs::sip
