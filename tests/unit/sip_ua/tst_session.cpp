// An established call: RFC 3261 sections 12.2, 14 and 15, RFC 5407's races, as seen on the wire.
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reinviteIsAnsweredAndItsOkRepeated();
    void reinviteThatIsRefusedChangesNothing();
    void reinviteWithoutAnOfferGetsOurs();
    void reinviteMovesTheTarget();
    void sequenceGoingBackwardsGets500();
    void reinviteDuringOursGets491();
    void reinviteBeforeTheAckCountsAsIt();
    void ackOfAnotherInviteIsIgnored();
    void unknownDialogGets481_data();
    void unknownDialogGets481();
    void spoofedTagsEndNothing();
    void optionsAndStrangersWithinTheDialog();
    void byeCrossesBye();
    void byeIsRepeatedThenGivenUp();
    void dialogLostByOurReinvite();
    void deadNameInTheContact();
    void byeReasonIsTold();
};

namespace {
struct Established : UaFixture {
    Established()
        : UaFixture(Policy::Accept)
    {
        peer.send(inviteText());
        run();
        tag = toTagOf(peer.takeResponses().last());
        peer.send(inDialogText("ACK", 1, "z9hG4bK-ack", tag));
        run();
        sessionLog.lines.clear();
    }
    QByteArray tag;
};
} // namespace

void SessionTest::reinviteIsAnsweredAndItsOkRepeated()
{
    Established f;
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", f.tag, "call-1", someOffer));
    f.run();
    const auto responses = f.peer.takeResponses();
    QCOMPARE(responses.size(), 2);
    QCOMPARE(responses.at(0).statusCode, 100);
    QCOMPARE(responses.at(1).statusCode, 200);
    QCOMPARE(responses.at(1).body, someAnswer);
    QVERIFY(responses.at(1).headers.has("Contact"));
    QCOMPARE(f.sessionLog.lastSdp, someOffer);
    f.advance(500ms);
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-3", f.tag));
    f.advance(40s);
    QCOMPARE(f.peer.waiting(), 0);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("offer")}));
}

void SessionTest::reinviteThatIsRefusedChangesNothing()
{
    Established f;
    f.sessionLog.reply = {488, {}};
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", f.tag, "call-1", someOffer));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 488);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-2", f.tag));
    f.peer.send(inDialogText("BYE", 3, "z9hG4bK-3", f.tag));
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
}

void SessionTest::reinviteWithoutAnOfferGetsOurs()
{
    Established f;
    f.sessionLog.reply = {200, someOffer};
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", f.tag));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().body, someOffer);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-3", f.tag, "call-1", someAnswer));
    f.run();
    QCOMPARE(f.sessionLog.lines,
             QStringList({QStringLiteral("offer wanted"), QStringLiteral("late answer")}));
    QCOMPARE(f.sessionLog.lastSdp, someAnswer);
}

void SessionTest::reinviteMovesTheTarget()
{
    Established f;
    QByteArray reinvite = inDialogText("INVITE", 2, "z9hG4bK-2", f.tag, "call-1", someOffer);
    reinvite.replace("Contact: <sip:0912341234@[local]>", "Contact: <sip:moved@192.0.2.9:5060>");
    f.peer.send(reinvite);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-3", f.tag));
    f.run();
    f.peer.takeResponses();
    f.session->hangUp();
    f.run();
    QCOMPARE(f.peer.takeRequest().requestUri, QByteArray("sip:moved@192.0.2.9:5060"));
}

void SessionTest::sequenceGoingBackwardsGets500()
{
    Established f;
    f.peer.send(inDialogText("OPTIONS", 7, "z9hG4bK-2", f.tag));
    f.peer.send(inDialogText("BYE", 6, "z9hG4bK-3", f.tag));
    f.run();
    const auto responses = f.peer.takeResponses();
    QCOMPARE(responses.at(0).statusCode, 200);
    QCOMPARE(responses.at(1).statusCode, 500);
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void SessionTest::reinviteDuringOursGets491()
{
    Established f;
    f.session->reinvite(someOffer);
    f.run();
    const sip::Request ours = f.peer.takeRequest();
    QCOMPARE(ours.method, QByteArray("INVITE"));
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", f.tag, "call-1", someOffer));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 491);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-2", f.tag));
    f.peer.send(replyTo(ours, 491, "peer"));
    f.run();
    f.peer.takeRequests();
    // In between theirs is taken: none of ours is under way.
    f.peer.send(inDialogText("INVITE", 3, "z9hG4bK-3", f.tag, "call-1", someOffer));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 200);
    f.peer.send(inDialogText("ACK", 3, "z9hG4bK-3a", f.tag));
    f.advance(2001ms); // 0 to 2 s: the Call-ID is theirs
    QCOMPARE(f.sessionLog.lines.last(), QStringLiteral("may reinvite"));
}

void SessionTest::reinviteBeforeTheAckCountsAsIt()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", tag, "call-1", someOffer));
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-ack", tag)); // overtaken
    f.run();
    QCOMPARE(f.sessionLog.lines,
             QStringList({QStringLiteral("offer"), QStringLiteral("acknowledged")}));
    QCOMPARE(f.peer.takeResponses().last().statusCode, 200);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-3", tag));
    f.advance(40s);
    QCOMPARE(f.peer.waiting(), 0);
}

void SessionTest::ackOfAnotherInviteIsIgnored()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    f.peer.send(inDialogText("ACK", 9, "z9hG4bK-ack", tag));
    f.run();
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void SessionTest::unknownDialogGets481_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("BYE, section 15.1.2") << QByteArray("BYE");
    QTest::newRow("re-INVITE, section 12.2.2") << QByteArray("INVITE");
    QTest::newRow("OPTIONS, section 12.2.2") << QByteArray("OPTIONS");
}

void SessionTest::unknownDialogGets481()
{
    QFETCH(QByteArray, method);
    UaFixture f;
    f.peer.send(inDialogText(method, 2, "z9hG4bK-2", "never-was"));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 481);
    QVERIFY(f.invites.isEmpty());
}

void SessionTest::spoofedTagsEndNothing()
{
    Established f;
    QByteArray bye = inDialogText("BYE", 2, "z9hG4bK-2", f.tag);
    bye.replace("tag=peer", "tag=guessed");
    f.peer.send(bye);
    f.peer.send(inDialogText("BYE", 2, "z9hG4bK-3", "guessed"));
    f.run();
    for (const sip::Response& response : f.peer.takeResponses()) {
        QCOMPARE(response.statusCode, 481);
    }
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void SessionTest::optionsAndStrangersWithinTheDialog()
{
    Established f;
    f.peer.send(inDialogText("OPTIONS", 2, "z9hG4bK-2", f.tag));
    f.run();
    const sip::Response options = f.peer.takeResponse();
    QCOMPARE(options.statusCode, 200);
    QVERIFY(options.headers.has("Allow"));
    f.peer.send(inDialogText("PUBLISH", 3, "z9hG4bK-3", f.tag));
    f.run();
    const sip::Response publish = f.peer.takeResponse();
    QCOMPARE(publish.statusCode, 405);
    QVERIFY(publish.headers.has("Allow"));
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void SessionTest::byeCrossesBye()
{
    Established f;
    f.session->hangUp();
    f.peer.send(inDialogText("BYE", 2, "z9hG4bK-2", f.tag));
    f.run();
    const sip::Request ours = f.peer.takeRequest();
    QCOMPARE(ours.method, QByteArray("BYE"));
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    f.peer.send(replyTo(ours, 481, "peer"));
    f.advance(40s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
}

void SessionTest::byeIsRepeatedThenGivenUp()
{
    Established f;
    f.session->hangUp();
    // Timer E: 0, 0.5, 1.5, 3.5 s, then each 4 s up to 31.5 s.
    f.advance(31900ms);
    QCOMPARE(f.peer.takeRequests().size(), 11);
    f.advance(10s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
}

void SessionTest::dialogLostByOurReinvite()
{
    Established f;
    f.session->reinvite(someOffer);
    f.run();
    f.peer.send(replyTo(f.peer.takeRequest(), 481, "peer"));
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("ended 481")}));
}

void SessionTest::deadNameInTheContact()
{
    UaFixture f(UaFixture::Policy::Accept);
    QByteArray invite = inviteText();
    invite.replace("Contact: <sip:0912341234@[local]>", "Contact: <sip:x@[2001:db8::5]>");
    f.peer.send(invite);
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", tag));
    f.run();
    f.session->hangUp();
    f.run();
    // An address that we can't send to: the way the call came is better than none.
    QCOMPARE(f.peer.takeRequest().method, QByteArray("BYE"));
}

void SessionTest::byeReasonIsTold()
{
    Established f;
    QByteArray bye = inDialogText("BYE", 2, "z9hG4bK-2", f.tag);
    bye.replace("Content-Length", "Reason: Q.850;cause=16\nContent-Length");
    f.peer.send(bye);
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("ended far 0")}));
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
