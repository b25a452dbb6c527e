#include "sip/ua/Digest.h"

#include "base/Text.h"
#include "sip/message/Grammar.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr QByteArrayView sessionSuffix = "-sess";
constexpr qsizetype longestChallenge = 4096;

// One name=value of a challenge; `at` moves behind it and its comma.
bool nextParam(QByteArrayView text, qsizetype& at, QByteArray& name, QByteArray& value)
{
    while (at < text.size() && (grammar::isBlank(text[at]) || text[at] == ',')) {
        ++at; // empty elements too
    }
    const qsizetype nameEnd = grammar::skipToken(text, at);
    if (nameEnd == at) {
        return false;
    }
    name = base::toLower(text.sliced(at, nameEnd - at));
    at = grammar::skipBlanks(text, nameEnd);
    if (at >= text.size() || text[at] != '=') {
        return false;
    }
    at = grammar::skipBlanks(text, at + 1);
    qsizetype valueEnd = at;
    if (at < text.size() && text[at] == '"') {
        valueEnd = grammar::skipQuotedString(text, at);
        if (valueEnd < 0) {
            return false;
        }
    } else {
        while (valueEnd < text.size() && text[valueEnd] != ','
               && !grammar::isBlank(text[valueEnd])) {
            ++valueEnd;
        }
    }
    value = grammar::unquoted(text.sliced(at, valueEnd - at));
    at = grammar::skipBlanks(text, valueEnd);
    if (at < text.size()) {
        if (text[at] != ',') {
            return false;
        }
        ++at;
    }
    return true;
}

bool isBlankOrCommas(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return grammar::isBlank(c) || c == ','; });
}

QList<QByteArray> tokensOf(const QByteArray& list)
{
    QList<QByteArray> result;
    for (const QByteArray& part : list.split(',')) {
        if (const QByteArray token = part.trimmed().toLower(); !token.isEmpty()) {
            result.append(token);
        }
    }
    return result;
}

void take(DigestChallenge& challenge, const QByteArray& name, const QByteArray& value)
{
    if (name == "realm") {
        challenge.realm = value;
    } else if (name == "nonce") {
        challenge.nonce = value;
    } else if (name == "opaque") {
        challenge.opaque = value;
        challenge.hasOpaque = true;
    } else if (name == "algorithm") {
        challenge.algorithm = value;
    } else if (name == "qop") {
        challenge.qop = tokensOf(value);
    } else if (name == "stale") {
        challenge.stale = base::equalsIgnoreCase(value, "true");
    }
}
} // namespace

std::optional<DigestChallenge> DigestChallenge::parse(QByteArrayView value)
{
    if (value.size() > longestChallenge) {
        return std::nullopt;
    }
    qsizetype at = grammar::skipBlanks(value, 0);
    const qsizetype schemeEnd = grammar::skipToken(value, at);
    if (!base::equalsIgnoreCase(value.sliced(at, schemeEnd - at), "Digest")) {
        return std::nullopt;
    }
    at = schemeEnd;
    DigestChallenge challenge;
    bool hasRealm = false;
    while (!isBlankOrCommas(value.sliced(at))) {
        QByteArray name;
        QByteArray text;
        if (!nextParam(value, at, name, text)) {
            return std::nullopt;
        }
        hasRealm = hasRealm || name == "realm";
        take(challenge, name, text);
    }
    if (!hasRealm || challenge.nonce.isEmpty()) {
        return std::nullopt;
    }
    return challenge;
}

std::optional<QCryptographicHash::Algorithm> DigestChallenge::hash() const
{
    QByteArray name = algorithm.isEmpty() ? QByteArrayLiteral("md5") : algorithm.toLower();
    if (name.endsWith(sessionSuffix)) {
        name.chop(sessionSuffix.size());
    }
    if (name == "md5") {
        return QCryptographicHash::Md5;
    }
    if (name == "sha-256") {
        return QCryptographicHash::Sha256;
    }
    return std::nullopt;
}

bool DigestChallenge::isSession() const
{
    return algorithm.toLower().endsWith(sessionSuffix);
}

QByteArray DigestChallenge::chosenQop() const
{
    for (const char* known : {"auth", "auth-int"}) {
        if (qop.contains(known)) {
            return known;
        }
    }
    return {};
}

bool DigestChallenge::isAnswerable() const
{
    return hash() && (qop.isEmpty() || !chosenQop().isEmpty());
}

QByteArray digestAuthorization(const DigestChallenge& challenge,
                               const DigestCredentials& credentials, const DigestInput& input)
{
    const auto algorithm = challenge.hash().value_or(QCryptographicHash::Md5);
    const auto hashed = [algorithm](const QByteArray& text) {
        return QCryptographicHash::hash(text, algorithm).toHex();
    };
    const QByteArray user = credentials.user.toUtf8();
    const QByteArray qop = challenge.chosenQop();
    const QByteArray count = QByteArray::number(input.nonceCount, 16).rightJustified(8, '0');

    // RFC 7616 section 3.4.2 and 3.4.3.
    QByteArray secret = hashed(user + ':' + challenge.realm + ':' + credentials.password.toUtf8());
    if (challenge.isSession()) {
        secret = hashed(secret + ':' + challenge.nonce + ':' + input.cnonce);
    }
    QByteArray subject = input.method + ':' + input.uri;
    if (qop == "auth-int") {
        subject += ':' + hashed(input.body);
    }
    const QByteArray middle = qop.isEmpty()
        ? challenge.nonce
        : challenge.nonce + ':' + count + ':' + input.cnonce + ':' + qop;

    QByteArray value = "Digest username=" + grammar::quoted(user)
        + ", realm=" + grammar::quoted(challenge.realm)
        + ", nonce=" + grammar::quoted(challenge.nonce) + ", uri=" + grammar::quoted(input.uri)
        + ", response=\"" + hashed(secret + ':' + middle + ':' + hashed(subject)) + '"';
    if (!challenge.algorithm.isEmpty()) {
        value += ", algorithm=" + challenge.algorithm;
    }
    if (challenge.hasOpaque) {
        value += ", opaque=" + grammar::quoted(challenge.opaque);
    }
    if (!qop.isEmpty()) {
        value += ", qop=" + qop + ", nc=" + count;
    }
    if (!qop.isEmpty() || challenge.isSession()) {
        value += ", cnonce=" + grammar::quoted(input.cnonce);
    }
    return value;
}

} // namespace hs::sip
