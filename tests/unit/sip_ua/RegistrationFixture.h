// RegistrationFixture: a Registration of sip:100@192.0.2.9 with the fixture's peer as registrar,
// and what a registrar answers.
#pragma once

#include "sip/ua/Registration.h"
#include "support/UaFixture.h"

namespace hs::test {

// Answers when the test says so; what it is asked for first has two addresses.
class SlowResolver final : public sip::Resolver {
public:
    void resolve(const sip::Uri&, Done done) override { waiting.push_back(std::move(done)); }
    void reportFailure(const sip::Hop& hop) override { failed.push_back(hop.remote); }
    void answer(const Hops& hops)
    {
        for (const Done& done : std::exchange(waiting, {})) {
            done(hops);
        }
    }
    std::vector<Done> waiting;
    std::vector<base::Endpoint> failed;
};

struct RegistrationFixture {
    RegistrationFixture() = default;
    explicit RegistrationFixture(sip::Registration::Config theConfig)
        : config(std::move(theConfig))
    {
    }

    static sip::Registration::Config usual()
    {
        sip::Registration::Config config;
        config.addressOfRecord.uri = *sip::Uri::parse("sip:100@192.0.2.9");
        config.registrar = *sip::Uri::parse("sip:192.0.2.9");
        config.contactUser = "100";
        return config;
    }

    void start()
    {
        registration->start();
        f.run();
    }
    // The one request that came; an empty one if there were none or more.
    sip::Request take() { return f.peer.takeRequest(); }
    void reply(const QByteArray& bytes)
    {
        f.peer.send(bytes);
        f.run();
    }
    // A 200 that lists the binding asked for, with that expiry.
    void grant(const sip::Request& request, int seconds, const QByteArray& more = {})
    {
        const auto contacts = request.contacts();
        const QByteArray uri = contacts.isEmpty() ? "sip:none@x" : contacts.first().uri.toBytes();
        reply(replyTo(request, 200, "reg",
                      "Contact: <" + uri + ">;expires=" + QByteArray::number(seconds) + "\r\n"
                          + more));
    }
    void registerFor(int seconds)
    {
        start();
        grant(take(), seconds);
    }
    // The server is seen to see us there from now on, as after a change of network.
    void moveTo(const QByteArray& address)
    {
        sip::Response response;
        response.headers.add("Via",
                             "SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1;received=" + address
                                 + ";rport=5062");
        f.core.nat.learn(sip::Hop{f.peer.local()}, response);
    }
    // Seconds, rounded up, until the next request goes out; -1 if that takes over `most`. In steps
    // too short for it to be repeated meanwhile.
    int secondsToNext(int most)
    {
        constexpr int stepsPerSecond = 4;
        for (int i = 0; i <= most * stepsPerSecond; ++i) {
            if (f.peer.waiting() > 0) {
                return (i + stepsPerSecond - 1) / stepsPerSecond;
            }
            f.advance(std::chrono::milliseconds(1000 / stepsPerSecond));
        }
        return -1;
    }
    const sip::Registration::Status& status() const { return registration->status(); }
    using State = sip::Registration::State;
    State state() const { return status().state; }
    base::TimePoint now() const { return f.scheduler.clock().now(); }

    UaFixture f;
    SlowResolver slow;
    sip::UaCore slowCore{f.scheduler, f.transactions, f.random, slow, "Hookswitch/test"};
    sip::Registration::Config config = usual();
    int changes = 0;
    std::shared_ptr<sip::DigestClient> credentials = std::make_shared<sip::DigestClient>(
        f.random, sip::DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")});
    std::shared_ptr<sip::Registration> registration =
        std::make_shared<sip::Registration>(f.core, config, credentials, [this] { ++changes; });
};

inline QByteArray challengeLine(const QByteArray& nonce, const QByteArray& realm = "pbx")
{
    return "WWW-Authenticate: Digest realm=\"" + realm + "\", nonce=\"" + nonce
        + "\", qop=\"auth\"\r\n";
}

} // namespace hs::test
