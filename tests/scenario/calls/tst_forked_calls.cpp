// An INVITE of ours that a proxy forks (RFC 3261 section 13.2.2.4): whose answer the media follow
// when more than one of the branches has sent some.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ForkedCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lastEarlyMediaThenTheOtherAnswers();
    void updateOnOneBranchThenTheOtherAnswers();
    void updateOnOneBranchThatAnswers();
    void updateThenRedirected();
};

namespace {
const QByteArray contact = "Contact: <sip:200@192.0.2.9:5060>\r\n";

struct Forked {
    Forked()
    {
        std::ignore =
            agent.manager.dial({QStringLiteral("sip:200@192.0.2.9:5060"), model::Actor::machine()});
        world.settle();
        invite = peer.takeRequest();
    }
    void answer(int code, const QByteArray& branch, int port, const QByteArray& headers = contact)
    {
        peer.send(replyTo(invite, code, branch, headers,
                          port > 0 ? offer("192.0.2.9", port) : QByteArray()));
        world.settle();
    }
    // The code that the UPDATE in that branch's early dialog is answered with.
    int update(const QByteArray& branch, int port, int sequence = 1)
    {
        QByteArray text =
            inDialogText("UPDATE", sequence, "z9hG4bK-u" + branch, invite.from()->tag(),
                         invite.callId(), offer("192.0.2.9", port));
        text.replace("tag=peer", QByteArray("tag=" + branch));
        peer.send(text);
        world.settle();
        const QList<sip::Response> responses = peer.takeResponses();
        return responses.isEmpty() ? 0 : responses.last().statusCode;
    }
    // Packets that come to each of the branches in the next half second.
    QList<int> heard()
    {
        for (RtpPeer* branch : {&a, &moved, &b}) {
            branch->heard.clear();
        }
        world.run(500ms);
        return {int(a.heard.size()), int(moved.heard.size()), int(b.heard.size())};
    }

    World world;
    CallAgent agent{world, "192.0.2.1"};
    SipPeer peer{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    RtpPeer a{world.scheduler, world.network, endpoint("192.0.2.9", 4000)};
    RtpPeer moved{world.scheduler, world.network, endpoint("192.0.2.9", 4010)};
    RtpPeer b{world.scheduler, world.network, endpoint("192.0.2.9", 4020)};
    sip::Request invite;
};
} // namespace

void ForkedCallsTest::lastEarlyMediaThenTheOtherAnswers()
{
    Forked w;
    w.answer(183, "a", 4000);
    w.answer(200, "b", 4020);
    QCOMPARE(w.agent.call().state, model::CallState::Active);
    const QList<int> heard = w.heard();
    QVERIFY(heard.at(0) == 0 && heard.at(1) == 0 && heard.at(2) > 20);
}

void ForkedCallsTest::updateOnOneBranchThenTheOtherAnswers()
{
    Forked w;
    w.answer(183, "a", 4000);
    QCOMPARE(w.update("a", 4010), 200);
    w.answer(200, "b", 4020);
    QCOMPARE(w.agent.call().state, model::CallState::Active);
    const QList<int> heard = w.heard();
    QVERIFY(heard.at(0) == 0 && heard.at(1) == 0 && heard.at(2) > 20);
}

void ForkedCallsTest::updateOnOneBranchThatAnswers()
{
    Forked w;
    w.answer(183, "b", 4020);
    w.answer(183, "a", 4000);
    QCOMPARE(w.update("a", 4010), 200);
    w.answer(200, "a", 0);
    QCOMPARE(w.agent.call().state, model::CallState::Active);
    const QList<int> heard = w.heard();
    QVERIFY(heard.at(0) == 0 && heard.at(1) > 20 && heard.at(2) == 0);
}

// What one branch of the former INVITE had settled says nothing of the next one.
void ForkedCallsTest::updateThenRedirected()
{
    Forked w;
    w.answer(183, "a", 4000);
    QCOMPARE(w.update("a", 4010), 200);
    w.answer(302, "a", 0, "Contact: <sip:300@192.0.2.9:5060>\r\n");
    for (const sip::Request& request : w.peer.takeRequests()) {
        w.invite = request;
    }
    QCOMPARE(w.invite.requestUri, QByteArray("sip:300@192.0.2.9:5060"));
    w.answer(200, "b", 4020);
    QCOMPARE(w.agent.call().state, model::CallState::Active);
    const QList<int> heard = w.heard();
    QVERIFY(heard.at(0) == 0 && heard.at(1) == 0 && heard.at(2) > 20);
}

QTEST_GUILESS_MAIN(ForkedCallsTest)
#include "tst_forked_calls.moc"
