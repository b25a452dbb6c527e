// Offers of ours that wait for a lookup while something of the last one still comes.
#include "support/FarInvite.h"
#include "support/NamedResolver.h"
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::sip;
using namespace hs::test;
using namespace std::chrono_literals;

class ReinviteRacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copyOfTheLastOk();
    void nextOfferFromTheAnswer();
    void challengeAfterTheHangUp();
    void wayFoundAfterTheHangUp();
};

namespace {
// Answers when the test says so.
class LateResolver final : public Resolver {
public:
    void resolve(const Uri&, Done done) override { m_waiting.push_back(std::move(done)); }
    void reportFailure(const Hop&) override { }
    void answer()
    {
        for (const Done& done : std::exchange(m_waiting, {})) {
            done(Hops{hopTo("192.0.2.9")});
        }
    }

private:
    std::vector<Done> m_waiting;
};

// A call whose far end moves to another name each time it answers.
struct Moving : UaFixture, InviteSession::User {
    Moving()
    {
        const Request invite = farInvite("<sip:200@one.example>");
        call = std::make_shared<InviteSession>(
            lateCore, Dialog::fromRequest(invite, "ours", *Uri::parse("sip:100@192.0.2.1:5062")),
            hopTo("192.0.2.9"), credentials, [] {});
        call->setUser(this);
        credentials->admitServers({hopTo("192.0.2.9")});
    }
    ~Moving() override { call->setUser(nullptr); }
    // Our offer, as it arrives.
    Request offer()
    {
        call->reinvite(someOffer);
        resolver.answer();
        run();
        return peer.takeRequest();
    }
    void reply(const Request& request, int code, const QByteArray& more)
    {
        peer.send(replyTo(request, code, {}, more, code == 200 ? someAnswer : QByteArray()));
        run();
    }
    QByteArrayList sent()
    {
        QByteArrayList methods;
        for (const Request& request : peer.takeRequests()) {
            methods << request.method;
        }
        return methods;
    }

    void onAcknowledged(const QByteArray&) override { }
    InviteSession::OfferReply onOffer(const QByteArray&) override { return {488, {}, {}}; }
    void onLateAnswer(const QByteArray&) override { }
    void onReinviteAnswered(const QByteArray&) override
    {
        ++answers;
        if (offersAgain) {
            call->reinvite(someOffer);
        }
    }
    void onReinviteRefused(const ReinviteClient::Refusal&) override { ++refusals; }
    void onMayReinvite() override { }
    void onRefreshDue() override { }
    void onIdentified(const Message&, const Hop& from) override { identifiedBy = from; }
    void onEnded(const InviteSession::Ending&) override { }

    LateResolver resolver;
    UaCore lateCore{scheduler, transactions, random, resolver, "Hookswitch/test"};
    std::shared_ptr<DigestClient> credentials = std::make_shared<DigestClient>(
        random, DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")});
    std::shared_ptr<InviteSession> call;
    bool offersAgain = false;
    int answers = 0;
    int refusals = 0;
    Hop identifiedBy;
};

const QByteArray toTwo = "Contact: <sip:200@two.example>\r\n";
const QByteArray challenge = "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\"\r\n";
} // namespace

void ReinviteRacesTest::copyOfTheLastOk()
{
    Moving f;
    const Request first = f.offer();
    f.reply(first, 200, toTwo); // the ACK waits for two.example, and so does the next offer
    f.call->reinvite(someOffer);
    f.run();
    f.reply(first, 200, toTwo);
    QCOMPARE(f.answers, 1);
    QVERIFY(f.sent().isEmpty());
    f.resolver.answer();
    f.run();
    const QByteArrayList sent = f.sent();
    QCOMPARE(sent.first(), QByteArray("ACK"));
    QCOMPARE(sent.count("INVITE"), 1);
}

void ReinviteRacesTest::nextOfferFromTheAnswer()
{
    Moving f;
    const Request first = f.offer();
    f.offersAgain = true;
    f.reply(first, 200, toTwo);
    QCOMPARE(f.answers, 1);
    QCOMPARE(f.identifiedBy.remote, hopTo("192.0.2.9").remote); // by whom the last one was answered
}

void ReinviteRacesTest::challengeAfterTheHangUp()
{
    Moving f;
    const Request offer = f.offer();
    f.call->hangUp();
    f.run();
    QCOMPARE(f.sent(), QByteArrayList{"BYE"});
    f.reply(offer, 407, challenge);
    QCOMPARE(f.sent(), QByteArrayList{"ACK"}); // of the 407
    f.reply(offer, 200, toTwo); // what a broken far end says then is acknowledged all the same
    f.resolver.answer();
    f.run();
    QVERIFY(!f.sent().contains("INVITE"));
    QCOMPARE(f.answers + f.refusals, 0);
}

void ReinviteRacesTest::wayFoundAfterTheHangUp()
{
    Moving f;
    f.call->reinvite(someOffer);
    f.call->hangUp();
    f.resolver.answer();
    f.run();
    QCOMPARE(f.sent(), QByteArrayList{"BYE"});
}

QTEST_GUILESS_MAIN(ReinviteRacesTest)
#include "tst_reinvite_races.moc"
