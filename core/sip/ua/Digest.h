// Digest: the challenge of a server and the response to it (RFC 3261 section 22, RFC 7616, RFC
// 8760): MD5 and SHA-256, their -sess forms, qop auth and auth-int, and the old form without a qop.
// Thread: pure functions and values. A response is made of a password: it is never logged.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace hs::sip {

struct DigestChallenge {
    QByteArray realm;
    QByteArray nonce;
    QByteArray opaque;
    bool hasOpaque = false;
    QByteArray algorithm; // as written; empty: MD5
    QList<QByteArray> qop; // "auth", "auth-int"; empty: a server of RFC 2069
    bool stale = false;

    // Of WWW-Authenticate or Proxy-Authenticate. Nothing for another scheme than Digest, without
    // realm or nonce, or what makes no sense.
    static std::optional<DigestChallenge> parse(QByteArrayView value);

    // Nothing for an algorithm or a qop that we can't do.
    std::optional<QCryptographicHash::Algorithm> hash() const;
    bool isSession() const; // "-sess"
    bool isAnswerable() const;
    QByteArray chosenQop() const; // auth before auth-int; empty if none was offered
};

struct DigestCredentials {
    QString user;
    QString password;
};

struct DigestInput {
    QByteArray method;
    QByteArray uri; // the Request-URI, as it stands in the request
    QByteArray body; // for auth-int
    QByteArray cnonce;
    std::uint32_t nonceCount = 1;
};

// The value of Authorization or Proxy-Authorization. The challenge must be answerable.
QByteArray digestAuthorization(const DigestChallenge& challenge,
                               const DigestCredentials& credentials, const DigestInput& input);

} // namespace hs::sip
