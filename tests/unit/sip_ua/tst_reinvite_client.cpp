// An offer of ours that gets no final answer (RFC 3261 sections 9.1 and 14.1), and one of theirs
// that ends the call before it is answered.
#include "EstablishedFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ReinviteClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withdrawnWithoutAFinalAnswer();
    void theirsIsTakenOnceOursIsOver();
    void cancelThatIsNotHeededEndsNoCall();
    void answerThatCrossesTheCancel();
    void answerInTimeIsNotWithdrawn();
    void nothingAtAllEndsTheCall();
    void retryAfterIsTold();
    void hangUpWhileTheirOfferIsLookedAt_data();
    void hangUpWhileTheirOfferIsLookedAt();
    void hangUpWhileTheLateAckIsTold();
};

namespace {
struct Offered : EstablishedFixture {
    explicit Offered(const QByteArray& extra = {})
        : EstablishedFixture(extra)
    {
        session->reinvite(someOffer);
        run();
        ours = peer.takeRequest();
        peer.send(replyTo(ours, 100));
        run();
    }
    QList<QByteArray> sent()
    {
        QList<QByteArray> methods;
        for (const sip::Request& request : peer.takeRequests()) {
            methods << request.method;
            last = request;
        }
        return methods;
    }
    sip::Request ours;
    sip::Request last;
};

// Hangs up as soon as it hears of something.
class Impatient final : public sip::InviteSession::User {
public:
    explicit Impatient(UaFixture& fixture)
        : m_fixture(fixture)
    {
        m_fixture.session->setUser(this);
    }
    bool onOfferOnly = true;

    sip::InviteSession::OfferReply onOffer(const QByteArray&) override
    {
        if (onOfferOnly) {
            m_fixture.session->hangUp();
        }
        return {200, someAnswer, {}};
    }
    void onAcknowledged(const QByteArray&) override { m_fixture.session->hangUp(); }
    void onLateAnswer(const QByteArray&) override { }
    void onReinviteAnswered(const QByteArray&) override { }
    void onReinviteRefused(const sip::ReinviteClient::Refusal&) override { }
    void onMayReinvite() override { }
    void onRefreshDue() override { }
    void onEnded(const sip::InviteSession::Ending&) override { }

private:
    UaFixture& m_fixture;
};
} // namespace

void ReinviteClientTest::withdrawnWithoutAFinalAnswer()
{
    Offered f;
    f.advance(31s);
    QVERIFY(f.sent().isEmpty());
    QVERIFY(f.sessionLog.lines.isEmpty());
    f.advance(2s);
    QCOMPARE(f.sent().first(), QByteArray("CANCEL"));
    QCOMPARE(f.last.cseq()->number, f.ours.cseq()->number);
    // Section 14.1: not before the transaction is over. A 2xx may cross the CANCEL.
    QVERIFY(f.sessionLog.lines.isEmpty());
    QVERIFY(!f.session->canReinvite());
    f.peer.send(replyTo(f.last, 200));
    f.peer.send(replyTo(f.ours, 487, "peer"));
    f.run();
    QCOMPARE(f.sessionLog.lines,
             QStringList({QStringLiteral("reinvite refused 408"), QStringLiteral("may reinvite")}));
    QVERIFY(!f.sessionLog.lastRefusal.byFarEnd);
    QVERIFY(f.session->canReinvite());
}

void ReinviteClientTest::theirsIsTakenOnceOursIsOver()
{
    Offered f;
    QCOMPARE(f.reinvite(2), 491);
    f.advance(33s);
    QCOMPARE(f.reinvite(3), 491); // section 14.2: the CANCEL has not ended it yet
    f.peer.send(replyTo(f.ours, 487, "peer"));
    f.run();
    QCOMPARE(f.reinvite(4), 200);
}

void ReinviteClientTest::cancelThatIsNotHeededEndsNoCall()
{
    Offered f;
    f.advance(70s);
    QCOMPARE(f.sessionLog.lines,
             QStringList({QStringLiteral("reinvite refused 408"), QStringLiteral("may reinvite")}));
    QVERIFY(!f.sent().contains("BYE"));
    QVERIFY(f.session->canReinvite());
}

void ReinviteClientTest::answerThatCrossesTheCancel()
{
    Offered f;
    f.advance(33s);
    f.sent();
    f.peer.send(replyTo(f.ours, 200, "peer", "Contact: <sip:x@192.0.2.9>\r\n", someAnswer));
    f.run();
    QCOMPARE(f.sent(), QList<QByteArray>{"ACK"});
    // It holds for both; an older description must not follow (RFC 3264 section 8).
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("reinvite answered")}));
    QCOMPARE(f.sessionLog.lastSdp, someAnswer);
    QVERIFY(f.session->canReinvite());
}

void ReinviteClientTest::answerInTimeIsNotWithdrawn()
{
    Offered f;
    f.advance(31s);
    f.peer.send(replyTo(f.ours, 200, "peer", "Contact: <sip:x@192.0.2.9>\r\n", someAnswer));
    f.advance(40s);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("reinvite answered")}));
    QCOMPARE(f.sent(), QList<QByteArray>{"ACK"});
}

void ReinviteClientTest::nothingAtAllEndsTheCall()
{
    EstablishedFixture f;
    f.session->reinvite(someOffer);
    f.advance(33s);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("ended 408")}));
}

void ReinviteClientTest::retryAfterIsTold()
{
    Offered f;
    f.peer.send(replyTo(f.ours, 500, "peer", "Retry-After: 7 (busy);duration=60\r\n"));
    f.run();
    QCOMPARE(f.sessionLog.lastRefusal.code, 500);
    QCOMPARE(f.sessionLog.lastRefusal.retryAfter, std::optional<quint32>(7));
    QVERIFY(f.sessionLog.lastRefusal.byFarEnd);
}

void ReinviteClientTest::hangUpWhileTheirOfferIsLookedAt_data()
{
    QTest::addColumn<bool>("acknowledged");
    QTest::newRow("15.1.2 after the ACK") << true;
    QTest::newRow("15 before the ACK") << false;
}

void ReinviteClientTest::hangUpWhileTheirOfferIsLookedAt()
{
    QFETCH(bool, acknowledged);
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    if (acknowledged) {
        f.peer.send(inDialogText("ACK", 1, "z9hG4bK-ack", tag));
        f.run();
    }
    Impatient user(f);
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", tag, "call-1", someOffer));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 487);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-2", tag));
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-ack", tag));
    f.run();
    const sip::Request bye = f.peer.takeRequest();
    QCOMPARE(bye.method, QByteArray("BYE"));
    f.peer.send(replyTo(bye, 200));
    f.advance(40s);
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
}

void ReinviteClientTest::hangUpWhileTheLateAckIsTold()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    Impatient user(f);
    user.onOfferOnly = false;
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", tag, "call-1", someOffer));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 200);
    f.peer.send(inDialogText("ACK", 2, "z9hG4bK-2a", tag));
    f.run();
    const sip::Request bye = f.peer.takeRequest();
    QCOMPARE(bye.method, QByteArray("BYE"));
    f.peer.send(replyTo(bye, 200));
    f.advance(40s);
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
}

QTEST_GUILESS_MAIN(ReinviteClientTest)
#include "tst_reinvite_client.moc"
