#include "sip/transport/LoggedMessage.h"

#include "base/Text.h"

#include <algorithm>
#include <array>

namespace hs::sip {

namespace {
constexpr int mostCharacters = 4000;
// The cnonce goes along: who has both has what an offline search needs.
constexpr std::array secrets{QByteArrayView("response"), QByteArrayView("cnonce"),
                             QByteArrayView("rspauth")};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n'; // header lines may be folded
}

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("-.!%*_+`'~").contains(c);
}

bool isSecret(QByteArrayView name)
{
    return std::any_of(secrets.begin(), secrets.end(), [name](QByteArrayView secret) {
        return base::equalsIgnoreCase(name, secret);
    });
}

// Where the value that begins there ends, its quotes included.
qsizetype endOfValue(QByteArrayView text, qsizetype at)
{
    if (at < text.size() && text[at] == '"') {
        for (++at; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\') {
                ++at;
            }
        }
        return qMin(at + 1, text.size());
    }
    while (at < text.size() && text[at] != ',' && !isBlank(text[at])) {
        ++at;
    }
    return at;
}

// In the body as well: a message can hold another one.
QByteArray withoutSecrets(QByteArrayView text)
{
    QByteArray shown;
    qsizetype at = 0;
    while (at < text.size()) {
        qsizetype end = at;
        while (end < text.size() && isTokenCharacter(text[end])) {
            ++end;
        }
        const QByteArrayView name = text.sliced(at, end - at);
        qsizetype value = end;
        while (value < text.size() && isBlank(text[value])) {
            ++value;
        }
        if (isSecret(name) && value < text.size() && text[value] == '=') {
            for (++value; value < text.size() && isBlank(text[value]);) {
                ++value;
            }
            shown += name.toByteArray() + "=...";
            at = endOfValue(text, value);
            continue;
        }
        end = qMax(end, at + 1);
        shown += text.sliced(at, end - at);
        at = end;
    }
    return shown;
}
} // namespace

QString loggedMessage(QByteArrayView message)
{
    // What is cut off need not be searched; a value that the cut goes through is one to its end.
    const QByteArrayView searched =
        message.first(qMin<qsizetype>(message.size(), mostCharacters * 4));
    return base::printable(withoutSecrets(searched), mostCharacters);
}

} // namespace hs::sip
