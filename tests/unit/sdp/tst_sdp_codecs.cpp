#include "PhoneOffers.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

// Opus (RFC 7587), G.722 (RFC 3551), comfort noise (RFC 3389) and digits (RFC 4733) in offer and
// answer, and which of several codecs it is (RFC 3264).
class SdpCodecsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void offers_data();
    void offers();
    void answers_data();
    void answers();
    void answered_data();
    void answered();
    void packetTime_data();
    void packetTime();
    void reofferOfAnotherOrder();
    void theirReofferOfAnotherOrder();
    void numbersStay();
    void numbersOfARefusedOfferStay();
};

namespace {
const auto both = Direction::SendRecv;
const QByteArray here = "IN IP4 192.0.2.10";
const QByteArrayList browserLines{"a=rtpmap:111 opus/48000/2",
                                  "a=fmtp:111 minptime=10;useinbandfec=1;maxplaybackrate=16000",
                                  "a=rtpmap:9 G722/8000",
                                  "a=rtpmap:110 telephone-event/48000",
                                  "a=rtpmap:126 telephone-event/8000",
                                  "a=rtpmap:13 CN/8000"};

LocalMedia localOf(const QByteArrayList& names)
{
    LocalMedia local = localMedia();
    local.codecs.clear();
    for (const QByteArray& name : names) {
        local.codecs.append(*Codec::named(name));
    }
    local.noiseType = 13;
    return local;
}

const QByteArrayList all{"opus", "G722", "PCMA", "PCMU"};

// "opus 111; digits 110 at 48000, may be 126; noise 13"
QByteArray wordsOf(const Negotiated& media)
{
    QByteArray words = media.codec.name + ' ' + QByteArray::number(media.sendPayloadType);
    if (media.events) {
        words += "; digits " + QByteArray::number(media.events->sendPayloadType) + " at "
            + QByteArray::number(media.events->clockRate);
        for (const int number : media.events->otherPayloadTypes) {
            words += ", may be " + QByteArray::number(number);
        }
    }
    for (const int number : media.noisePayloadTypes) {
        words += "; noise " + QByteArray::number(number);
    }
    return words;
}

QByteArray formatsOf(const QByteArray& sdp)
{
    return mediaLine(sdp, 0).mid(qsizetype(qstrlen("m=audio 31000 RTP/AVP ")));
}
} // namespace

void SdpCodecsTest::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("rtpmap"); // empty: it is not known
    QTest::newRow("3551 6: PCMA") << QByteArray("pcma") << QByteArray("8 PCMA/8000/1");
    QTest::newRow("3551 6: PCMU") << QByteArray("PCMU") << QByteArray("0 PCMU/8000/1");
    QTest::newRow("3551 4.5.2: the clock of G722 is 8000")
        << QByteArray("g722") << QByteArray("9 G722/8000/1");
    QTest::newRow("7587 7: two channels always")
        << QByteArray("Opus") << QByteArray("96 opus/48000/2");
    QTest::newRow("3389: CN is no codec") << QByteArray("CN") << QByteArray();
    QTest::newRow("another") << QByteArray("G729") << QByteArray();
    QTest::newRow("none") << QByteArray() << QByteArray();
}

void SdpCodecsTest::names()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, rtpmap);
    const auto codec = Codec::named(name);
    QCOMPARE(codec.has_value(), !rtpmap.isEmpty());
    if (codec) {
        QCOMPARE(QByteArray::number(codec->payloadType) + ' ' + codec->name + '/'
                     + QByteArray::number(codec->clockRate) + '/'
                     + QByteArray::number(codec->channels),
                 rtpmap);
    }
}

void SdpCodecsTest::offers_data()
{
    QTest::addColumn<QByteArrayList>("codecs");
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::newRow("3264 5.1: in our order; 4733 2.1: digits of both clocks; 7587 7")
        << all << QByteArray("96 9 8 0 13 102 101")
        << QByteArrayList{"a=rtpmap:96 opus/48000/2",
                          "a=fmtp:96 useinbandfec=1",
                          "a=rtpmap:9 G722/8000",
                          "a=rtpmap:13 CN/8000",
                          "a=rtpmap:102 telephone-event/48000",
                          "a=fmtp:102 0-16",
                          "a=rtpmap:101 telephone-event/8000",
                          "a=fmtp:101 0-16"};
    QTest::newRow("3264 5.1: another order")
        << QByteArrayList{"PCMU", "opus"} << QByteArray("0 96 13 101 102") << QByteArrayList{};
    QTest::newRow("4733 2.1: G722 has the clock of the others")
        << QByteArrayList{"G722", "PCMA"} << QByteArray("9 8 13 101") << QByteArrayList{};
    QTest::newRow("3389 4: no noise of a clock that no codec has")
        << QByteArrayList{"opus"} << QByteArray("96 102 101") << QByteArrayList{};
}

void SdpCodecsTest::offers()
{
    QFETCH(QByteArrayList, codecs);
    QFETCH(QByteArray, formats);
    QFETCH(QByteArrayList, lines);
    OfferAnswer engine("-", 77);
    const QByteArray offer = engine.createOffer(localOf(codecs), both);
    QCOMPARE(formatsOf(offer), formats);
    for (const QByteArray& line : lines) {
        QVERIFY2(offer.contains(QByteArray("\r\n" + line + "\r\n")), offer.constData());
    }
}

void SdpCodecsTest::answers_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArrayList>("ours");
    QTest::addColumn<bool>("ownOrder");
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArray>("agreed");
    const auto row = [](const char* name, const QByteArray& offered, const QByteArrayList& ours,
                        bool ownOrder, const QByteArray& formats, const QByteArray& agreed) {
        QTest::newRow(name) << offered << ours << ownOrder << formats << agreed;
    };
    row("3264 6.1: the offerer's first; 4733 2.1: the codec's clock", "111 9 0 8 13 110 126", all,
        false, "111 110", "opus 111; digits 110 at 48000, may be 126");
    row("3264 6.1: the offerer's first that we have", "111 9 0 8 13 110 126", {"PCMA", "PCMU"},
        false, "0 13 126", "PCMU 0; digits 126 at 8000, may be 110; noise 13");
    row("3264 6.1: its first is of little worth", "0 111 110 126", all, false, "0 126",
        "PCMU 0; digits 126 at 8000, may be 110");
    row("our order, by the setting", "0 8 9 111 110 126", all, true, "111 110",
        "opus 111; digits 110 at 48000, may be 126");
    row("our order: our first is not offered", "0 8 9 126", all, true, "9 126",
        "G722 9; digits 126 at 8000");
    row("4733 2.1: G722 counts as 8000", "9 110 126", all, false, "9 126",
        "G722 9; digits 126 at 8000, may be 110");
    row("4733 2.1: digits of 8000 alone", "111 126", all, false, "111 126",
        "opus 111; digits 126 at 8000");
    row("4733 2.1: digits of 48000 alone", "9 110", all, false, "9", "G722 9");
    row("3389 4: no noise beside opus", "111 13 110", all, false, "111 110",
        "opus 111; digits 110 at 48000");
    row("3389: noise that was not offered", "8", all, false, "8", "PCMA 8");
}

void SdpCodecsTest::answers()
{
    QFETCH(QByteArray, offered);
    QFETCH(QByteArrayList, ours);
    QFETCH(bool, ownOrder);
    OfferAnswer engine("-", 77);
    LocalMedia local = localOf(ours);
    local.ownOrderFirst = ownOrder;
    const auto answer = engine.answer(audioOffer(offered, here, browserLines), local, both);
    QVERIFY(answer);
    QTEST(wordsOf(answer->media), "agreed");
    QTEST(formatsOf(answer->sdp), "formats");
    if (answer->media.codec.isOpus()) {
        QCOMPARE(answer->media.codec.opus.maxPlaybackRate, 16000);
        // RFC 7587 7.1: what we say of it is ours, not what they said.
        QVERIFY(answer->sdp.contains("\r\na=fmtp:111 useinbandfec=1\r\n"));
        QVERIFY(answer->sdp.contains("\r\na=rtpmap:111 opus/48000/2\r\n"));
    }
}

void SdpCodecsTest::answered_data()
{
    QTest::addColumn<QByteArray>("formats");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("agreed");
    const auto row = [](const char* name, const QByteArray& formats, const QByteArrayList& lines,
                        const QByteArray& agreed) {
        QTest::newRow(name) << formats << lines << agreed;
    };
    row("as offered", "96 102", {"a=rtpmap:96 opus/48000/2", "a=rtpmap:102 telephone-event/48000"},
        "opus 96; digits 102 at 48000");
    row("3264 6.1: the answerer's order", "8 96 13 102 101",
        {"a=rtpmap:96 opus/48000/2", "a=rtpmap:102 telephone-event/48000",
         "a=rtpmap:101 telephone-event/8000"},
        "PCMA 8; digits 101 at 8000, may be 102; noise 13");
    row("3264 6.1: numbers of its own", "107 110 97",
        {"a=rtpmap:107 opus/48000/2", "a=rtpmap:110 telephone-event/48000"},
        "opus 107; digits 110 at 48000");
    row("4733 2.1: digits of both clocks, the codec's", "9 101 102",
        {"a=rtpmap:101 telephone-event/8000", "a=rtpmap:102 telephone-event/48000"},
        "G722 9; digits 101 at 8000, may be 102");
    row("4733 2.1: digits of 8000 alone", "96 101",
        {"a=rtpmap:96 opus/48000/2", "a=rtpmap:101 telephone-event/8000"},
        "opus 96; digits 101 at 8000");
    row("4733 2.1: digits of 8000 alone, under a number of its own", "96 126",
        {"a=rtpmap:96 opus/48000/2", "a=rtpmap:126 telephone-event/8000"},
        "opus 96; digits 126 at 8000");
    row("7587 7: who forgets the channels", "96", {"a=rtpmap:96 OPUS/48000"}, "OPUS 96");
    row("3389: noise under a number of its own", "8 98", {"a=rtpmap:98 CN/8000"},
        "PCMA 8; noise 13; noise 98");
    row("3389: noise of another clock", "8 98", {"a=rtpmap:98 CN/16000"}, "PCMA 8");
}

void SdpCodecsTest::answered()
{
    QFETCH(QByteArray, formats);
    QFETCH(QByteArrayList, lines);
    OfferAnswer engine("-", 77);
    engine.createOffer(localOf(all), both);
    const auto media = engine.acceptAnswer(audioOffer(formats, here, lines));
    QVERIFY(media);
    QTEST(wordsOf(*media), "agreed");
    QVERIFY(!media->codec.isOpus() || media->receivable.first().payloadType == 96);
}

void SdpCodecsTest::packetTime_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<int>("ms");
    const auto row = [](const char* name, const QByteArrayList& lines, int ms) {
        QTest::newRow(name) << lines << ms;
    };
    row("7587 7: none", {}, 20);
    row("7587 7: a=ptime", {"a=ptime:40"}, 40);
    row("7587 7: a=maxptime", {"a=ptime:60", "a=maxptime:40"}, 40);
    row("7587 6.1: among the parameters", {"a=fmtp:96 ptime=40"}, 40);
    row("7587 7: a=ptime goes before", {"a=fmtp:96 ptime=40", "a=ptime:10"}, 10);
    row("7587 6.1: the longest, among the parameters", {"a=fmtp:96 maxptime=10"}, 10);
    row("7587 7: the shorter of two", {"a=fmtp:96 maxptime=40", "a=maxptime:20", "a=ptime:60"}, 20);
    row("7587 4.2: beyond what we send", {"a=ptime:120"}, 20);
    row("of another format", {"a=fmtp:97 ptime=40"}, 20);
}

void SdpCodecsTest::packetTime()
{
    QFETCH(QByteArrayList, lines);
    OfferAnswer engine("-", 77);
    const auto answer =
        engine.answer(audioOffer("96", here, QByteArrayList{"a=rtpmap:96 opus/48000/2"} + lines),
                      localOf(all), both);
    QVERIFY(answer);
    QTEST(answer->media.packetMs, "ms");
}

// RFC 3264 8.3.2: another order is another offer, and is answered anew.
void SdpCodecsTest::reofferOfAnotherOrder()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localOf(all), both);
    const QByteArrayList lines{"a=rtpmap:96 opus/48000/2"};
    QCOMPARE(engine.acceptAnswer(audioOffer("96", here, lines))->codec.name, QByteArray("opus"));
    const QByteArray again = engine.createOffer(localOf({"PCMA", "opus"}), both);
    QVERIFY2(again.contains("\r\no=- 77 2 IN"), again.constData());
    QCOMPARE(formatsOf(again), QByteArray("8 96 13 101 102"));
    QCOMPARE(engine.acceptAnswer(audioOffer("8", here))->codec.name, QByteArray("PCMA"));
    QCOMPARE(formatsOf(engine.createOffer(localOf(all), both)), QByteArray("96 9 8 0 13 102 101"));
    engine.offerRejected();
    QCOMPARE(engine.agreed()->codec.name, QByteArray("PCMA"));
}

void SdpCodecsTest::theirReofferOfAnotherOrder()
{
    OfferAnswer engine("-", 77);
    const LocalMedia local = localOf(all);
    const auto first = engine.answer(audioOffer("8 111 9", here, browserLines), local, both);
    const auto second = engine.answer(audioOffer("111 8 9", here, browserLines), local, both);
    const auto third = engine.answer(audioOffer("9 8 111", here, browserLines), local, both);
    QCOMPARE(first->media.codec.name, QByteArray("PCMA"));
    QCOMPARE(second->media.codec.name, QByteArray("opus"));
    QCOMPARE(third->media.codec.name, QByteArray("G722"));
    QVERIFY(second->sdp.contains("\r\no=- 77 2 IN"));
    QVERIFY(third->sdp.contains("\r\no=- 77 3 IN"));
    QCOMPARE(third->media.receivable.size(), 3); // what is on its way still is understood
}

// RFC 3264 8.3.2: theirs, once we have answered with them.
void SdpCodecsTest::numbersStay()
{
    OfferAnswer engine("-", 77);
    const LocalMedia local = localOf(all);
    QVERIFY(engine.answer(audioOffer("111 9 110", here, browserLines), local, both));
    QCOMPARE(formatsOf(engine.createOffer(local, both)), QByteArray("111 9 8 0 13 110 101"));
    QVERIFY(engine.acceptAnswer(audioOffer("8")));
    // Not spoken any more, and still meant by its number.
    QCOMPARE(formatsOf(engine.createOffer(local, both)), QByteArray("111 9 8 0 13 110 101"));
    engine.offerRejected();
    // Theirs now takes the number of ours that is not agreed: ours moves.
    const QByteArrayList lines{"a=rtpmap:101 opus/48000/2"};
    QVERIFY(engine.answer(audioOffer("8 101", here, lines), local, both));
    const QByteArray offer = engine.createOffer(local, both);
    QCOMPARE(formatsOf(offer), QByteArray("101 9 8 0 13 110 127"));
    QVERIFY(offer.contains("a=rtpmap:127 telephone-event/8000"));
}

void SdpCodecsTest::numbersOfARefusedOfferStay()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localOf({"PCMA"}), both);
    QVERIFY(engine.acceptAnswer(audioOffer("8")));
    engine.createOffer(localOf(all), both); // 96 is opus, 102 are its digits
    engine.offerRejected();
    LocalMedia local = localOf({"PCMA"});
    local.codecs.append(Codec{"speex", 16000, 1, 96});
    local.codecs.append(Codec{"iLBC", 8000, 1, 102});
    QCOMPARE(formatsOf(engine.createOffer(local, both)), QByteArray("8 127 126 13 101 103"));
}

QTEST_APPLESS_MAIN(SdpCodecsTest)
#include "tst_sdp_codecs.moc"
