// AccessPolicy: who may talk to the control server at all. Host against DNS rebinding, Origin
// against pages of other sites in a browser of this machine (it sends them with every WebSocket,
// RFC 6455 10.2), the token against other users. Thread: a value; never logs or returns a token.
#pragma once

#include "control/ControlSettings.h"
#include "control/HttpRequest.h"
#include "control/HttpResponse.h"

#include <optional>

namespace hs::control {

class AccessPolicy {
public:
    AccessPolicy() = default;
    explicit AccessPolicy(const ControlSettings& settings);

    // 403 for a Host that is none of ours or a foreign Origin; `local` is the address and port that
    // this very connection came in at.
    std::optional<HttpResponse> refuseSite(const HttpRequest& request,
                                           const base::Endpoint& local) const;
    // 401 if a token is set and not given.
    std::optional<HttpResponse> refuseToken(const HttpRequest& request) const;

private:
    bool isOurHost(QByteArrayView text, std::uint16_t defaultPort,
                   const base::Endpoint& local) const;
    bool isOurOrigin(QByteArrayView origin, const base::Endpoint& local) const;

    QList<base::IpAddress> m_addresses;
    QList<base::HostPort> m_hosts;
    QList<QByteArray> m_origins; // lower case, no '/' at the end
    QByteArray m_tokenDigest; // empty: no token is set
    bool m_queryToken = false;
};

} // namespace hs::control
