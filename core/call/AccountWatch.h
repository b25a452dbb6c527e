// AccountWatch: what one account is told of without asking twice: messages that wait (RFC 3842) and
// the extensions that it watches (RFC 4235). Thread: core.
#pragma once

#include "model/Account.h"
#include "sip/ua/MessageSummary.h"
#include "sip/ua/UserAgent.h"
#include "sip/ua/WatchedDialogs.h"

namespace hs::call {

class AccountWatch {
public:
    struct Identity { // of the account's requests
        sip::NameAddr from;
        QList<sip::NameAddr> routes;
        QByteArray contactUser;
        sip::Uri server; // by which the account's domain is reached
        std::shared_ptr<sip::DigestClient> credentials;
    };
    struct Waiting {
        int fresh = -1; // -1: not told
        int old = -1;
    };

    AccountWatch(sip::UserAgent& userAgent, const model::Account& account,
                 std::function<void()> changed);
    ~AccountWatch();

    // Once there is a registration; again when its routes may have changed, or after stop().
    // `mayBeLost`: its server was away, and need not know any more what it was asked to tell.
    void start(const Identity& identity, bool mayBeLost);
    // The network has changed: at once, but for what a password was refused to, which waits on.
    void refreshNow();
    // The operator has done something about what fails: that is tried at once.
    void tryAgain();
    // Ends the subscriptions; `done` is called when the servers have answered, or were given up.
    void stop(const std::function<void()>& done);

    void onUnsolicited(const sip::Request& notify); // message-summary
    Waiting waiting() const { return m_waiting; }
    QList<model::BusyLamp> lamps() const;
    // The call that rings at that extension, as its server tells of it.
    std::optional<sip::PickupTarget> ringingAt(const QString& extension) const;

private:
    class Mailbox;
    class Lamp;
    void take(const QByteArray& summary);
    QList<sip::Subscription*> subscriptions() const;
    // One that is wanted again before its end was answered begins when it was.
    void onEnded(sip::Subscription& subscription) const;

    sip::UserAgent& m_userAgent;
    model::Account m_account;
    std::function<void()> m_changed;
    bool m_isWanted = false; // started, not stopped
    Waiting m_waiting;
    std::unique_ptr<Mailbox> m_mailbox;
    std::vector<std::unique_ptr<Lamp>> m_lamps;
};

} // namespace hs::call
