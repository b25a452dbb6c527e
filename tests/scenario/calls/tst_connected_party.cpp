// Who is at the far end by a server's word, as a call goes on (RFC 3325 section 9), and why it says
// that it ends (RFC 3326).
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ConnectedPartyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inTheAnswersToOurCall();
    void inTheAnswersToOurCall_data();
    void inTheirRequests_data();
    void inTheirRequests();
    void inTheAnswerToOurOffer();
    void reasonOfTheBye_data();
    void reasonOfTheBye();
};

namespace {
const QByteArray contact = "Contact: <sip:x@192.0.2.9:5060>\r\n";
const QByteArray alice = "P-Asserted-Identity: \"Alice\" <sip:777@pbx.example>\r\n";

call::CallSettings settings(bool trusted)
{
    call::CallSettings result;
    result.rtpTimeout = 0s;
    result.sipServer = base::HostPort{trusted ? "192.0.2.9" : "192.0.2.8", 5060};
    return result;
}

struct Dialled {
    explicit Dialled(bool trusted = true, const char* target = "sip:200@192.0.2.9")
        : agent(world, "192.0.2.1", settings(trusted))
        , far(world.network, endpoint("192.0.2.9", 5060), agent.sip())
    {
        id = *agent.manager.dial({QString::fromLatin1(target), model::Actor::consoleOperator()});
        world.settle();
        invite = far.takeRequest();
    }
    void reply(int code, const QByteArray& headers)
    {
        far.send(replyTo(invite, code, "peer", contact + headers, code == 180 ? "" : offer()));
        world.settle();
        far.takeRequests();
    }
    // A request of theirs within the dialog.
    sip::Response request(const QByteArray& method, int sequence, const QByteArray& headers,
                          const QByteArray& sdp = {})
    {
        const QByteArray ours = invite.headers.first("From")->toByteArray();
        const QByteArray theirs = invite.headers.first("To")->toByteArray() + ";tag=peer";
        far.send(method + " " + invite.contacts().first().uri.toBytes()
                 + " SIP/2.0\nVia: SIP/2.0/UDP [local];branch=z9hG4bK-"
                 + QByteArray::number(++branches) + "\nMax-Forwards: 70\nFrom: " + theirs
                 + "\nTo: " + ours + "\nCall-ID: " + invite.callId()
                 + "\nCSeq: " + QByteArray::number(sequence) + ' ' + method
                 + "\nContact: <sip:x@192.0.2.9>\n" + QByteArray(headers).replace("\r", "")
                 + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\n")
                 + "Content-Length: [len]\n\n" + sdp);
        world.settle();
        const auto responses = far.takeResponses();
        return responses.isEmpty() ? sip::Response() : responses.last();
    }
    model::Call call() { return agent.call(id); }

    World world;
    CallAgent agent;
    SipPeer far;
    sip::Request invite;
    model::CallId id = 0;
    int branches = 0;
};
} // namespace

void ConnectedPartyTest::inTheAnswersToOurCall_data()
{
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("name");
    const QString none;
    const auto words = [](const char* text) { return QString::fromLatin1(text); };
    QTest::newRow("3325 9.2: 180") << true << 180 << alice << words("777") << words("Alice");
    QTest::newRow("3325 9.2: 183") << true << 183 << alice << words("777") << words("Alice");
    QTest::newRow("3325 9.2: 200") << true << 200 << alice << words("777") << words("Alice");
    QTest::newRow("RPID: 200") << true << 200
                               << QByteArray("Remote-Party-ID: <sip:778@x>;party=called\r\n")
                               << words("778") << none;
    QTest::newRow("3325 5: a stranger's word") << false << 200 << alice << none << none;
    QTest::newRow("nothing said") << true << 200 << QByteArray() << none << none;
}

void ConnectedPartyTest::inTheAnswersToOurCall()
{
    QFETCH(bool, trusted);
    QFETCH(int, code);
    QFETCH(QByteArray, headers);
    Dialled d(trusted);
    d.reply(code, headers);
    QTEST(d.call().connectedNumber, "number");
    QTEST(d.call().connectedName, "name");
    QCOMPARE(d.call().number, QStringLiteral("200")); // what was dialled stays, for the log
    QCOMPARE(d.call().remoteUri, QStringLiteral("sip:200@192.0.2.9"));
    if (code != 200) {
        d.reply(200, {});
        QTEST(d.call().connectedNumber, "number");
    }
}

void ConnectedPartyTest::inTheirRequests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("sdp");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("re-INVITE") << QByteArray("INVITE") << offer() << true;
    QTest::newRow("UPDATE") << QByteArray("UPDATE") << QByteArray() << true;
    QTest::newRow("UPDATE of a stranger") << QByteArray("UPDATE") << QByteArray() << false;
}

void ConnectedPartyTest::inTheirRequests()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, sdp);
    QFETCH(bool, trusted);
    Dialled d(trusted);
    d.reply(200, {});
    QCOMPARE(d.request(method, 1, alice, sdp).statusCode, 200);
    QCOMPARE(d.call().connectedNumber, trusted ? QStringLiteral("777") : QString());
    if (!trusted) {
        return;
    }
    if (method == "INVITE") {
        d.request("ACK", 1, {});
    }
    // Without a name: the same one's is kept, another one's is not.
    d.request("UPDATE", 2, "P-Asserted-Identity: <sip:777@x>\r\n");
    QCOMPARE(d.call().connectedName, QStringLiteral("Alice"));
    d.request("UPDATE", 3, {});
    QCOMPARE(d.call().connectedNumber, QStringLiteral("777"));
    d.request("UPDATE", 4, "P-Asserted-Identity: <sip:888@x>\r\n");
    QCOMPARE(d.call().connectedNumber, QStringLiteral("888"));
    QVERIFY(d.call().connectedName.isEmpty());
    // Back to whom we had called.
    d.request("UPDATE", 5, "P-Asserted-Identity: \"Bob\" <sip:200@x>\r\n");
    QVERIFY(d.call().connectedNumber.isEmpty());
    QCOMPARE(d.call().displayName, QStringLiteral("Bob"));
}

void ConnectedPartyTest::inTheAnswerToOurOffer()
{
    Dialled d;
    d.reply(200, {});
    QVERIFY(d.agent.manager.setHeld(d.id, true));
    d.world.settle();
    const sip::Request hold = d.far.takeRequest();
    d.far.send(replyTo(hold, 200, "peer", contact + alice, offer()));
    d.world.settle();
    QCOMPARE(d.call().connectedNumber, QStringLiteral("777"));
}

void ConnectedPartyTest::reasonOfTheBye_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* headers, const char* reason) {
        QTest::newRow(name) << QByteArray(headers) << QString::fromLatin1(reason);
    };
    row("none", "", "OK");
    row("3326 2 text", "Reason: Q.850;cause=16;text=\"Normal call clearing\"\r\n",
        "Normal call clearing");
    row("3326 2 cause alone", "Reason: Q.850;cause=38\r\n", "Network out of order");
    row("3326 2 two headers", "Reason: Q.850;cause=16\r\nReason: SIP;cause=480;text=\"off\"\r\n",
        "off");
    row("malformed", "Reason: ;;;\r\n", "OK");
}

void ConnectedPartyTest::reasonOfTheBye()
{
    QFETCH(QByteArray, headers);
    Dialled d;
    d.reply(200, {});
    QCOMPARE(d.request("BYE", 1, headers).statusCode, 200);
    QCOMPARE(d.call().endedBy.kind, model::ActorKind::FarEnd);
    QCOMPARE(d.call().finalCode, 200);
    QTEST(d.call().reason, "reason");
}

QTEST_GUILESS_MAIN(ConnectedPartyTest)
#include "tst_connected_party.moc"
