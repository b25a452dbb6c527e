#include "PhoneOffers.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

// telephone-event in offer and answer (RFC 4733 2.4.1, 7.1.1; RFC 3264 6.1, 8.3.2), and what a
// refusal says of codecs.
class SdpEventsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void offered();
    void notOfferedWithoutANumber();
    void answers_data();
    void answers();
    void answered_data();
    void answered();
    void neverTheCodec_data();
    void neverTheCodec();
    void numberStays();
    void numberTakenByACodec();
    void goneWhenNotOfferedAgain();
    void lists_data();
    void lists();
    void refusals_data();
    void refusals();
};

namespace {
const auto both = Direction::SendRecv;
const QByteArray here = "IN IP4 192.0.2.10";

// "send <number>, receive <numbers>, <clock>", or "none".
QByteArray wordsOf(const Negotiated& media)
{
    if (!media.events) {
        return "none";
    }
    QByteArrayList numbers;
    for (const int number : media.events->receivePayloadTypes) {
        numbers.append(QByteArray::number(number));
    }
    return "send " + QByteArray::number(media.events->sendPayloadType) + ", receive "
        + numbers.join(' ') + ", " + QByteArray::number(media.events->clockRate);
}
} // namespace

void SdpEventsTest::offered()
{
    OfferAnswer engine("-", 77);
    const QByteArray offer = engine.createOffer(localMedia(), both);
    QCOMPARE(mediaLine(offer, 0), QByteArray("m=audio 31000 RTP/AVP 0 8 101"));
    QVERIFY(offer.contains("\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"));
}

void SdpEventsTest::notOfferedWithoutANumber()
{
    LocalMedia local = localMedia();
    local.eventType.reset();
    OfferAnswer engine("-", 77);
    QVERIFY(!engine.createOffer(local, both).contains("telephone-event"));
    const auto media =
        engine.acceptAnswer(audioOffer("0 101", here, {"a=rtpmap:101 telephone-event/8000"}));
    QVERIFY(media);
    QCOMPARE(wordsOf(*media), QByteArray("none"));
    OfferAnswer other("-", 78);
    const auto answer =
        other.answer(audioOffer("0 101", here, {"a=rtpmap:101 telephone-event/8000"}), local, both);
    QVERIFY(answer);
    QVERIFY(!answer->sdp.contains("telephone-event"));
    QCOMPARE(wordsOf(answer->media), QByteArray("none"));
}

void SdpEventsTest::answers_data()
{
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("events");
    QTest::newRow("as usual") << QByteArray(
        "8 0 101") << QByteArrayList{"a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15"}
                              << QByteArray("8 101") << QByteArray("send 101, receive 101, 8000");
    QTest::newRow("3264 6.1: the offerer's number (baresip 72)")
        << QByteArray("8 96") << QByteArrayList{"a=rtpmap:96 telephone-event/8000"}
        << QByteArray("8 96") << QByteArray("send 96, receive 96, 8000");
    QTest::newRow("any case") << QByteArray("8 101")
                              << QByteArrayList{"a=rtpmap:101 Telephone-Event/8000/1"}
                              << QByteArray("8 101") << QByteArray("send 101, receive 101, 8000");
    QTest::newRow("4733 2.1: two clocks, the codec's (row 7.17)")
        << QByteArray("96 8 110 111")
        << QByteArrayList{"a=rtpmap:96 opus/48000/2", "a=rtpmap:110 telephone-event/48000",
                          "a=rtpmap:111 telephone-event/8000"}
        << QByteArray("8 111") << QByteArray("send 111, receive 111, 8000");
    QTest::newRow("4733 2.1: another clock alone")
        << QByteArray("96 8 110")
        << QByteArrayList{"a=rtpmap:96 opus/48000/2", "a=rtpmap:110 telephone-event/48000"}
        << QByteArray("8") << QByteArray("none");
    QTest::newRow("not offered") << QByteArray("8 0") << QByteArrayList{} << QByteArray("8")
                                 << QByteArray("none");
    QTest::newRow("101 without rtpmap means nothing")
        << QByteArray("8 101") << QByteArrayList{} << QByteArray("8") << QByteArray("none");
    QTest::newRow("rtpmap without the format")
        << QByteArray("8") << QByteArrayList{"a=rtpmap:101 telephone-event/8000"} << QByteArray("8")
        << QByteArray("none");
    QTest::newRow("two numbers of one clock: the first")
        << QByteArray("8 97 98")
        << QByteArrayList{"a=rtpmap:98 telephone-event/8000", "a=rtpmap:97 telephone-event/8000"}
        << QByteArray("8 97") << QByteArray("send 97, receive 97, 8000");
    QTest::newRow("listed before the codecs")
        << QByteArray("101 8") << QByteArrayList{"a=rtpmap:101 telephone-event/8000"}
        << QByteArray("8 101") << QByteArray("send 101, receive 101, 8000");
}

void SdpEventsTest::answers()
{
    QFETCH(QByteArray, formats);
    QFETCH(QByteArrayList, lines);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, events);
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(audioOffer(formats, here, lines), localMedia(), both);
    QVERIFY(answer);
    QCOMPARE(mediaLine(answer->sdp, 0), "m=audio 31000 RTP/AVP " + line);
    QCOMPARE(wordsOf(answer->media), events);
    QCOMPARE(answer->media.codec.payloadType, 8);
    QCOMPARE(answer->sdp.contains(" 0-16\r\n"), events != "none");
}

void SdpEventsTest::answered_data()
{
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("events");
    QTest::newRow("as offered") << QByteArray("8 101")
                                << QByteArrayList{"a=rtpmap:101 telephone-event/8000"}
                                << QByteArray("send 101, receive 101, 8000");
    QTest::newRow("3264 6.1: a number of its own")
        << QByteArray("8 97") << QByteArrayList{"a=rtpmap:97 telephone-event/8000"}
        << QByteArray("send 97, receive 101 97, 8000");
    QTest::newRow("refused") << QByteArray("8") << QByteArrayList{} << QByteArray("none");
    QTest::newRow("4733 2.1: another clock than was offered")
        << QByteArray("8 97") << QByteArrayList{"a=rtpmap:97 telephone-event/48000"}
        << QByteArray("none");
    QTest::newRow("its number is what PCMA comes under: no digit is looked for there")
        << QByteArray("97 8")
        << QByteArrayList{"a=rtpmap:97 PCMA/8000", "a=rtpmap:8 telephone-event/8000"}
        << QByteArray("send 8, receive 101, 8000");
}

void SdpEventsTest::answered()
{
    QFETCH(QByteArray, formats);
    QFETCH(QByteArrayList, lines);
    QFETCH(QByteArray, events);
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    const auto media = engine.acceptAnswer(audioOffer(formats, here, lines));
    QVERIFY(media);
    QCOMPARE(wordsOf(*media), events);
    QCOMPARE(media->codec.name, QByteArray("PCMA"));
    QCOMPARE(media->receivable.first(), *Codec::ofStaticType(8));
}

void SdpEventsTest::neverTheCodec_data()
{
    QTest::addColumn<QByteArray>("formats");
    QTest::newRow("alone") << QByteArray("101");
    QTest::newRow("with comfort noise") << QByteArray("101 13");
    QTest::newRow("with a codec that is not ours") << QByteArray("18 101");
}

void SdpEventsTest::neverTheCodec()
{
    QFETCH(QByteArray, formats);
    const QByteArray text = audioOffer(formats, here, {"a=rtpmap:101 telephone-event/8000"});
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(text, localMedia(), both);
    QVERIFY(!answer);
    QCOMPARE(answer.error().sipCode, 488);
    engine.createOffer(localMedia(), both);
    const auto accepted = engine.acceptAnswer(text);
    QVERIFY(!accepted);
    QCOMPARE(accepted.error().sipCode, 488);
}

// RFC 3264 8.3.2
void SdpEventsTest::numberStays()
{
    OfferAnswer engine("-", 77);
    const QByteArray offer = audioOffer("8 96", here, {"a=rtpmap:96 telephone-event/8000"});
    QVERIFY(engine.answer(offer, localMedia(), both));
    const QByteArray again = engine.createOffer(localMedia(), Direction::SendOnly);
    QCOMPARE(mediaLine(again, 0), QByteArray("m=audio 31000 RTP/AVP 0 8 96"));
    QVERIFY(again.contains("a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-16\r\n"));
}

void SdpEventsTest::numberTakenByACodec()
{
    OfferAnswer engine("-", 77);
    QVERIFY(engine.answer(audioOffer("101", here, {"a=rtpmap:101 PCMU/8000"}), localMedia(), both));
    QCOMPARE(mediaLine(engine.createOffer(localMedia(), both), 0),
             QByteArray("m=audio 31000 RTP/AVP 101 8 127"));
}

void SdpEventsTest::goneWhenNotOfferedAgain()
{
    OfferAnswer engine("-", 77);
    const QByteArray with = audioOffer("8 101", here, {"a=rtpmap:101 telephone-event/8000"});
    QVERIFY(engine.answer(with, localMedia(), both)->media.events);
    const auto without = engine.answer(audioOffer("8"), localMedia(), both);
    QVERIFY(without);
    QVERIFY(!without->media.events);
    QVERIFY(!without->sdp.contains("telephone-event"));
}

void SdpEventsTest::lists_data()
{
    QTest::addColumn<QByteArray>("fmtp");
    QTest::addColumn<quint32>("accepted");
    QTest::newRow("2.4.1 none: 0-15") << QByteArray() << 0xffffU;
    QTest::newRow("2.4.1 0-15") << QByteArray("a=fmtp:101 0-15") << 0xffffU;
    QTest::newRow("2.4.1 0-16") << QByteArray("a=fmtp:101 0-16") << 0x1ffffU;
    QTest::newRow("2.4.1 0-15,16") << QByteArray("a=fmtp:101 0-15,16") << 0x1ffffU;
    QTest::newRow("2.4.1 with blanks") << QByteArray("a=fmtp:101 0-11, 16 ") << 0x10fffU;
    QTest::newRow("2.4.1 with tones") << QByteArray("a=fmtp:101 0-15,32-36,192-194") << 0xffffU;
    QTest::newRow("of another number") << QByteArray("a=fmtp:102 0-3") << 0xffffU;
    QTest::newRow("no list") << QByteArray("a=fmtp:101 events=all") << 0xffffU;
    QTest::newRow("backwards") << QByteArray("a=fmtp:101 15-0") << 0xffffU;
    QTest::newRow("beyond 255") << QByteArray("a=fmtp:101 0-4294967295") << 0xffffU;
    QTest::newRow("commas alone") << QByteArray("a=fmtp:101 ,,,,") << 0xffffU;
    QTest::newRow("empty") << QByteArray("a=fmtp:101") << 0xffffU;
}

void SdpEventsTest::lists()
{
    QFETCH(QByteArray, fmtp);
    QFETCH(quint32, accepted);
    QByteArrayList lines{"a=rtpmap:101 telephone-event/8000"};
    if (!fmtp.isEmpty()) {
        lines.append(fmtp);
    }
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(audioOffer("8 101", here, lines), localMedia(), both);
    QVERIFY(answer && answer->media.events);
    QCOMPARE(answer->media.events->accepted, accepted);
}

void SdpEventsTest::refusals_data()
{
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QString>("words");
    QTest::newRow("static numbers")
        << QByteArray("18 3 101") << QByteArrayList{"a=rtpmap:101 telephone-event/8000"}
        << QStringLiteral("they offer G729, GSM; we have PCMU, PCMA");
    QTest::newRow("named ones") << QByteArray(
        "96 97 13") << QByteArrayList{"a=rtpmap:96 opus/48000/2", "a=rtpmap:97 iLBC/8000"}
                                << QStringLiteral("they offer opus, iLBC; we have PCMU, PCMA");
    QTest::newRow("without a name")
        << QByteArray("99") << QByteArrayList{} << QStringLiteral("they offer type 99; we");
    QTest::newRow("digits alone") << QByteArray("101")
                                  << QByteArrayList{"a=rtpmap:101 telephone-event/8000"}
                                  << QStringLiteral("they offer no codec; we have");
    QTest::newRow("too many") << QByteArray("80 81 82 83 84 85 86 87 88 89") << QByteArrayList{}
                              << QStringLiteral("type 87, 2 more; we have");
    QTest::newRow("nothing that a log would choke on")
        << QByteArray("96")
        << QByteArrayList{"a=rtpmap:96 r\xff\xfe"
                          "ed/8000"}
        << QStringLiteral("they offer r\uFFFD\uFFFDed;");
}

void SdpEventsTest::refusals()
{
    QFETCH(QByteArray, formats);
    QFETCH(QByteArrayList, lines);
    QFETCH(QString, words);
    OfferAnswer engine("-", 77);
    const auto answer = engine.answer(audioOffer(formats, here, lines), localMedia(), both);
    QVERIFY(!answer);
    QVERIFY2(answer.error().text.contains(words), qPrintable(answer.error().text));
}

QTEST_APPLESS_MAIN(SdpEventsTest)
#include "tst_sdp_events.moc"
