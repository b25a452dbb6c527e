#include "PhoneOffers.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

// The answer's rules, one by one (RFC 3264 6).
class AnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void directions_data();
    void directions();
    void holdStyles_data();
    void holdStyles();
    void packetTime_data();
    void packetTime();
    void rtcpAddress_data();
    void rtcpAddress();
    void payloadTypes_data();
    void payloadTypes();
    void timesAsInTheOffer();
    void ipv6();
    void mediaLevelConnectionWins();
    void ourOpenOfferComesFirst();
};

namespace {
OfferAnswer::Answer answerTo(const QByteArray& offer, Direction wanted = Direction::SendRecv)
{
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(offer, localMedia(), wanted);
    return answer ? *answer : OfferAnswer::Answer{};
}
} // namespace

void AnswerTest::directions_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<Direction>("wanted");
    QTest::addColumn<QByteArray>("answered");
    const auto both = Direction::SendRecv;
    const auto send = Direction::SendOnly;
    const auto recv = Direction::RecvOnly;
    const auto none = Direction::Inactive;
    QTest::newRow("6.1 none said") << QByteArray() << both << QByteArray("sendrecv");
    QTest::newRow("6.1 sendrecv") << QByteArray("sendrecv") << both << QByteArray("sendrecv");
    QTest::newRow("6.1 sendrecv, we hold")
        << QByteArray("sendrecv") << send << QByteArray("sendonly");
    QTest::newRow("6.1 sendrecv, we only hear")
        << QByteArray("sendrecv") << recv << QByteArray("recvonly");
    QTest::newRow("6.1 sendrecv, we are off")
        << QByteArray("sendrecv") << none << QByteArray("inactive");
    QTest::newRow("6.1 sendonly is never answered sendrecv (row 7.1)")
        << QByteArray("sendonly") << both << QByteArray("recvonly");
    QTest::newRow("6.1 sendonly, we hold too")
        << QByteArray("sendonly") << send << QByteArray("inactive");
    QTest::newRow("6.1 recvonly") << QByteArray("recvonly") << both << QByteArray("sendonly");
    QTest::newRow("6.1 recvonly, we only hear")
        << QByteArray("recvonly") << recv << QByteArray("inactive");
    QTest::newRow("6.1 inactive") << QByteArray("inactive") << both << QByteArray("inactive");
}

void AnswerTest::directions()
{
    QFETCH(QByteArray, offered);
    QFETCH(Direction, wanted);
    QFETCH(QByteArray, answered);
    const QByteArrayList lines =
        offered.isEmpty() ? QByteArrayList{} : QByteArrayList{"a=" + offered};
    const auto answer = answerTo(audioOffer("0", "IN IP4 192.0.2.10", lines), wanted);
    QVERIFY2(answer.sdp.endsWith(QByteArray("a=" + answered + "\r\n")), answer.sdp.constData());
}

void AnswerTest::holdStyles_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<Direction>("ours");
    QTest::addColumn<bool>("hasRemote");
    const QByteArray here = "IN IP4 192.0.2.10";
    QTest::newRow("sendonly") << audioOffer("0", here, {"a=sendonly"}) << Direction::RecvOnly
                              << true;
    QTest::newRow("inactive") << audioOffer("0", here, {"a=inactive"}) << Direction::Inactive
                              << true;
    QTest::newRow("c=0.0.0.0 (RFC 2543)")
        << audioOffer("0", "IN IP4 0.0.0.0") << Direction::RecvOnly << false;
    QTest::newRow("c=0.0.0.0 of the stream alone")
        << audioOffer("0", here, {"c=IN IP4 0.0.0.0"}) << Direction::RecvOnly << false;
    QTest::newRow("c=0.0.0.0 and inactive")
        << audioOffer("0", "IN IP4 0.0.0.0", {"a=inactive"}) << Direction::Inactive << false;
    QTest::newRow("inactive at session level")
        << audioOffer("0").replace("t=0 0\r\n", "t=0 0\r\na=inactive\r\n") << Direction::Inactive
        << true;
    QTest::newRow("c=0.0.0.0 and sendonly")
        << audioOffer("0", "IN IP4 0.0.0.0", {"a=sendonly"}) << Direction::RecvOnly << false;
    QTest::newRow("c=:: and inactive")
        << audioOffer("0", "IN IP6 ::", {"a=inactive"}) << Direction::Inactive << false;
    QTest::newRow("sendonly at session level")
        << audioOffer("0").replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n") << Direction::RecvOnly
        << true;
}

void AnswerTest::holdStyles()
{
    QFETCH(QByteArray, offer);
    QFETCH(Direction, ours);
    QFETCH(bool, hasRemote);
    const auto answer = answerTo(offer);
    QVERIFY(answer.media.remoteOnHold);
    QCOMPARE(answer.media.direction, ours);
    QCOMPARE(!answer.media.remoteRtp.isNull(), hasRemote);
    QCOMPARE(!answer.media.remoteRtcp.isNull(), hasRemote);
    // Row 7.3: our own address stays, whatever theirs is.
    QVERIFY2(answer.sdp.contains("\r\nc=IN IP4 198.51.100.7\r\n"), answer.sdp.constData());
    QVERIFY(answer.sdp.contains("m=audio 31000 "));
}

void AnswerTest::packetTime_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<int>("ms");
    QTest::newRow("none: 20 (3551 4.2)") << QByteArrayList{} << 20;
    QTest::newRow("10") << QByteArrayList{"a=ptime:10"} << 10;
    QTest::newRow("30") << QByteArrayList{"a=ptime:30"} << 30;
    QTest::newRow("60") << QByteArrayList{"a=ptime:60"} << 60;
    QTest::newRow("61: not sane") << QByteArrayList{"a=ptime:61"} << 20;
    QTest::newRow("0: not sane") << QByteArrayList{"a=ptime:0"} << 20;
    QTest::newRow("huge (row 5.9)") << QByteArrayList{"a=ptime:4294967316"} << 20;
    QTest::newRow("maxptime 40") << QByteArrayList{"a=ptime:60", "a=maxptime:40"} << 40;
    QTest::newRow("maxptime 10 alone") << QByteArrayList{"a=maxptime:10"} << 10;
    QTest::newRow("maxptime 150") << QByteArrayList{"a=maxptime:150"} << 20;
    QTest::newRow("maxptime 0: not sane") << QByteArrayList{"a=maxptime:0"} << 20;
}

void AnswerTest::packetTime()
{
    QFETCH(QByteArrayList, lines);
    QFETCH(int, ms);
    const auto answer = answerTo(audioOffer("0", "IN IP4 192.0.2.10", lines));
    QCOMPARE(answer.media.packetMs, ms);
    QVERIFY(answer.sdp.contains("a=ptime:20\r\n")); // what we would like to receive
}

void AnswerTest::rtcpAddress_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("rtcp"); // empty: none
    QTest::newRow("3550 11: the next port") << QByteArray("a=x") << QByteArray("192.0.2.10:4001");
    QTest::newRow("3605: a port") << QByteArray("a=rtcp:4010") << QByteArray("192.0.2.10:4010");
    QTest::newRow("3605: an address too")
        << QByteArray("a=rtcp:4010 IN IP4 192.0.2.77") << QByteArray("192.0.2.77:4010");
    QTest::newRow("3605: a host name")
        << QByteArray("a=rtcp:4010 IN IP4 a.example.com") << QByteArray("192.0.2.10:4010");
    QTest::newRow("garbage") << QByteArray("a=rtcp:port") << QByteArray("192.0.2.10:4001");
    QTest::newRow("port 0") << QByteArray("a=rtcp:0") << QByteArray();
    QTest::newRow("0.0.0.0") << QByteArray("a=rtcp:9 IN IP4 0.0.0.0") << QByteArray();
    QTest::newRow("multicast (row 5.13)")
        << QByteArray("a=rtcp:9 IN IP4 224.2.1.1") << QByteArray();
}

void AnswerTest::rtcpAddress()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, rtcp);
    const auto answer = answerTo(audioOffer("0", "IN IP4 192.0.2.10", {line}));
    QCOMPARE(answer.media.remoteRtp.toString(), QByteArray("192.0.2.10:4000"));
    if (rtcp.isEmpty()) {
        QVERIFY(answer.media.remoteRtcp.isNull());
    } else {
        QCOMPARE(answer.media.remoteRtcp.toString(), rtcp);
    }
    const auto last = answerTo(audioOffer("0").replace("4000", "65535"));
    QVERIFY(last.media.remoteRtcp.isNull());
}

void AnswerTest::payloadTypes_data()
{
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<int>("sendPayloadType");
    QTest::addColumn<QByteArray>("receivable");
    QTest::newRow("6.1 both, one is answered, both may come")
        << QByteArray("8 0") << QByteArrayList{} << 8 << QByteArray("8:PCMA 0:PCMU");
    QTest::newRow("dynamic number for PCMU: theirs")
        << QByteArray("97") << QByteArrayList{"a=rtpmap:97 pcmu/8000/1"} << 97
        << QByteArray("97:pcmu");
    QTest::newRow("static and dynamic of the same")
        << QByteArray("0 97") << QByteArrayList{"a=rtpmap:97 PCMU/8000"} << 0
        << QByteArray("0:PCMU 97:PCMU");
    QTest::newRow("a number twice")
        << QByteArray("0 0 8 0") << QByteArrayList{} << 0 << QByteArray("0:PCMU 8:PCMA");
    QTest::newRow("rtpmap of a format that is not listed")
        << QByteArray("8") << QByteArrayList{"a=rtpmap:0 PCMU/8000"} << 8 << QByteArray("8:PCMA");
    QTest::newRow("wideband mapped to 0 is no PCMU")
        << QByteArray("0 8") << QByteArrayList{"a=rtpmap:0 PCMU/16000"} << 8
        << QByteArray("8:PCMA");
    QTest::newRow("broken rtpmap leaves the static meaning")
        << QByteArray("0") << QByteArrayList{"a=rtpmap:0 PCMU"} << 0 << QByteArray("0:PCMU");
}

void AnswerTest::payloadTypes()
{
    QFETCH(QByteArray, formats);
    QFETCH(QByteArrayList, lines);
    QFETCH(int, sendPayloadType);
    QFETCH(QByteArray, receivable);
    const auto answer = answerTo(audioOffer(formats, "IN IP4 192.0.2.10", lines));
    QCOMPARE(answer.media.sendPayloadType, sendPayloadType);
    QByteArrayList listed;
    for (const Codec& codec : answer.media.receivable) {
        listed.append(QByteArray::number(codec.payloadType) + ':' + codec.name);
    }
    QCOMPARE(listed.join(' '), receivable);
    QCOMPARE(mediaLine(answer.sdp, 0),
             "m=audio 31000 RTP/AVP " + QByteArray::number(sendPayloadType));
}

void AnswerTest::timesAsInTheOffer()
{
    const auto answer = answerTo(audioOffer().replace("t=0 0", "t=3034423619 3042462419"));
    QVERIFY2(answer.sdp.contains("\r\nt=3034423619 3042462419\r\n"), answer.sdp.constData());
}

void AnswerTest::ipv6()
{
    OfferAnswer engine("-", 77);
    LocalMedia local = localMedia();
    local.address = *hs::base::IpAddress::parse("2001:db8::7");
    const auto answer =
        engine.answer(audioOffer("0", "IN IP6 2001:db8::10"), local, Direction::SendRecv);
    QVERIFY(answer);
    QCOMPARE(answer->media.remoteRtp.toString(), QByteArray("[2001:db8::10]:4000"));
    QVERIFY(answer->sdp.contains("o=- 77 1 IN IP6 2001:db8::7\r\n"));
    QVERIFY(answer->sdp.contains("c=IN IP6 2001:db8::7\r\n"));
}

void AnswerTest::mediaLevelConnectionWins()
{
    const auto answer = answerTo(audioOffer("0", "IN IP4 192.0.2.10", {"c=IN IP4 192.0.2.20"}));
    QCOMPARE(answer.media.remoteRtp.toString(), QByteArray("192.0.2.20:4000"));
}

void AnswerTest::ourOpenOfferComesFirst()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), Direction::SendRecv);
    const auto answer = engine.answer(audioOffer(), localMedia(), Direction::SendRecv);
    QVERIFY(!answer);
    QCOMPARE(answer.error().sipCode, 491);
    QCOMPARE(engine.state(), OfferAnswer::State::LocalOfferSent);
}

QTEST_GUILESS_MAIN(AnswerTest)
#include "tst_sdp_answer.moc"
