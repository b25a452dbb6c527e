// Several accounts at once: registering, changing, going, and whose call an INVITE is.
#include "AccountsFixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::RegistrationState;

class AccountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachRegistersAtItsServer();
    void allIsForTheDomainWhereverItsServerIs();
    void onlyWhatChangedIsRegisteredAnew();
    void whatIsGoneIsTakenBackAndTold();
    void whatHasGoneIsForgotten();
    void whoLeavesStaysForItsSubscriptions();
    void theOrderAloneChangesNothing();
    void withoutPasswordItIsSaidAndTried();
    void passwordIsUsedAndAskedForAgain();
    void passwordThatIsFoundLateIsUsed();
    void byHand();
    void stopTakesAllBindingsBack();
    void stopWithoutAccountsEndsAtOnce();
    void networkChangeRegistersAtOnce();
    void watchesAnewWhenItsServerIsBack();
    void watchesAnewWhenItRegistersByHand();
};

namespace {
QList<model::Account> officeAndOther()
{
    return {account("office", "100", "office.example"), account("other", "200", "other.example")};
}

// Both registered.
struct Registered : AccountsFixture {
    Registered()
    {
        set(officeAndOther());
        grant(f.peer, takeRegister(f.peer));
        grant(other, takeRegister(other));
        takeRegister(f.peer); // and no subscription
        takeRegister(other);
        states.clear();
        passwordsAsked.clear();
    }
};
} // namespace

void AccountsTest::eachRegistersAtItsServer()
{
    AccountsFixture f;
    QVERIFY(f.accounts.isEmpty());
    f.set(officeAndOther());
    QVERIFY(!f.accounts.isEmpty());
    QCOMPARE(f.state("office").state, RegistrationState::Registering);
    const sip::Request office = f.takeRegister(f.f.peer);
    QCOMPARE(office.method, QByteArray("REGISTER"));
    QCOMPARE(office.to()->uri.toBytes(), QByteArray("sip:100@office.example"));
    f.grant(f.f.peer, office);
    const sip::Request other = f.takeRegister(f.other);
    QCOMPARE(other.requestUri, QByteArray("sip:other.example"));
    f.reply(f.other, replyTo(other, 404, "x"));
    QCOMPARE(f.state("office").state, RegistrationState::Registered);
    QVERIFY(f.state("office").registeredUntil > 0);
    QCOMPARE(f.state("office").server, QStringLiteral("192.0.2.9:5060 UDP"));
    QVERIFY(f.state("office").problem.isEmpty());
    QCOMPARE(f.state("other").state, RegistrationState::Failed);
    QCOMPARE(f.state("other").sipCode, 404);
    QVERIFY(!f.state("other").problem.isEmpty());
    QCOMPARE(f.accounts.states().size(), 2);
    QCOMPARE(f.accounts.states().first().addressOfRecord, QStringLiteral("100@office.example"));
    QVERIFY(f.states.contains(f.state("office"))); // told
    QVERIFY(f.states.contains(f.state("other")));
}

// RFC 3261 sections 10.2 and 11: the server's own name is for finding it alone.
void AccountsTest::allIsForTheDomainWhereverItsServerIs()
{
    AccountsFixture f;
    f.resolver.names["sip.office.example"] = {hopTo("192.0.2.9")};
    model::Account office = account("office", "100", "office.example");
    office.registrar = QStringLiteral("sip.office.example");
    f.set({office});
    const sip::Request request = f.takeRegister(f.f.peer);
    QCOMPARE(request.requestUri, QByteArray("sip:office.example"));
    f.grant(f.f.peer, request);
    const QList<sip::Request> subscriptions = f.f.peer.takeRequests();
    QCOMPARE(subscriptions.size(), 1);
    QCOMPARE(subscriptions.first().method, QByteArray("SUBSCRIBE"));
    QCOMPARE(subscriptions.first().requestUri, QByteArray("sip:100@office.example"));
    QCOMPARE(subscriptions.first().to()->uri.toBytes(), QByteArray("sip:100@office.example"));

    AccountsFixture silent;
    silent.resolver.names["sip.office.example"] = {hopTo("192.0.2.9")};
    silent.resolver.names["proxy.example"] = {hopTo("192.0.2.8")};
    office.registers = false;
    office.transport = model::SipTransport::Udp;
    silent.set({office});
    const sip::Request probe = silent.f.peer.takeRequest();
    QCOMPARE(probe.method, QByteArray("OPTIONS"));
    QCOMPARE(probe.requestUri, QByteArray("sip:office.example"));
    QCOMPARE(probe.to()->uri.toBytes(), QByteArray("sip:office.example"));
    QVERIFY(probe.routes().isEmpty());
    office.outboundProxy = QStringLiteral("proxy.example");
    silent.set({office});
    const sip::Request routed = silent.other.takeRequest();
    QCOMPARE(routed.requestUri, QByteArray("sip:office.example"));
    QCOMPARE(routed.routes().first().uri.toBytes(),
             QByteArray("sip:proxy.example;transport=udp;lr"));
}

void AccountsTest::onlyWhatChangedIsRegisteredAnew()
{
    Registered f;
    QList<model::Account> changed = officeAndOther();
    changed[1].displayName = QStringLiteral("Desk");
    f.set(changed);
    QCOMPARE(f.f.peer.waiting(), 0);
    QCOMPARE(f.state("office").state, RegistrationState::Registered);
    QCOMPARE(f.passwordsAsked, QStringList{QStringLiteral("other")});
    QVERIFY(f.removed.isEmpty()); // it is still there
    // The binding is the same one: it is made anew, and nothing takes it back behind that.
    const sip::Request anew = f.takeRegister(f.other);
    QVERIFY(anew.headers.first("From")->contains("Desk"));
    QVERIFY(anew.contacts().first().params.unquoted("expires") != "0");
    f.grant(f.other, anew);
    QVERIFY(f.takeRegister(f.other).method.isEmpty());
    QCOMPARE(f.state("other").state, RegistrationState::Registered);
}

void AccountsTest::whatIsGoneIsTakenBackAndTold()
{
    Registered f;
    f.set({officeAndOther().first()});
    QCOMPARE(f.removed, QStringList{QStringLiteral("other")});
    QCOMPARE(f.accounts.states().size(), 1);
    QVERIFY(!f.accounts.find(QStringLiteral("other")));
    const sip::Request back = f.takeRegister(f.other);
    QCOMPARE(back.method, QByteArray("REGISTER"));
    QVERIFY(back.expires() == 0U || back.contacts().first().params.unquoted("expires") == "0");
    QCOMPARE(f.accounts.leaving(), 1U);
    f.grant(f.other, back);
    QCOMPARE(f.accounts.leaving(), 0U);
    QCOMPARE(f.f.peer.waiting(), 0);
}

void AccountsTest::whatHasGoneIsForgotten()
{
    Registered f;
    QList<model::Account> changed = officeAndOther();
    changed[1].displayName = QStringLiteral("Desk");
    f.set(changed); // it leaves without a word
    QCOMPARE(f.accounts.leaving(), 0U);
    f.set({});
    QCOMPARE(f.accounts.leaving(), 2U);
    f.f.advance(3s); // no server answers
    QCOMPARE(f.accounts.leaving(), 0U);
    f.set({silentAccount("office", "100", "office.example")});
    f.set({});
    QCOMPARE(f.accounts.leaving(), 0U);
}

// The server may want to know who it is that ends a subscription, after it has let the binding go.
void AccountsTest::whoLeavesStaysForItsSubscriptions()
{
    AccountsFixture f;
    f.passwords[QStringLiteral("office")] = QStringLiteral("secret");
    f.set({officeAndOther().first()});
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    const sip::Request subscribe = f.f.peer.takeRequest();
    QCOMPARE(subscribe.method, QByteArray("SUBSCRIBE"));
    f.reply(f.f.peer, replyTo(subscribe, 200, "mwi", "Expires: 600\r\n"));
    f.set({});
    sip::Request unsubscribe;
    for (const sip::Request& request : f.f.peer.takeRequests()) {
        if (request.method == "SUBSCRIBE") {
            unsubscribe = request;
        } else {
            f.grant(f.f.peer, request);
        }
    }
    QCOMPARE(unsubscribe.expires(), 0U);
    QCOMPARE(f.accounts.leaving(), 1U);
    f.reply(f.f.peer,
            replyTo(unsubscribe, 401, "mwi",
                    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\"\r\n"));
    const sip::Request again = f.f.peer.takeRequest();
    QVERIFY(again.headers.has("Authorization"));
    f.reply(f.f.peer, replyTo(again, 481, "mwi"));
    QCOMPARE(f.accounts.leaving(), 0U);
}

void AccountsTest::theOrderAloneChangesNothing()
{
    Registered f;
    f.set({officeAndOther().last(), officeAndOther().first()});
    QCOMPARE(f.f.peer.waiting(), 0);
    QCOMPARE(f.other.waiting(), 0);
    QCOMPARE(f.accounts.defaultLine()->account().name, QStringLiteral("other"));
}

// Some servers know who calls by his address, so it is tried all the same.
void AccountsTest::withoutPasswordItIsSaidAndTried()
{
    AccountsFixture f;
    f.withoutPassword << QStringLiteral("office");
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("office.*no password is known")));
    f.set({officeAndOther().first()});
    const sip::Request request = f.takeRegister(f.f.peer);
    QCOMPARE(request.method, QByteArray("REGISTER"));
    f.reply(f.f.peer,
            replyTo(request, 401, "x",
                    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"\r\n"));
    const model::AccountState state = f.state("office");
    QVERIFY(state.state != RegistrationState::Registered);
    if (f.f.peer.waiting() == 0) { // it has nothing to answer the challenge with
        QCOMPARE(state.state, RegistrationState::Failed);
        QVERIFY2(state.problem.contains(QStringLiteral("password")), qPrintable(state.problem));
    }
}

void AccountsTest::passwordIsUsedAndAskedForAgain()
{
    AccountsFixture f;
    f.passwords[QStringLiteral("office")] = QStringLiteral("wrong");
    f.set({officeAndOther().first()});
    const QByteArray challenge =
        "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n1\", qop=\"auth\"\r\n";
    f.reply(f.f.peer, replyTo(f.takeRegister(f.f.peer), 401, "x", challenge));
    const sip::Request answered = f.takeRegister(f.f.peer);
    QVERIFY(answered.headers.first("Authorization")->contains("username=\"100\""));
    f.reply(f.f.peer, replyTo(answered, 403, "x"));
    QCOMPARE(f.state("office").state, RegistrationState::Failed);
    QVERIFY2(!f.state("office").problem.isEmpty(), qPrintable(f.state("office").problem));
    f.passwords[QStringLiteral("office")] = QStringLiteral("right");
    f.accounts.passwordChanged(QStringLiteral("office"));
    f.f.run();
    QCOMPARE(f.passwordsAsked.size(), 2);
    const sip::Request again = f.takeRegister(f.f.peer);
    QCOMPARE(again.method, QByteArray("REGISTER"));
    f.grant(f.f.peer, again);
    QCOMPARE(f.state("office").state, RegistrationState::Registered);
    f.accounts.passwordChanged(QStringLiteral("nonesuch")); // is no account any more: nothing
}

// A keyring that its owner unlocks when the account has been refused already.
void AccountsTest::passwordThatIsFoundLateIsUsed()
{
    AccountsFixture f;
    f.withoutPassword << QStringLiteral("office");
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("office.*no password is known")));
    f.set({officeAndOther().first()});
    const QByteArray challenge =
        "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n1\", qop=\"auth\"\r\n";
    f.reply(f.f.peer, replyTo(f.takeRegister(f.f.peer), 401, "x", challenge));
    if (f.f.peer.waiting() > 0) {
        f.reply(f.f.peer, replyTo(f.takeRegister(f.f.peer), 403, "x"));
    }
    QCOMPARE(f.state("office").state, RegistrationState::Failed);
    f.accounts.passwordFound(QStringLiteral("office"), QStringLiteral("right"));
    f.f.run();
    f.reply(f.f.peer, replyTo(f.takeRegister(f.f.peer), 401, "x", challenge));
    const sip::Request answered = f.takeRegister(f.f.peer);
    QVERIFY(answered.headers.has(sip::HeaderId::Authorization));
    f.grant(f.f.peer, answered);
    QCOMPARE(f.state("office").state, RegistrationState::Registered);
    // Who was taken back by hand meanwhile stays so.
    QVERIFY(f.accounts.unregister(QStringLiteral("office")));
    f.f.run();
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    f.accounts.passwordFound(QStringLiteral("office"), QStringLiteral("right"));
    f.f.run();
    QVERIFY(f.takeRegister(f.f.peer).method.isEmpty());
    f.accounts.passwordFound(QStringLiteral("nonesuch"), {}); // is no account any more: nothing
}

void AccountsTest::byHand()
{
    Registered f;
    QVERIFY(f.accounts.unregister(QStringLiteral("office")));
    f.f.run();
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    QCOMPARE(f.state("office").state, RegistrationState::Off);
    QVERIFY(f.accounts.find(QStringLiteral("office"))); // calls can be made by it
    QVERIFY(f.accounts.registerNow(QStringLiteral("office")));
    f.f.run();
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    QCOMPARE(f.state("office").state, RegistrationState::Registered);
    for (const auto& done : {f.accounts.registerNow(QStringLiteral("nonesuch")),
                             f.accounts.unregister(QStringLiteral("nonesuch"))}) {
        QVERIFY(!done);
        QVERIFY(done.error().text.contains(QStringLiteral("nonesuch")));
    }
}

void AccountsTest::stopTakesAllBindingsBack()
{
    Registered f;
    int done = 0;
    f.accounts.stop([&done] { ++done; });
    f.f.run();
    QCOMPARE(done, 0);
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    QCOMPARE(done, 0);
    f.grant(f.other, f.takeRegister(f.other));
    QCOMPARE(done, 1);
}

void AccountsTest::stopWithoutAccountsEndsAtOnce()
{
    AccountsFixture f;
    f.set({silentAccount("office", "100", "office.example")});
    int done = 0;
    f.accounts.stop([&done] { ++done; });
    QCOMPARE(done, 1);
    QVERIFY(f.takeRegister(f.f.peer).method.isEmpty()); // only asked whether it is there
}

void AccountsTest::networkChangeRegistersAtOnce()
{
    Registered f;
    f.accounts.networkChanged();
    f.f.run();
    QCOMPARE(f.takeRegister(f.f.peer).method, QByteArray("REGISTER"));
    QCOMPARE(f.takeRegister(f.other).method, QByteArray("REGISTER"));
}

// What it was asked to tell, a server that was away need not know any more.
void AccountsTest::watchesAnewWhenItsServerIsBack()
{
    Registered f;
    const auto next = [&f] { // what the office's server gets; the other's is answered
        for (int i = 0; i < 7000 && f.f.peer.waiting() == 0; ++i) {
            f.f.advance(100ms);
            if (f.other.waiting() > 0) {
                f.grant(f.other, f.takeRegister(f.other));
            }
        }
        return f.f.peer.takeRequest();
    };
    sip::Request request = next();
    QCOMPARE(request.method, QByteArray("REGISTER"));
    f.grant(f.f.peer, request);
    QCOMPARE(f.f.peer.waiting(), 0); // it was there all the time
    f.reply(f.f.peer, replyTo(next(), 500, "x"));
    QCOMPARE(f.state("office").state, RegistrationState::Failed);
    request = next();
    QCOMPARE(request.method, QByteArray("REGISTER"));
    f.grant(f.f.peer, request);
    QCOMPARE(f.f.peer.takeRequest().method, QByteArray("SUBSCRIBE"));
}

void AccountsTest::watchesAnewWhenItRegistersByHand()
{
    Registered f;
    QVERIFY(f.accounts.unregister(QStringLiteral("office")));
    f.f.run();
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    QVERIFY(f.accounts.registerNow(QStringLiteral("office")));
    f.f.run();
    f.grant(f.f.peer, f.takeRegister(f.f.peer));
    QCOMPARE(f.f.peer.takeRequest().method, QByteArray("SUBSCRIBE"));
}

QTEST_GUILESS_MAIN(AccountsTest)
#include "tst_accounts.moc"
