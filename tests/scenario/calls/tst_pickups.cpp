// Calls that ring elsewhere and are picked up (RFC 4235, RFC 3891): by us at a server of others,
// and by others from one that we call.
#include "scenario/calls/FarEnd.h"
#include "scenario/calls/Talk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;

class PickupsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCallerIsCalled_data();
    void theCallerIsCalled();
    void whereNobodyFindsTheTarget_data();
    void whereNobodyFindsTheTarget();
    void nothingRings();
    void oneThatWasCalledHasNotMissedIt();
};

namespace {
const QByteArray target = "<target uri=\"sip:ada@192.0.2.50:5070\"/>";
const QByteArray identity = "<identity>sip:202@pbx.example</identity>";

// At 192.0.2.9 a registrar and presence server where 201 is watched by account 200.
struct Watching {
    Watching()
    {
        agent.resolver.names["pbx.example"] = {hopTo("192.0.2.9")};
        model::Account account;
        account.name = QStringLiteral("office");
        account.user = QStringLiteral("200");
        account.domain = QStringLiteral("pbx.example");
        account.busyLamps = QStringList{QStringLiteral("201")};
        agent.accounts.setAccounts({account});
        world.settle();
        const sip::Request request = server.takeRequest();
        server.send(
            replyTo(request, 200, "r",
                    "Contact: <" + request.contacts().first().uri.toBytes() + ">;expires=600\r\n"));
        world.settle();
        for (const sip::Request& each : server.takeRequests()) {
            if (each.headers.first("Event") == QByteArray("dialog")) {
                subscribe = each;
                server.send(
                    replyTo(each, 200, "n", "Contact: <sip:192.0.2.9:5060>\r\nExpires: 600\r\n"));
            } else {
                server.send(replyTo(each, 489, "m"));
            }
        }
        world.settle();
    }
    // The server tells how the call of 201 with that other end is.
    void notify(const QByteArray& state, const QByteArray& remote)
    {
        ++version;
        const QByteArray body = "<dialog-info state=\"full\" version=\""
            + QByteArray::number(version)
            + "\" entity=\"sip:201@pbx.example\"><dialog id=\"i\" call-id=\"c1\" "
              "local-tag=\"mine\" "
              "remote-tag=\"theirs\" direction=\"recipient\"><state>"
            + state + "</state><remote>" + remote + "</remote></dialog></dialog-info>";
        server.send("NOTIFY sip:200@[target] SIP/2.0\nVia: SIP/2.0/UDP [local];branch=z9hG4bKn"
                    + QByteArray::number(version)
                    + "\nMax-Forwards: 70\nFrom: <sip:201@pbx.example>;tag=n\nTo: "
                    + subscribe.headers.first("From")->toByteArray()
                    + "\nCall-ID: " + subscribe.callId() + "\nCSeq: " + QByteArray::number(version)
                    + " NOTIFY\nContact: <sip:192.0.2.9:5060>\nEvent: dialog\n"
                      "Subscription-State: active\nContent-Type: application/dialog-info+xml\n"
                      "Content-Length: [len]\n\n"
                    + body);
        world.settle();
        server.takeResponses();
    }
    base::Result<model::CallId> pickUp(const char* account = "office")
    {
        return agent.manager.pickUp(QString::fromLatin1(account), QStringLiteral("201"),
                                    theOperator());
    }
    // The INVITE that came to the server, answered with that.
    sip::Request answer(int code)
    {
        world.settle();
        sip::Request invite;
        for (const sip::Request& request : server.takeRequests()) {
            if (request.method == "INVITE") {
                invite = request;
                server.send(replyTo(request, code, "t", "Contact: <sip:x@192.0.2.9:5060>\r\n",
                                    code == 200 ? offer() : QByteArray()));
            }
        }
        world.settle();
        return invite;
    }

    World world;
    CallAgent agent{world, "192.0.2.1"};
    SipPeer server{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    sip::Request subscribe;
    int version = 0;
};
} // namespace

void PickupsTest::theCallerIsCalled_data()
{
    QTest::addColumn<QByteArray>("remote");
    QTest::addColumn<QByteArray>("requestUri");
    QTest::addColumn<QString>("number");
    const auto row = [](const char* name, const QByteArray& remote, const char* uri,
                        const char* number) {
        QTest::newRow(name) << remote << QByteArray(uri) << QString::fromLatin1(number);
    };
    row("4235 4.1.6.2 the target is where it is reached", identity + target,
        "sip:ada@192.0.2.50:5070", "202");
    row("3261 19.1.1 what no Request-URI holds is left out",
        identity + "<target uri=\"sip:ada@192.0.2.50:5070;method=BYE;ob?Subject=x\"/>",
        "sip:ada@192.0.2.50:5070;ob", "202");
    row("4235 4.1.6.1 without a target the identity", identity, "sip:202@pbx.example", "202");
    row("4235 4.1.6 without an identity the target", target, "sip:ada@192.0.2.50:5070", "ada");
    row("4235 4.1.6 the server hides both, so it stands in", "", "sip:201@pbx.example", "201");
}

void PickupsTest::theCallerIsCalled()
{
    QFETCH(QByteArray, remote);
    Watching w;
    w.notify("early", remote);
    QVERIFY(w.pickUp(""));
    const sip::Request invite = w.answer(200); // by way of the server, whatever it names
    QTEST(invite.requestUri, "requestUri");
    QCOMPARE(invite.headers.first("Replaces")->toByteArray(),
             QByteArray("c1;to-tag=theirs;from-tag=mine;early-only"));
    QVERIFY(invite.required().contains("replaces"));
    QTEST(w.agent.call().number, "number");
    QCOMPARE(w.agent.call().account, QStringLiteral("office"));
    QCOMPARE(w.agent.call().state, CallState::Active);
}

void PickupsTest::whereNobodyFindsTheTarget_data()
{
    QTest::addColumn<QByteArray>("remote");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isTriedAgain");
    const auto row = [](const char* name, const QByteArray& remote, int code, bool isTriedAgain) {
        QTest::newRow(name) << remote << code << isTriedAgain;
    };
    for (const int code : {403, 404, 408, 410, 416, 478, 480, 500, 503}) {
        row(qPrintable(QStringLiteral("%1 the way is not known").arg(code)), identity + target,
            code, true);
    }
    row("3891 3 481 the call is no more", identity + target, 481, false);
    row("3891 3 486 it was answered", identity + target, 486, false);
    row("3261 21.4.21 420 the caller can't do it", identity + target, 420, false);
    row("3261 21.6 603", identity + target, 603, false);
    row("an identity of another domain", "<identity>sip:202@far.example</identity>" + target, 404,
        false);
    row("it was the identity", identity, 404, false);
}

void PickupsTest::whereNobodyFindsTheTarget()
{
    QFETCH(QByteArray, remote);
    QFETCH(int, code);
    QFETCH(bool, isTriedAgain);
    Watching w;
    w.notify("early", remote);
    QVERIFY(w.pickUp());
    const sip::Request first = w.answer(code);
    const sip::Request second = w.answer(isTriedAgain ? 404 : 200);
    QCOMPARE(second.requestUri, isTriedAgain ? QByteArray("sip:202@pbx.example") : QByteArray());
    if (isTriedAgain) {
        QCOMPARE(second.headers.first("Replaces"), first.headers.first("Replaces"));
    }
    QVERIFY(w.answer(200).method.isEmpty()); // once
    QVERIFY(!w.agent.call().isAlive());
    QCOMPARE(w.agent.call().finalCode, isTriedAgain ? 404 : code);
}

void PickupsTest::nothingRings()
{
    Watching w;
    for (const auto& state : {"confirmed", "terminated", "trying"}) {
        w.notify(state, identity + target);
        const auto refused = w.pickUp();
        QVERIFY(!refused);
        QVERIFY(refused.error().text.contains(QStringLiteral("201 can't be picked up")));
    }
    QVERIFY(w.pickUp("other").error().text.contains(QStringLiteral("no account 'other'")));
    const auto unwatched = w.agent.manager.pickUp({}, QStringLiteral("299"), theOperator());
    QVERIFY(unwatched.error().text.contains(QStringLiteral("no account watches '299'")));
    QVERIFY(w.answer(200).method.isEmpty());
}

// RFC 3891 section 3, RFC 3326 section 2: its early dialog is CANCELed, and why is said.
void PickupsTest::oneThatWasCalledHasNotMissedIt()
{
    World world;
    SipTrace trace(world);
    CallAgent caller(world, "192.0.2.1");
    CallAgent called(world, "192.0.2.2");
    SipPeer picker(world.network, endpoint("192.0.2.9", 5060), caller.sip());
    QVERIFY(caller.manager.dial({uriOf(called), theOperator()}));
    world.run(50ms);
    const sip::Request invite = trace.last("INVITE");
    picker.send(inviteText("z9hG4bK-p", "call-2",
                           "Replaces: " + invite.callId() + ";to-tag=" + invite.from()->tag()
                               + ";from-tag=x;early-only\n",
                           offer()));
    world.run(50ms);
    QCOMPARE(picker.takeResponses().last().statusCode, 200);
    QCOMPARE(caller.call().state, CallState::Active);
    QCOMPARE(called.call().finalCode, 200);
    QCOMPARE(called.call().reason, QStringLiteral("Call completed elsewhere"));
    QVERIFY(!called.call().isMissed());
}

QTEST_GUILESS_MAIN(PickupsTest)
#include "tst_pickups.moc"
