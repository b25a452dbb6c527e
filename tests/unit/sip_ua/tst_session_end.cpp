// What still comes for a call that has been hung up, and answers that say that there is none.
#include "EstablishedFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class SessionEndTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportThatCrossesOurBye();
    void referRefusedAfterTheirBye();
    void dialogThatIsUnknown_data();
    void dialogThatIsUnknown();
    void otherRefusalsEndNothing();
    void ownRefusalIsToldApart();
    void unknownEventIsToldWhatIsKnown();
};

namespace {
struct Referred : EstablishedFixture {
    explicit Referred(const QByteArray& extra = {})
        : EstablishedFixture(extra)
    {
    }
    sip::Request refer()
    {
        sip::NameAddr target;
        target.uri = *sip::Uri::parse("sip:300@192.0.2.9");
        session->refer(target, [this](int code, const QByteArray&, sip::ReferUsage::Teller by) {
            heard << QStringLiteral("%1 %2").arg(code).arg(
                by == sip::ReferUsage::Teller::Report ? u"report" : u"refer");
        });
        run();
        return peer.takeRequest();
    }
    void report(const QByteArray& status, int sequence)
    {
        QByteArray notify =
            inDialogText("NOTIFY", sequence, "z9hG4bK-n" + QByteArray::number(sequence), tag,
                         "call-1", "SIP/2.0 " + status + "\r\n");
        notify.replace("application/sdp", "message/sipfrag;version=2.0");
        notify.replace("Content-Length",
                       "Event: refer\nSubscription-State: terminated;reason=noresource\n"
                       "Content-Length");
        peer.send(notify);
        run();
    }
    QStringList heard;
};
} // namespace

void SessionEndTest::reportThatCrossesOurBye()
{
    Referred f;
    f.peer.send(replyTo(f.refer(), 202, "peer", "Contact: <sip:x@192.0.2.9>\r\n"));
    f.run();
    f.session->hangUp(); // who was to hear of it may be gone
    f.run();
    QCOMPARE(f.peer.takeRequest().method, QByteArray("BYE"));
    f.report("200 OK", 2);
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    QCOMPARE(f.heard, QStringList());
}

void SessionEndTest::referRefusedAfterTheirBye()
{
    Referred f;
    const sip::Request refer = f.refer();
    f.peer.send(inDialogText("BYE", 2, "z9hG4bK-2", f.tag));
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("ended far 0")});
    f.peer.send(replyTo(refer, 487, "peer"));
    f.run();
    QCOMPARE(f.heard, QStringList());
}

void SessionEndTest::dialogThatIsUnknown_data()
{
    QTest::addColumn<bool>("byInfo");
    QTest::newRow("12.2.1.2: INFO") << true;
    QTest::newRow("12.2.1.2: REFER") << false;
}

void SessionEndTest::dialogThatIsUnknown()
{
    QFETCH(bool, byInfo);
    Referred f;
    int told = 0;
    sip::Request request;
    if (byInfo) {
        f.session->sendInfo("application/dtmf-relay", "Signal=1\r\n",
                            [&told](int code) { told = code; });
        f.run();
        request = f.peer.takeRequest();
    } else {
        request = f.refer();
    }
    f.peer.send(replyTo(request, 481, "peer"));
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("ended 481")});
    QCOMPARE(told, byInfo ? 481 : 0);
    QCOMPARE(f.peer.takeRequest().method, QByteArray("BYE")); // right if it has not forgotten us
}

void SessionEndTest::otherRefusalsEndNothing()
{
    Referred f;
    f.peer.send(replyTo(f.refer(), 403, "peer"));
    f.run();
    f.session->sendInfo("application/dtmf-relay", "Signal=1\r\n", [](int) {});
    f.run();
    f.peer.send(replyTo(f.peer.takeRequest(), 415, "peer"));
    f.run();
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void SessionEndTest::ownRefusalIsToldApart()
{
    Referred f;
    f.peer.send(replyTo(f.refer(), 403, "peer"));
    f.run();
    f.peer.send(replyTo(f.refer(), 202, "peer", "Contact: <sip:x@192.0.2.9>\r\n"));
    f.run();
    f.report("481 Call Does Not Exist", 2);
    QCOMPARE(f.heard, QStringList({QStringLiteral("403 refer"), QStringLiteral("481 report")}));
}

void SessionEndTest::unknownEventIsToldWhatIsKnown()
{
    Referred f;
    QByteArray notify = inDialogText("NOTIFY", 2, "z9hG4bK-2", f.tag);
    notify.replace("Content-Length", "Event: weather\nSubscription-State: active\nContent-Length");
    f.peer.send(notify);
    f.run();
    const sip::Response response = f.peer.takeResponse();
    QCOMPARE(response.statusCode, 489);
    const auto events = response.headers.first("Allow-Events"); // RFC 6665 section 8.3.2
    QVERIFY(events);
    QCOMPARE(events->toByteArray(), QByteArray("refer"));
}

QTEST_GUILESS_MAIN(SessionEndTest)
#include "tst_session_end.moc"
