// NamedResolver: names that a test has given hops to, answered at once; what it has not is asked of
// another resolver, or is no name at all. Thread: one.
#pragma once

#include "sip/transport/Resolver.h"

#include <map>

namespace hs::test {

class NamedResolver final : public sip::Resolver {
public:
    explicit NamedResolver(sip::Resolver* others = nullptr)
        : m_others(others)
    {
    }

    void resolve(const sip::Uri& uri, Done done) override
    {
        asked << uri.toBytes();
        if (const auto named = names.find(uri.host); named != names.end()) {
            done(named->second);
        } else if (m_others) {
            m_others->resolve(uri, std::move(done));
        } else {
            done(base::Error{
                QStringLiteral("there is no host %1").arg(QString::fromLatin1(uri.host))});
        }
    }
    void reportFailure(const sip::Hop& hop) override { failed << hop.remote.toString(); }

    std::map<QByteArray, Hops> names;
    QByteArrayList asked; // URIs
    QByteArrayList failed; // "192.0.2.9:5060"

private:
    sip::Resolver* m_others;
};

inline sip::Hop hopTo(const char* address, std::uint16_t port = 5060)
{
    sip::Hop hop;
    hop.remote = {*base::IpAddress::parse(address), port};
    return hop;
}

} // namespace hs::test
