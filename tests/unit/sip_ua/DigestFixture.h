// DigestFixture: an account's DigestClient with two servers and a REGISTER, and the challenges that
// they make.
#pragma once

#include "sip/ua/DigestClient.h"
#include "support/NamedResolver.h"

namespace hs::test {

inline const sip::Hop pbx = hopTo("192.0.2.9");
inline const sip::Hop otherPbx = hopTo("192.0.2.10");
inline const sip::Hop stranger = hopTo("192.0.2.66");

struct DigestFixture {
    DigestFixture() { client->admitServers({pbx, otherPbx}); }
    base::Random random{11};
    std::shared_ptr<sip::DigestClient> client = std::make_shared<sip::DigestClient>(
        random, sip::DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")});
    sip::Request request = [] {
        sip::Request made;
        made.method = "REGISTER";
        made.requestUri = "sip:pbx";
        return made;
    }();
};

inline sip::Response challenge(const QList<QByteArray>& values, int code = 401)
{
    sip::Response response;
    response.statusCode = code;
    for (const QByteArray& value : values) {
        response.headers.add(code == 401 ? "WWW-Authenticate" : "Proxy-Authenticate",
                             "Digest " + value);
    }
    return response;
}

inline QByteArray simple(const QByteArray& nonce, const QByteArray& more = {},
                         const QByteArray& realm = "pbx")
{
    return "realm=\"" + realm + "\", nonce=\"" + nonce + "\", qop=\"auth\""
        + (more.isEmpty() ? QByteArray() : ", " + more);
}

inline QByteArray authorization(const sip::Request& request,
                                sip::HeaderId id = sip::HeaderId::Authorization)
{
    return request.headers.first(id).value_or(QByteArrayView()).toByteArray();
}

} // namespace hs::test
