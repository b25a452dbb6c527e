#include "PhoneOffers.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

// Our offers, the answers to them, and what is kept from one to the next (RFC 3264 5, 7, 8).
class OfferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstOffer();
    void acceptsAnswer();
    void acceptedDirections_data();
    void acceptedDirections();
    void asymmetricPayloadTypes();
    void refusesAnswer_data();
    void refusesAnswer();
    void laterAnswerStands();
    void versionRule();
    void versionAfterRejection();
    void versionThatTheyHaveTaken_data();
    void versionThatTheyHaveTaken();
    void versionOfAnswers();
    void firstOfferRejected();
    void expectedWhileOffered();
    void originStaysWhenAddressChanges();
    void repeatsWhatWasAnswered();
    void repeatedOfferKeepsTheirHold();
    void reofferKeepsMediaLines();
    void reofferKeepsPayloadTypes();
};

namespace {
const auto both = Direction::SendRecv;

quint64 versionOf(const QByteArray& sdp)
{
    const auto parsed = SessionDescription::parse(sdp);
    return parsed ? parsed->origin.version : 0;
}
} // namespace

void OfferTest::firstOffer()
{
    OfferAnswer engine("-", 77);
    QCOMPARE(engine.createOffer(localMedia(), both),
             sdpText({"v=0", "o=- 77 1 IN IP4 198.51.100.7", "s=-", "c=IN IP4 198.51.100.7",
                      "t=0 0", "m=audio 31000 RTP/AVP 0 8 101", "a=rtpmap:0 PCMU/8000",
                      "a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000",
                      "a=fmtp:101 0-16", "a=ptime:20", "a=sendrecv"}));
    QCOMPARE(engine.state(), OfferAnswer::State::LocalOfferSent);
    QVERIFY(!engine.agreed());
}

void OfferTest::acceptsAnswer()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    const auto media = engine.acceptAnswer(
        audioOffer("8 101", "IN IP4 192.0.2.10", {"a=rtpmap:8 PCMA/8000", "a=ptime:30"}));
    QVERIFY(media);
    QCOMPARE(media->codec.name, QByteArray("PCMA"));
    QCOMPARE(media->sendPayloadType, 8);
    QCOMPARE(media->receivable, QList<Codec>{*Codec::ofStaticType(8)});
    QCOMPARE(media->remoteRtp.toString(), QByteArray("192.0.2.10:4000"));
    QCOMPARE(media->packetMs, 30);
    QCOMPARE(media->direction, both);
    QVERIFY(!media->remoteOnHold);
    QCOMPARE(engine.state(), OfferAnswer::State::Stable);
    QCOMPARE(*engine.agreed(), *media);
}

void OfferTest::acceptedDirections_data()
{
    QTest::addColumn<Direction>("offered");
    QTest::addColumn<QByteArray>("answered");
    QTest::addColumn<Direction>("ours");
    QTest::addColumn<bool>("onHold");
    QTest::newRow("sendrecv, sendrecv") << both << QByteArray("sendrecv") << both << false;
    QTest::newRow("sendrecv, sendonly")
        << both << QByteArray("sendonly") << Direction::RecvOnly << true;
    QTest::newRow("sendrecv, inactive")
        << both << QByteArray("inactive") << Direction::Inactive << true;
    QTest::newRow("our hold, recvonly")
        << Direction::SendOnly << QByteArray("recvonly") << Direction::SendOnly << false;
    QTest::newRow("our hold, sendrecv against the rule")
        << Direction::SendOnly << QByteArray("sendrecv") << Direction::SendOnly << false;
    QTest::newRow("our hold, inactive")
        << Direction::SendOnly << QByteArray("inactive") << Direction::Inactive << true;
    QTest::newRow("we only hear, sendonly")
        << Direction::RecvOnly << QByteArray("sendonly") << Direction::RecvOnly << false;
    QTest::newRow("inactive, inactive")
        << Direction::Inactive << QByteArray("inactive") << Direction::Inactive << false;
}

void OfferTest::acceptedDirections()
{
    QFETCH(Direction, offered);
    QFETCH(QByteArray, answered);
    QFETCH(Direction, ours);
    QFETCH(bool, onHold);
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), offered);
    const auto media = engine.acceptAnswer(audioOffer("0", "IN IP4 192.0.2.10", {"a=" + answered}));
    QVERIFY(media);
    QCOMPARE(media->direction, ours);
    QCOMPARE(media->remoteOnHold, onHold);
}

// RFC 3264 6.1: the answerer may use other numbers for what it receives than we do.
void OfferTest::asymmetricPayloadTypes()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    const auto media =
        engine.acceptAnswer(audioOffer("97", "IN IP4 192.0.2.10", {"a=rtpmap:97 PCMU/8000"}));
    QVERIFY(media);
    QCOMPARE(media->sendPayloadType, 97);
    QCOMPARE(media->receivable,
             (QList<Codec>{*Codec::ofStaticType(0), Codec{"PCMU", 8000, 1, 97}}));
}

void OfferTest::refusesAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("sipCode");
    QTest::newRow("port 0") << audioOffer().replace("4000", "0") << 488;
    QTest::newRow("no m= line") << sdpText({"v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "t=0 0"})
                                << 488;
    QTest::newRow("no codec of the offer") << audioOffer("18") << 488;
    QTest::newRow("video in audio's place") << audioOffer().replace("m=audio", "m=video") << 488;
    QTest::newRow("another profile") << audioOffer().replace("RTP/AVP", "RTP/SAVP") << 488;
    QTest::newRow("not SDP") << QByteArray("\0\0\0\0", 4) << 400;
    QTest::newRow("empty") << QByteArray() << 400;
}

void OfferTest::refusesAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, sipCode);
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    const auto media = engine.acceptAnswer(answer);
    QVERIFY(!media);
    QCOMPARE(media.error().sipCode, sipCode);
    // The offer is still open: the 200 may bring a better answer than the 183 did.
    QVERIFY(engine.acceptAnswer(audioOffer()));
}

void OfferTest::laterAnswerStands()
{
    OfferAnswer engine("-", 77);
    QVERIFY(!engine.acceptAnswer(audioOffer())); // nothing was offered
    engine.createOffer(localMedia(), both);
    QVERIFY(engine.acceptAnswer(audioOffer("0"))); // 183
    const auto media = engine.acceptAnswer(audioOffer("8", "IN IP4 192.0.2.30")); // 200
    QVERIFY(media);
    QCOMPARE(media->remoteRtp.toString(), QByteArray("192.0.2.30:4000"));
    QVERIFY(engine.answer(audioOffer(), localMedia(), both));
    QVERIFY(!engine.acceptAnswer(audioOffer())); // their offer came in between
}

void OfferTest::versionRule()
{
    OfferAnswer engine("-", 77);
    const QByteArray first = engine.createOffer(localMedia(), both);
    QVERIFY(engine.acceptAnswer(audioOffer()));
    // Row 7.16: a refresh is the same text, a change counts one.
    QCOMPARE(engine.createOffer(localMedia(), both), first);
    QVERIFY(engine.acceptAnswer(audioOffer()));
    const QByteArray hold = engine.createOffer(localMedia(), Direction::SendOnly);
    QCOMPARE(versionOf(hold), quint64(2));
    QVERIFY(engine.acceptAnswer(audioOffer("0", "IN IP4 192.0.2.10", {"a=recvonly"})));
    const QByteArray resume = engine.createOffer(localMedia(), both);
    QCOMPARE(versionOf(resume), quint64(3));
    QCOMPARE(QByteArray(resume).replace("o=- 77 3", "o=- 77 1"), first);
}

void OfferTest::versionAfterRejection()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    QVERIFY(engine.acceptAnswer(audioOffer()));
    const Negotiated agreed = *engine.agreed();
    QCOMPARE(versionOf(engine.createOffer(localMedia(), Direction::SendOnly)), quint64(2));
    engine.offerRejected();
    QCOMPARE(engine.state(), OfferAnswer::State::Stable);
    QCOMPARE(*engine.agreed(), agreed);
    // Row 7.16: no number is skipped.
    QCOMPARE(versionOf(engine.createOffer(localMedia(), both)), quint64(1));
    engine.offerRejected();
    QCOMPARE(versionOf(engine.createOffer(localMedia(31004), both)), quint64(2));
}

void OfferTest::versionThatTheyHaveTaken_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("8: port 0") << audioOffer("8").replace("audio 4000", "audio 0");
    QTest::newRow("8: no codec in common") << audioOffer("18");
    QTest::newRow("8: no SDP") << QByteArray();
}

// It was accepted, if by no answer that can be used: another description has another version.
void OfferTest::versionThatTheyHaveTaken()
{
    QFETCH(QByteArray, answer);
    OfferAnswer engine("-", 77);
    const QByteArray first = engine.createOffer(localMedia(), both);
    QVERIFY(engine.acceptAnswer(audioOffer()));
    QCOMPARE(versionOf(engine.createOffer(localMedia(31004), both)), quint64(2));
    QVERIFY(!engine.acceptAnswer(answer));
    engine.offerRejected();
    const QByteArray hold = engine.createOffer(localMedia(), Direction::SendOnly);
    QCOMPARE(versionOf(hold), quint64(3));
    engine.offerRejected(); // of this they know nothing
    const QByteArray refresh = engine.repeatOffer(); // what was agreed, as a change of the second
    QCOMPARE(refresh, QByteArray(first).replace("o=- 77 1", "o=- 77 3"));
    QVERIFY(engine.acceptAnswer(audioOffer()));
    QCOMPARE(engine.repeatOffer(), refresh);
    engine.offerRejected();
    const auto ours = engine.answer(audioOffer("8"), localMedia(), both);
    QVERIFY(ours);
    QCOMPARE(versionOf(ours->sdp), quint64(4));
}

void OfferTest::versionOfAnswers()
{
    OfferAnswer engine("-", 77);
    const auto first = engine.answer(audioOffer(), localMedia(), both);
    QVERIFY(first);
    QCOMPARE(versionOf(first->sdp), quint64(1));
    // The same offer again (session refresh): the same answer.
    QCOMPARE(engine.answer(audioOffer(), localMedia(), both)->sdp, first->sdp);
    const auto held =
        engine.answer(audioOffer("0 8", "IN IP4 192.0.2.10", {"a=sendonly"}), localMedia(), both);
    QCOMPARE(versionOf(held->sdp), quint64(2));
    QVERIFY(!engine.answer(audioOffer("18"), localMedia(), both)); // refused: nothing changed
    const auto again =
        engine.answer(audioOffer("0 8", "IN IP4 192.0.2.10", {"a=sendonly"}), localMedia(), both);
    QCOMPARE(again->sdp, held->sdp);
    // An offer of ours counts on from our answers; it lists both codecs again.
    const QByteArray offer = engine.createOffer(localMedia(), both);
    QCOMPARE(versionOf(offer), quint64(3));
    QCOMPARE(mediaLine(offer, 0), QByteArray("m=audio 31000 RTP/AVP 0 8 101"));
}

void OfferTest::firstOfferRejected()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    engine.offerRejected();
    QCOMPARE(engine.state(), OfferAnswer::State::Idle);
    QVERIFY(!engine.acceptAnswer(audioOffer()));
    QCOMPARE(versionOf(engine.createOffer(localMedia(), Direction::SendOnly)), quint64(1));
}

// RFC 3264 5.1: what an offer would receive may come before its answer.
void OfferTest::expectedWhileOffered()
{
    const QList<Codec> ulaw{*Codec::ofStaticType(0)};
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    QVERIFY(!engine.expected());
    QVERIFY(engine.acceptAnswer(audioOffer("0")));
    QCOMPARE(*engine.expected(), *engine.agreed());
    engine.createOffer(localMedia(), Direction::SendOnly);
    QCOMPARE(*engine.expected(), *engine.agreed()); // until they know of it
    QVERIFY(engine.acceptAnswer(audioOffer("0", "IN IP4 192.0.2.10", {"a=recvonly"})));
    engine.createOffer(localMedia(), both);
    QCOMPARE(engine.expected()->direction, both);
    QCOMPARE(engine.expected()->receivable, ulaw);
    engine.offerRejected();
    QCOMPARE(engine.expected()->direction, Direction::SendOnly);
    engine.createOffer(localMedia(), both);
    QVERIFY(engine.acceptAnswer(audioOffer("0")));
    LocalMedia other = localMedia();
    other.codecs = {*Codec::ofStaticType(8), *Codec::ofStaticType(0)};
    engine.createOffer(other, both);
    QCOMPARE(engine.expected()->receivable, ulaw + other.codecs.first(1));
    QCOMPARE(engine.expected()->codec, ulaw.first());
    QVERIFY(engine.acceptAnswer(audioOffer("0"))); // they keep theirs
    engine.repeatOffer();
    QCOMPARE(engine.expected()->receivable, ulaw);
}

// RFC 3264 8: o= changes in its version alone.
void OfferTest::originStaysWhenAddressChanges()
{
    OfferAnswer engine("-", 77);
    engine.createOffer(localMedia(), both);
    QVERIFY(engine.acceptAnswer(audioOffer()));
    LocalMedia moved = localMedia();
    moved.address = *hs::base::IpAddress::parse("198.51.100.99");
    const QByteArray offer = engine.createOffer(moved, both);
    QVERIFY2(offer.contains("o=- 77 2 IN IP4 198.51.100.7\r\n"), offer.constData());
    QVERIFY2(offer.contains("c=IN IP4 198.51.100.99\r\n"), offer.constData());
}

// RFC 3264 8: every m= line of the session keeps its place.
void OfferTest::reofferKeepsMediaLines()
{
    OfferAnswer engine("-", 77);
    QVERIFY(engine.answer(audioAndT38Offer(), localMedia(), both));
    const QByteArray offer = engine.createOffer(localMedia(), Direction::SendOnly);
    QCOMPARE(mediaLine(offer, 0), QByteArray("m=image 0 udptl t38"));
    QCOMPARE(mediaLine(offer, 1), QByteArray("m=audio 31000 RTP/AVP 0 8 101"));
    QCOMPARE(mediaLine(offer, 2), QByteArray());
    // And the answer is read at that place.
    QVERIFY(!engine.acceptAnswer(audioOffer()));
    const auto media = engine.acceptAnswer(
        sdpText({"v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
                 "m=image 0 udptl t38", "m=audio 4000 RTP/AVP 0", "a=recvonly"}));
    QVERIFY(media);
    QCOMPARE(media->direction, Direction::SendOnly);
}

// RFC 3264 8.3.2: what a number stands for does not change.
void OfferTest::reofferKeepsPayloadTypes()
{
    OfferAnswer engine("-", 77);
    LocalMedia local = localMedia();
    local.codecs = {Codec{"opus", 48000, 2, 111}, Codec{"G722", 8000, 1, 9},
                    *Codec::ofStaticType(0)};
    QVERIFY(engine.answer(audioOffer("98 111", "IN IP4 192.0.2.10",
                                     {"a=rtpmap:98 opus/48000/2", "a=rtpmap:111 PCMU/8000"}),
                          local, both));
    const QByteArray offer = engine.createOffer(local, both);
    QCOMPARE(mediaLine(offer, 0), QByteArray("m=audio 31000 RTP/AVP 98 9 111 102 101"));
    QVERIFY(offer.contains("a=rtpmap:98 opus/48000/2\r\n"));
    QVERIFY(offer.contains("a=rtpmap:111 PCMU/8000\r\n"));
    // A codec that is new and whose own number is taken gets a free one.
    local.codecs = {Codec{"speex", 16000, 1, 111}, *Codec::ofStaticType(0)};
    engine.offerRejected();
    QCOMPARE(mediaLine(engine.createOffer(local, both), 0),
             QByteArray("m=audio 31000 RTP/AVP 127 111 126 101"));
}

// RFC 4028 7.4: a refresh offers what was last agreed, here an answer of one codec of two.
void OfferTest::repeatsWhatWasAnswered()
{
    OfferAnswer engine("-", 77);
    const auto first = engine.answer(audioOffer("0 8"), localMedia(), both);
    QVERIFY(first);
    QCOMPARE(engine.repeatOffer(), first->sdp);
    QCOMPARE(engine.state(), OfferAnswer::State::LocalOfferSent);
    const auto agreed = engine.acceptAnswer(audioOffer("0"));
    QVERIFY(agreed);
    QCOMPARE(agreed->codec, first->media.codec);
    QCOMPARE(agreed->receivable, first->media.receivable); // both, as before
    QCOMPARE(engine.repeatOffer(), first->sdp);
    engine.offerRejected();
    QCOMPARE(engine.state(), OfferAnswer::State::Stable);
    QVERIFY(engine.createOffer(localMedia(), Direction::SendOnly).contains("77 2 IN"));
    QVERIFY(engine.acceptAnswer(audioOffer("0")));
    QVERIFY(engine.repeatOffer().contains("77 2 IN"));
}

// What answered their hold says nothing of sending: nor can the answer to it.
void OfferTest::repeatedOfferKeepsTheirHold()
{
    OfferAnswer engine("-", 77);
    const auto held =
        engine.answer(audioOffer("8", "IN IP4 192.0.2.10", {"a=sendonly"}), localMedia(), both);
    QVERIFY(held);
    QVERIFY(held->media.remoteOnHold);
    QVERIFY(engine.repeatOffer().contains("a=recvonly"));
    const auto still = engine.acceptAnswer(audioOffer("8", "IN IP4 192.0.2.10", {"a=sendonly"}));
    QVERIFY(still);
    QVERIFY(still->remoteOnHold);
}

QTEST_GUILESS_MAIN(OfferTest)
#include "tst_sdp_offer.moc"
