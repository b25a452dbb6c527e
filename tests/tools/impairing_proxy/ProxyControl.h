// ProxyControl: a UdpProxy told what to do in JSON, one object a line, each answered with one:
//   {"near": "127.0.0.1:31000"}, {"far": ...}   where the ends are (RTP)
//   {"to_near": {"loss": 0.05}}, {"to_far": ...} the lines from now on: see Impairments
//   {"rebind": true}                             the NAT forgets all its mappings
//   {"statistics": true}                         what became of the datagrams so far
// Several keys may stand in one. The answer is {"ok": true}, the statistics, or {"error": "..."},
// and then nothing was done. At its start also "nat", "rtcp" (false: none gets through), "seed".
// Thread: the scheduler's.
#pragma once

#include "support/impairment/UdpProxy.h"

#include <QJsonObject>

namespace hs::test {

class ProxyControl {
public:
    static base::Result<UdpProxy::Options> options(const QJsonObject& json);
    explicit ProxyControl(UdpProxy& proxy)
        : m_proxy(proxy)
    {
    }

    QJsonObject obey(const QByteArray& line);
    QJsonObject ports() const; // {"near": "127.0.0.1:40000", "far": ...}

private:
    struct Orders {
        std::optional<base::Endpoint> nearEnd;
        std::optional<base::Endpoint> farEnd;
        std::optional<Impairments> toNear;
        std::optional<Impairments> toFar;
        bool rebind = false;
        bool statistics = false;
    };
    base::Result<Orders> read(const QByteArray& line) const;
    QJsonObject statistics() const;

    UdpProxy& m_proxy;
};

} // namespace hs::test
