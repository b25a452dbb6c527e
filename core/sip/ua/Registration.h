// Registration: keeps one address of record bound to where we are (RFC 3261 section 10): refreshed
// before it runs out, tried again after failures (RFC 5626 section 4.5), taken back at the end.
// Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/ClientRequest.h"

namespace hs::sip {

class Registration : public std::enable_shared_from_this<Registration> {
public:
    struct Config {
        NameAddr addressOfRecord;
        // Where requests are sent, with port and transport where they are prescribed; the domain
        // that they are for is the address of record's.
        Uri registrar;
        std::optional<Uri> outboundProxy; // where they go first
        QByteArray contactUser;
        // Comes back in the Request-URI of what is sent to this binding (`;line=`); empty: none.
        QByteArray contactLine;
        std::chrono::seconds expires{600};
        QByteArray instance; // a URN that names this program on this machine (RFC 5626 section 4.1)
    };
    enum class State { Off, Registering, Registered, Failed, Unregistering };
    struct Status {
        State state = State::Off;
        int code = 0; // of the last failure; 0: none of SIP
        QString problem; // a sentence; empty while all is well
        base::TimePoint registeredUntil{}; // while there is a binding
        base::TimePoint nextTryAt{}; // while one is planned after a failure
        std::optional<Hop> server; // that answered last
        std::optional<Hop> tried; // that was asked last

        bool isBound(base::TimePoint now) const { return registeredUntil > now; }
    };

    Registration(UaCore& core, Config config, std::shared_ptr<DigestClient> credentials,
                 std::function<void()> changed);

    // At once, whatever was planned; while the binding is taken back, when that is over.
    void start();
    // The network has changed: the same, but for a password that was refused, which waits on.
    void refreshNow();
    // A stream connection was lost. Yes: it was the one to the server, and we register again; one
    // that did not last a minute is a failure like any other.
    bool onConnectionClosed(const Hop& hop);
    // Takes the binding back; `done` is called when the server has answered, or was given up.
    void stop(std::function<void()> done);

    // Ends here without a word; the binding is somebody else's now.
    void letGo();

    const Status& status() const { return m_status; }
    // Whether it is one of the addresses that the server's name stands for.
    bool isServer(const base::IpAddress& address) const;
    // For the requests of this account (RFC 3608).
    const QList<NameAddr>& serviceRoute() const { return m_serviceRoute; }

private:
    void attempt(std::chrono::seconds expires);
    void sendTo(Resolver::Hops hops, std::chrono::seconds expires);
    Request makeRequest(std::chrono::seconds expires);
    void setContact(Request& request, const Hop& hop, std::chrono::seconds expires);
    void answered(const Response& response, const Hop& hop, const QString& problem);
    void accepted(const Response& response, const Hop& hop);
    void noteFlow(const Hop& hop);
    std::chrono::seconds grantedTo(const Uri& contact, const Response& response) const;
    void refused(const Response& response, const QString& problem);
    void failLater(int code, const QString& problem, base::Duration wait);
    void keepAlive(base::Duration interval);
    void finishStop();

    UaCore& m_core;
    Config m_config;
    std::shared_ptr<DigestClient> m_credentials;
    std::function<void()> m_changed;
    Status m_status;
    QList<NameAddr> m_serviceRoute;
    QList<base::IpAddress> m_serverAddresses;
    QByteArray m_callId;
    QByteArray m_tag;
    std::uint32_t m_sequence = 0;
    std::chrono::seconds m_asked{0};
    int m_failures = 0;
    std::optional<Hop> m_flow; // the stream connection by which we are bound
    base::TimePoint m_flowSince{}; // bound by it
    int m_briefFlows = 0; // in a row
    bool m_networkChanged = false; // since we were bound by it
    int m_intervalsTooBrief = 0; // in a row
    bool m_contactLearned = false; // in this attempt already
    Uri m_contact; // as last registered; without a host: no such binding is to be thought of
    Uri m_sentContact; // of the last request
    bool m_takesBack = false; // the last request ends the binding of another contact as well
    std::uint64_t m_attempt = 0; // a name that is found late must not begin an old one
    std::shared_ptr<ClientRequest> m_request;
    std::function<void()> m_stopped;
    bool m_startsAgain = false; // once it has stopped
    base::Timer m_next;
    base::Timer m_keepAlive; // over UDP
    KeptConnection m_kept; // over anything else
    base::Timer m_stopTimer;
};

} // namespace hs::sip
