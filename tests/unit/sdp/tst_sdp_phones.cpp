#include "PhoneOffers.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

// What our answer to the offers of real devices is.
class PhonesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void refuses_data();
    void refuses();
    void wholeAnswer();
};

void PhonesTest::answers_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<QByteArrayList>("mediaLines");
    QTest::addColumn<QByteArray>("remote");
    QTest::addColumn<QByteArray>("codec");
    QTest::newRow("Linphone: opus first, video too")
        << linphoneOffer() << QByteArrayList{"m=audio 31000 RTP/AVP 0 100", "m=video 0 RTP/AVP 96"}
        << QByteArray("192.0.2.10:7078") << QByteArray("PCMU");
    QTest::newRow("Zoiper: GSM first, A-law before mu-law")
        << zoiperOffer() << QByteArrayList{"m=audio 31000 RTP/AVP 8 101"}
        << QByteArray("192.0.2.11:8000") << QByteArray("PCMA");
    QTest::newRow("Asterisk: A-law first, the offerer's order counts (3264 6.1)")
        << asteriskOffer() << QByteArrayList{"m=audio 31000 RTP/AVP 8 101"}
        << QByteArray("192.0.2.12:14550") << QByteArray("PCMA");
    QTest::newRow("SIPp") << sippOffer() << QByteArrayList{"m=audio 31000 RTP/AVP 0"}
                          << QByteArray("127.0.0.1:6000") << QByteArray("PCMU");
    QTest::newRow("Cisco: audio, video and BFCP, c= in each")
        << ciscoOffer()
        << QByteArrayList{"m=audio 31000 RTP/AVP 0 101", "m=video 0 RTP/AVP 100",
                          "m=application 0 UDP/BFCP *"}
        << QByteArray("192.0.2.13:17096") << QByteArray("PCMU");
    QTest::newRow("fax beside audio, audio second")
        << audioAndT38Offer() << QByteArrayList{"m=image 0 udptl t38", "m=audio 31000 RTP/AVP 8"}
        << QByteArray("192.0.2.14:4120") << QByteArray("PCMA");
    QTest::newRow("best-effort SRTP: the plain stream is taken")
        << bestEffortSrtpOffer()
        << QByteArrayList{"m=audio 0 RTP/SAVP 0", "m=audio 31000 RTP/AVP 0"}
        << QByteArray("192.0.2.15:5000") << QByteArray("PCMU");
    QTest::newRow("two audio streams: the first is taken")
        << audioOffer("8") + "m=audio 4002 RTP/AVP 0\r\n"
        << QByteArrayList{"m=audio 31000 RTP/AVP 8", "m=audio 0 RTP/AVP 0"}
        << QByteArray("192.0.2.10:4000") << QByteArray("PCMA");
    QTest::newRow("first audio off, second on")
        << sdpText({"v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
                    "m=audio 0 RTP/AVP 8", "m=audio 4002 RTP/AVP 0"})
        << QByteArrayList{"m=audio 0 RTP/AVP 8", "m=audio 31000 RTP/AVP 0"}
        << QByteArray("192.0.2.1:4002") << QByteArray("PCMU");
    QTest::newRow("video without formats")
        << audioOffer("0") + "m=video 0 RTP/AVP\r\n"
        << QByteArrayList{"m=audio 31000 RTP/AVP 0", "m=video 0 RTP/AVP 0"}
        << QByteArray("192.0.2.10:4000") << QByteArray("PCMU");
}

void PhonesTest::answers()
{
    QFETCH(QByteArray, offer);
    QFETCH(QByteArrayList, mediaLines);
    QFETCH(QByteArray, remote);
    QFETCH(QByteArray, codec);
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(offer, localMedia(), Direction::SendRecv);
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(answer.error().text));
    for (int i = 0; i < mediaLines.size(); ++i) {
        QCOMPARE(mediaLine(answer->sdp, i), mediaLines[i]);
    }
    QCOMPARE(mediaLine(answer->sdp, static_cast<int>(mediaLines.size())), QByteArray());
    QCOMPARE(answer->media.remoteRtp.toString(), remote);
    QCOMPARE(answer->media.remoteRtcp.port(), answer->media.remoteRtp.port() + 1);
    QCOMPARE(answer->media.codec.name, codec);
    QCOMPARE(answer->media.direction, Direction::SendRecv);
    QCOMPARE(answer->media.packetMs, 20);
    QVERIFY(!answer->media.remoteOnHold);
    QCOMPARE(engine.state(), OfferAnswer::State::Stable);
}

void PhonesTest::refuses_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<int>("sipCode");
    QTest::addColumn<QString>("text");
    QTest::newRow("WebRTC") << webRtcOffer() << 488 << QStringLiteral("UDP/TLS/RTP/SAVPF");
    QTest::newRow("fax alone, audio off") << t38Offer() << 488 << QStringLiteral("port 0");
    QTest::newRow("SRTP alone") << sdpText({"v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-",
                                            "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 9 RTP/SAVP 0"})
                                << 488 << QStringLiteral("RTP/SAVP");
    QTest::newRow("no m= line") << sdpText({"v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "t=0 0"})
                                << 488 << QStringLiteral("no audio");
    QTest::newRow("no common codec") << audioOffer("18 101") << 488 << QStringLiteral("no codec");
    QTest::newRow("payload type 0 mapped to something else")
        << audioOffer("0", "IN IP4 192.0.2.10", {"a=rtpmap:0 G726-32/8000"}) << 488
        << QStringLiteral("no codec");
    QTest::newRow("formats that are no payload types (row 5.9)")
        << audioOffer("4294967296 -8 256 x") << 488 << QStringLiteral("no codec");
    QTest::newRow("no c=") << sdpText(
        {"v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "t=0 0", "m=audio 4000 RTP/AVP 0"})
                           << 400 << QStringLiteral("c=");
    QTest::newRow("host name in c=")
        << audioOffer("0", "IN IP4 pbx.example.com") << 488 << QStringLiteral("pbx.example.com");
    QTest::newRow("multicast (row 5.13)")
        << audioOffer("0", "IN IP4 224.2.1.1/127") << 488 << QStringLiteral("224.2.1.1");
    QTest::newRow("IPv6 multicast (row 5.13)")
        << audioOffer("0", "IN IP6 ff15::101/3") << 488 << QStringLiteral("ff15::101");
    QTest::newRow("broadcast (row 5.13)")
        << audioOffer("0", "IN IP4 255.255.255.255") << 488 << QStringLiteral("255.255.255.255");
    QTest::newRow("no SDP") << QByteArray("hello\r\n") << 400 << QStringLiteral("line 1");
    QTest::newRow("bad port") << audioOffer().replace("4000", "70000") << 400
                              << QStringLiteral("line 6");
}

void PhonesTest::refuses()
{
    QFETCH(QByteArray, offer);
    QFETCH(int, sipCode);
    QFETCH(QString, text);
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(offer, localMedia(), Direction::SendRecv);
    QVERIFY(!answer);
    QCOMPARE(answer.error().sipCode, sipCode);
    QVERIFY2(answer.error().text.contains(text), qPrintable(answer.error().text));
    QCOMPARE(engine.state(), OfferAnswer::State::Idle);
}

void PhonesTest::wholeAnswer()
{
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(asteriskOffer(), localMedia(), Direction::SendRecv);
    QVERIFY(answer);
    QCOMPARE(answer->sdp,
             sdpText({"v=0", "o=- 77 1 IN IP4 198.51.100.7", "s=-", "c=IN IP4 198.51.100.7",
                      "t=0 0", "m=audio 31000 RTP/AVP 8 101", "a=rtpmap:8 PCMA/8000",
                      "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-16", "a=ptime:20",
                      "a=sendrecv"}));
}

QTEST_GUILESS_MAIN(PhonesTest)
#include "tst_sdp_phones.moc"
