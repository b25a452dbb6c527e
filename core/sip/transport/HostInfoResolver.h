// HostInfoResolver: addresses as they are, names through the system's resolver (A and AAAA), the
// port from the URI or 5060. IPv4 is preferred where the socket that sends is IPv4.
#pragma once

#include "sip/transport/Resolver.h"

#include <QObject>

namespace hs::sip {

class HostInfoResolver final : public QObject, public Resolver {
    Q_OBJECT
public:
    explicit HostInfoResolver(base::IpAddress::Family family, QObject* parent = nullptr);

    void resolve(const Uri& uri, Done done) override;

private:
    base::IpAddress::Family m_family;
};

} // namespace hs::sip
