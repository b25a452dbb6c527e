// AccountLine: one account at work: its registration, who its servers are, and what its calls
// carry. Thread: core.
#pragma once

#include "base/HostPort.h"
#include "call/AccountWatch.h"
#include "call/OutgoingIdentity.h"
#include "call/ServerProbe.h"
#include "sip/ua/Registration.h"
#include "sip/ua/UserAgent.h"

namespace hs::call {

class AccountLine {
public:
    // `instance` names this program on this machine: a URN (RFC 5626 section 4.1).
    AccountLine(sip::UserAgent& userAgent, const model::Account& account,
                const QByteArray& instance, std::function<void()> changed);

    void setPassword(const QString& password);
    // For the first time, or because the operator wants it: whatever was to wait is tried at once.
    void start();
    // Takes its binding back; `done` is called when that is over. Its subscriptions end as well,
    // for which nobody waits.
    void stop(std::function<void()> done);
    // The same for good: `done` once there is nothing left that this line is needed for.
    void leave(const std::function<void()>& done);
    // As leave(), but the binding stays: it is somebody else's now.
    void letGo(const std::function<void()>& done);
    // Whether both are bound under the same address at the same place.
    bool hasBindingOf(const AccountLine& other) const;
    // The network has changed.
    void refreshNow();
    void onConnectionClosed(const sip::Hop& hop);
    // Its server tells of messages that wait, unasked (RFC 3842).
    void onUnsolicitedNotify(const sip::Request& notify) { m_watch.onUnsolicited(notify); }

    const model::Account& account() const { return m_account; }
    model::AccountState state() const;
    base::HostPort domain() const { return m_domain; }
    const std::shared_ptr<sip::DigestClient>& credentials() const { return m_credentials; }
    // To whom a call to that target goes.
    OutgoingIdentity identity(const sip::Uri& target) const;
    bool isServer(const base::IpAddress& address) const;
    // Whether that host is its domain or registrar.
    bool isHost(const QByteArray& host) const;
    // The same of a URI; an IP address with another port is another telephone, not the server.
    bool isAt(const sip::Uri& uri) const;
    const AccountWatch& watch() const { return m_watch; }
    // What the Contact of its REGISTERs carries as `;line=`, and no other: the same for ever, and
    // another one for each binding, where several accounts have the same user.
    const QByteArray& contactLine() const { return m_contactLine; }
    // How sure it is that a request was for it, by what it calls and To; the later, the surer.
    enum class Match { None, User, Server, Domain, Line };
    Match match(const sip::Request& request) const;

private:
    void stopRegistration(std::function<void()> done);
    sip::Uri serverUri() const;
    QString configuredServer() const;
    sip::NameAddr addressOfRecord() const;
    void onRegistrationChanged();
    QList<sip::NameAddr> routes() const;

    sip::UaCore& m_core;
    model::Account m_account;
    base::HostPort m_domain;
    base::HostPort m_registrar;
    std::optional<sip::Uri> m_proxy;
    QByteArray m_contactLine;
    std::function<void()> m_changed;
    std::shared_ptr<sip::DigestClient> m_credentials;
    std::shared_ptr<sip::Registration> m_registration; // null: it does not register
    std::unique_ptr<ServerProbe> m_probe; // of one that does not
    AccountWatch m_watch;
    bool m_serverWasAway = false; // since it was registered
};

} // namespace hs::call
