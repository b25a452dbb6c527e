// Session refreshes of ours (RFC 4028 sections 7.4 and 10) and what is agreed on them (section 9).
#include "EstablishedFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class SessionRefreshTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreed_data();
    void agreed();
    void leastThatIsHonoured_data();
    void leastThatIsHonoured();
    void refusedOfferIsNotRepeatedAsARefresh();
    void refusedRefreshIsRepeated();
    void refreshWaitsForAnOfferThatIsOut();
    void updateThatIsNotTaken_data();
    void updateThatIsNotTaken();
    void updateThatMayBeRepeated_data();
    void updateThatMayBeRepeated();
    void updateTooBrief();
    void updateTooBriefAgain_data();
    void updateTooBriefAgain();
};

namespace {
const QByteArray headers = "Supported: timer\nSession-Expires: 90;refresher=uas\n"
                           "Allow: INVITE, ACK, CANCEL, BYE";
const QByteArray byReinvite = headers + "\n";
const QByteArray byUpdate = headers + ", UPDATE\n";

sip::Request requestWith(const QByteArray& lines)
{
    const QByteArray text = "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\n"
                            "From: <sip:d@e>;tag=f\r\nTo: <sip:a@b>\r\nCall-ID: g\r\n"
                            "CSeq: 1 INVITE\r\nMax-Forwards: 70\r\n"
        + lines + "Content-Length: 0\r\n\r\n";
    const sip::Parsed parsed = sip::parseDatagram(text);
    return std::get<sip::ParsedRequest>(parsed).request;
}
// What has come last, perhaps for the second time.
sip::Request newest(UaFixture& f)
{
    const auto requests = f.peer.takeRequests();
    return requests.isEmpty() ? sip::Request() : requests.last();
}
} // namespace

void SessionRefreshTest::agreed_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("interval");
    QTest::addColumn<bool>("weRefresh");
    QTest::newRow("table 2: no support") << QByteArray() << 1800 << true;
    QTest::newRow("table 2: supported, not asked for")
        << QByteArray("Supported: timer\r\n") << 1800 << true;
    QTest::newRow("table 2: supported, refresher left open")
        << QByteArray("Supported: timer\r\nSession-Expires: 600\r\n") << 600 << false;
    QTest::newRow("table 2: uac") << QByteArray(
        "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n")
                                  << 600 << false;
    QTest::newRow("table 2: uas") << QByteArray(
        "Supported: timer\r\nSession-Expires: 600;refresher=uas\r\n")
                                  << 600 << true;
    QTest::newRow("table 2: a proxy asks for one without support")
        << QByteArray("Session-Expires: 600\r\n") << 600 << true;
}

void SessionRefreshTest::agreed()
{
    QFETCH(QByteArray, headers);
    const auto agreed = sip::agreeSessionTimer(requestWith(headers), {});
    const auto* terms = std::get_if<sip::SessionTimerTerms>(&agreed);
    QVERIFY(terms);
    QTEST(int(terms->interval.count()), "interval");
    QTEST(terms->weRefresh, "weRefresh");
}

void SessionRefreshTest::leastThatIsHonoured_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<int>("interval");
    QTest::newRow("a second") << QByteArray("1;refresher=uac") << 10;
    QTest::newRow("section 4: less than may be, but it can be done") << QByteArray("60") << 60;
    QTest::newRow("section 4: the least there may be") << QByteArray("90") << 90;
    QTest::newRow("0 is none") << QByteArray("0") << 0;
}

// A far end that wants to be told every half second that we are still there.
void SessionRefreshTest::leastThatIsHonoured()
{
    QFETCH(QByteArray, said);
    sip::Response ok;
    ok.headers.set("Session-Expires", said);
    QTEST(int(sip::agreedSessionTimer(ok).interval.count()), "interval");
}

void SessionRefreshTest::refusedOfferIsNotRepeatedAsARefresh()
{
    EstablishedFixture f(byReinvite);
    f.advance(5s);
    f.session->reinvite(someOffer);
    f.run();
    f.peer.send(replyTo(newest(f), 488, "peer"));
    f.advance(30s);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("reinvite refused 488")}));
    f.advance(15s); // half of 90 s since the call began
    QCOMPARE(f.sessionLog.lines.last(), QStringLiteral("refresh due"));
}

void SessionRefreshTest::refusedRefreshIsRepeated()
{
    EstablishedFixture f(byReinvite);
    f.advance(46s);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("refresh due")}));
    f.session->reinvite(someOffer);
    f.run();
    f.peer.send(replyTo(newest(f), 500, "peer", "Retry-After: 9\r\n"));
    f.run();
    f.sessionLog.lines.clear();
    f.advance(8s);
    QVERIFY(f.sessionLog.lines.isEmpty());
    f.advance(2s);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("refresh due")}));
}

void SessionRefreshTest::refreshWaitsForAnOfferThatIsOut()
{
    EstablishedFixture f(byReinvite);
    f.advance(40s);
    f.session->reinvite(someOffer);
    f.run();
    const sip::Request ours = newest(f);
    f.peer.send(replyTo(ours, 100));
    f.advance(8s);
    QVERIFY(f.sessionLog.lines.isEmpty());
    f.peer.send(replyTo(ours, 488, "peer"));
    f.advance(5s);
    QCOMPARE(f.sessionLog.lines,
             QStringList({QStringLiteral("reinvite refused 488"), QStringLiteral("refresh due")}));
}

void SessionRefreshTest::updateThatIsNotTaken_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {400, 403, 405, 415, 420, 422, 488, 500, 501, 603}) {
        QTest::addRow("RFC 4028 10: %d", code) << code;
    }
}

void SessionRefreshTest::updateThatIsNotTaken()
{
    QFETCH(int, code);
    EstablishedFixture f(byUpdate);
    f.advance(46s);
    const sip::Request update = newest(f);
    QCOMPARE(update.method, QByteArray("UPDATE"));
    f.peer.send(replyTo(update, code, "peer"));
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("refresh due")}));
    f.session->reinvite(someOffer);
    f.run();
    const sip::Request reinvite = newest(f);
    QVERIFY(reinvite.headers.first("Session-Expires")->startsWith("90;refresher=uac"));
    f.peer.send(replyTo(reinvite, 200, "peer",
                        "Contact: <sip:x@192.0.2.9>\r\nRequire: timer\r\n"
                        "Session-Expires: 90;refresher=uac\r\n"
                        "Allow: INVITE, ACK, BYE, UPDATE\r\n",
                        someAnswer));
    f.run();
    f.peer.takeRequests();
    f.sessionLog.lines.clear();
    f.advance(46s);
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("refresh due")}));
    QVERIFY(f.peer.takeRequests().isEmpty()); // no UPDATE is tried again
}

void SessionRefreshTest::updateThatMayBeRepeated_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("3311 5.3: 491") << 491 << QByteArray();
    QTest::newRow("3261 21.5.4: 503") << 503 << QByteArray();
    QTest::newRow("3311 5.2: 500 with a time") << 500 << QByteArray("Retry-After: 2\r\n");
}

void SessionRefreshTest::updateThatMayBeRepeated()
{
    QFETCH(int, code);
    QFETCH(QByteArray, headers);
    EstablishedFixture f(byUpdate);
    f.advance(46s);
    f.peer.send(replyTo(newest(f), code, "peer", headers));
    f.run();
    QVERIFY(f.peer.takeRequests().isEmpty());
    f.advance(5100ms);
    QCOMPARE(newest(f).method, QByteArray("UPDATE"));
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void SessionRefreshTest::updateTooBrief()
{
    EstablishedFixture f(byUpdate);
    f.advance(46s);
    f.peer.send(replyTo(newest(f), 422, "peer", "Min-SE: 300\r\n"));
    f.run();
    const sip::Request again = newest(f);
    QCOMPARE(again.method, QByteArray("UPDATE"));
    QCOMPARE(again.headers.first("Session-Expires")->toByteArray(),
             QByteArray("300;refresher=uac"));
    QCOMPARE(again.headers.first("Min-SE")->toByteArray(), QByteArray("300"));
    f.peer.send(
        replyTo(again, 200, "peer", "Require: timer\r\nSession-Expires: 300;refresher=uac\r\n"));
    f.run();
    f.advance(149s);
    QVERIFY(f.peer.takeRequests().isEmpty());
    f.advance(2s);
    QCOMPARE(newest(f).method, QByteArray("UPDATE"));
}

void SessionRefreshTest::updateTooBriefAgain_data()
{
    QTest::addColumn<QByteArray>("least");
    QTest::newRow("RFC 4028 7.3: what it got") << QByteArray("Min-SE: 300\r\n");
    QTest::newRow("RFC 4028 7.3: ever more") << QByteArray("Min-SE: 301\r\n");
}

void SessionRefreshTest::updateTooBriefAgain()
{
    QFETCH(QByteArray, least);
    EstablishedFixture f(byUpdate);
    f.advance(46s);
    f.peer.send(replyTo(newest(f), 422, "peer", "Min-SE: 300\r\n"));
    f.run();
    f.peer.send(replyTo(newest(f), 422, "peer", least));
    f.run();
    QVERIFY(f.peer.takeRequests().isEmpty());
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("refresh due")}));
}

QTEST_GUILESS_MAIN(SessionRefreshTest)
#include "tst_session_refresh.moc"
