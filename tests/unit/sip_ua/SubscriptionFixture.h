// SubscriptionFixture: a Subscription to the dialogs of sip:101@192.0.2.9 with the fixture's peer
// as server, and what a server answers and notifies.
#pragma once

#include "support/UaFixture.h"

namespace hs::test {

class SubscriptionFixture : public sip::Subscription::User {
public:
    using State = sip::Subscription::State;

    static sip::Subscription::Config usual()
    {
        sip::Subscription::Config config;
        config.event = "dialog";
        config.accept = "application/dialog-info+xml";
        config.target = *sip::Uri::parse("sip:101@192.0.2.9");
        config.server = *sip::Uri::parse("sip:192.0.2.9");
        config.from.uri = *sip::Uri::parse("sip:100@192.0.2.9");
        config.contactUser = "100";
        config.expires = std::chrono::seconds(600);
        return config;
    }

    SubscriptionFixture()
        : SubscriptionFixture(usual())
    {
    }
    explicit SubscriptionFixture(const sip::Subscription::Config& config)
        : credentials(std::make_shared<sip::DigestClient>(
            f.random, sip::DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")}))
        , subscription(f.userAgent.subscribe(config, credentials, this))
    {
    }

    void onNotify(const QByteArray& contentType, const QByteArray& body) override
    {
        bodies << contentType + ' ' + body;
        if (whenNotified) {
            whenNotified();
        }
    }
    void onEmptyNotify() override { ++empty; }
    void onSubscriptionChanged() override { ++changes; }

    sip::Request start()
    {
        subscription->start();
        f.run();
        return take();
    }
    sip::Request take() { return f.peer.takeRequest(); }
    void reply(const QByteArray& bytes)
    {
        f.peer.send(bytes);
        f.run();
    }
    // A 200 with that expiry, from the notifier with that tag.
    void grant(const sip::Request& request, int seconds, const QByteArray& tag = "srv",
               const QByteArray& more = {})
    {
        reply(replyTo(request, 200, tag,
                      "Expires: " + QByteArray::number(seconds)
                          + "\r\nContact: <sip:srv@192.0.2.9:5060>\r\n" + more));
    }
    // A NOTIFY in the dialog of that SUBSCRIBE; what our side answers.
    int notify(const sip::Request& request, int sequence, const QByteArray& state = "active",
               const QByteArray& body = "<b/>", const QByteArray& tag = "srv")
    {
        lastAnswer = {};
        f.peer.send("NOTIFY sip:100@[target] SIP/2.0\n"
                    "Via: SIP/2.0/UDP [local];branch=z9hG4bKn"
                    + QByteArray::number(++branches)
                    + ";rport\nMax-Forwards: 70\nFrom: <sip:101@192.0.2.9>;tag=" + tag
                    + "\nTo: " + request.headers.first("From")->toByteArray()
                    + "\nCall-ID: " + request.callId() + "\nCSeq: " + QByteArray::number(sequence)
                    + " NOTIFY\nContact: <sip:srv@192.0.2.9:5060>\n" + eventLine
                    + "Subscription-State: " + state + '\n'
                    + (body.isEmpty() ? QByteArray() : "Content-Type: " + type + '\n')
                    + "Content-Length: [len]\n\n" + body);
        f.run();
        for (const sip::Response& response : f.peer.takeResponses()) {
            lastAnswer = response;
        }
        return lastAnswer.statusCode;
    }
    // Subscribed, told, nothing on the way.
    sip::Request subscribed(int seconds = 600)
    {
        const sip::Request request = start();
        grant(request, seconds);
        notify(request, 1, "active;expires=" + QByteArray::number(seconds));
        bodies.clear();
        return request;
    }
    // Seconds, rounded up, until the next request goes out; -1 if that takes over `most`.
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
    const sip::Subscription::Status& status() const { return subscription->status(); }
    State state() const { return status().state; }
    base::TimePoint now() const { return f.scheduler.clock().now(); }

    UaFixture f;
    std::shared_ptr<sip::DigestClient> credentials;
    std::shared_ptr<sip::Subscription> subscription;
    QList<QByteArray> bodies; // "type body"
    std::function<void()> whenNotified;
    int empty = 0; // NOTIFYs without a document
    int changes = 0;
    int branches = 0;
    QByteArray eventLine = "Event: dialog\n";
    QByteArray type = "application/dialog-info+xml";
    sip::Response lastAnswer;
};

} // namespace hs::test
