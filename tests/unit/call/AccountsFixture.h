// AccountsFixture: accounts on a virtual network: names without DNS, the fixture's peer at
// 192.0.2.9:5060 as the registrar of office.example, a second one at 192.0.2.8:5060 as that of
// other.example; we are at 192.0.2.1:5062.
#pragma once

#include "call/Accounts.h"
#include "support/NamedResolver.h"
#include "support/UaFixture.h"

namespace hs::test {

inline model::Account account(const char* name, const char* user, const char* domain)
{
    model::Account account;
    account.name = QString::fromLatin1(name);
    account.user = QString::fromUtf8(user);
    account.domain = QString::fromLatin1(domain);
    return account;
}

inline model::Account silentAccount(const char* name, const char* user, const char* domain)
{
    model::Account silent = account(name, user, domain);
    silent.registers = false;
    return silent;
}

struct AccountsFixture {
    AccountsFixture()
    {
        resolver.names["office.example"] = {hopTo("192.0.2.9")};
        resolver.names["other.example"] = {hopTo("192.0.2.8")};
        QObject::connect(&accounts, &call::Accounts::changed, &accounts,
                         [this](const model::AccountState& state) { states << state; });
        QObject::connect(&accounts, &call::Accounts::removed, &accounts,
                         [this](const QString& name) { removed << name; });
    }

    void set(const QList<model::Account>& list)
    {
        accounts.setAccounts(list);
        f.run();
    }
    void reply(SipPeer& peer, const QByteArray& bytes)
    {
        peer.send(bytes);
        f.run();
    }
    // Of what came the only REGISTER (else an empty request); subscriptions are not to be had.
    sip::Request takeRegister(SipPeer& peer)
    {
        QList<sip::Request> registers;
        for (const sip::Request& request : peer.takeRequests()) {
            if (request.method == "REGISTER") {
                registers << request;
            } else {
                peer.send(replyTo(request, 489, "x"));
            }
        }
        f.run();
        return registers.size() == 1 ? registers.first() : sip::Request();
    }
    // A 200 to that REGISTER with the binding it asks for.
    void grant(SipPeer& peer, const sip::Request& request, const QByteArray& more = {})
    {
        const QList<sip::NameAddr> contacts = request.contacts();
        const QByteArray uri = contacts.isEmpty() ? "sip:x@y" : contacts.first().uri.toBytes();
        reply(peer, replyTo(request, 200, "reg", "Contact: <" + uri + ">;expires=600\r\n" + more));
    }
    model::AccountState state(const char* name) const
    {
        const call::AccountLine* line = accounts.find(QString::fromLatin1(name));
        return line ? line->state() : model::AccountState();
    }

    UaFixture f;
    NamedResolver resolver{&f.resolver};
    sip::UaCore core{f.scheduler, f.transactions, f.random, resolver, "Hookswitch/test"};
    sip::UserAgent userAgent{core};
    SipPeer other{
        f.network, {*base::IpAddress::parse("192.0.2.8"), 5060}, f.transport.localEndpoint()};
    QMap<QString, QString> passwords; // by account; the others have an empty one
    QStringList withoutPassword;
    QStringList passwordsAsked;
    call::Accounts accounts{
        userAgent, "urn:uuid:test",
        [this](const model::Account& account, const call::Accounts::PasswordFound& found) {
            passwordsAsked << account.name;
            if (!withoutPassword.contains(account.name)) {
                found(passwords.value(account.name));
            } else {
                found(base::Error{QStringLiteral("no password is known")});
            }
        }};
    QList<model::AccountState> states;
    QStringList removed;
};

} // namespace hs::test
