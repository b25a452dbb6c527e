// ServerProbe: asks the server of an account that does not register whether it is there: OPTIONS,
// again and again (RFC 3261 section 11), which keeps a NAT's binding open as well. Any answer is a
// yes. Thread: core.
#pragma once

#include "sip/ua/ClientRequest.h"

namespace hs::call {

class ServerProbe {
public:
    struct Result {
        bool isKnown = false; // it was asked
        QString problem{}; // a sentence; empty: it is there
        std::optional<sip::Hop> server{}; // that answered, or was asked last
        base::TimePoint nextAt{}; // when it is asked again
    };

    struct Config {
        sip::NameAddr from;
        sip::Uri target; // who is asked: the account's domain
        QList<sip::NameAddr> routes{};
        sip::Uri next; // where that is sent
        std::shared_ptr<sip::DigestClient> credentials{}; // the account's, never null
    };

    ServerProbe(sip::UaCore& core, Config config, std::function<void()> changed);

    // For the first time, or because the operator wants it.
    void start();
    void askNow();
    void stop();
    const Result& result() const { return m_result; }
    bool isServer(const base::IpAddress& address) const { return m_addresses.contains(address); }

private:
    void send(const sip::Resolver::Hops& hops);
    void tell(const Result& result);

    sip::UaCore& m_core;
    Config m_config;
    std::function<void()> m_changed;
    Result m_result;
    QList<base::IpAddress> m_addresses;
    std::optional<sip::Hop> m_tried;
    std::shared_ptr<sip::ClientRequest> m_request;
    bool m_isRefused = false; // the password was: it is not shown again, each time counts there
    std::uint64_t m_attempt = 0; // a name that is found late must not begin an old one
    base::Timer m_again;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::call
