#include "PhoneOffers.h"
#include "base/Random.h"
#include "sdp/Attributes.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

// 100,000 damaged descriptions: parse, touch everything, print, parse again, answer.
class SdpMutationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyInputHasAnEnd_data();
    void everyInputHasAnEnd();
    void truncatedAnywhere();
};

namespace {
const QByteArrayList seeds{linphoneOffer(), zoiperOffer(),      asteriskOffer(),
                           sippOffer(),     ciscoOffer(),       t38Offer(),
                           webRtcOffer(),   audioAndT38Offer(), bestEffortSrtpOffer()};

const QByteArrayList pieces{
    "m=audio 4000 RTP/AVP 0\r\n",
    "m=",
    "a=",
    "\r\n",
    "\n",
    "c=IN IP4 0.0.0.0\r\n",
    "v=0\r\n",
    "4294967296",
    "-1",
    " ",
    "/",
    ":",
    "a=rtpmap:0 PCMU/8000\r\n",
    "a=ptime:",
    "99999999999999999999",
    "a=sendonly\r\n",
    "\xff\xfe",
    "a=rtcp:0 IN IP4 ::\r\n",
    "[",
    "::",
    "t=\r\n",
    "o=- 1 1 IN IP4 1.2.3.4\r\n",
    "%s%n",
};

void mutate(QByteArray& text, hs::base::Random& random)
{
    const auto at = [&] { return qsizetype(random.below(static_cast<quint32>(text.size()) + 1)); };
    const int changes = 1 + static_cast<int>(random.below(8));
    for (int i = 0; i < changes; ++i) {
        const qsizetype position = at();
        const auto length = qsizetype(random.below(20));
        switch (random.below(5)) {
        case 0:
            text.remove(position, length);
            break;
        case 1:
            text.insert(position, pieces[qsizetype(random.below(quint32(pieces.size())))]);
            break;
        case 2:
            if (position < text.size()) {
                text[position] = static_cast<char>(random.u32());
            }
            break;
        case 3:
            text.insert(at(), text.mid(position, 5 * length));
            break;
        default:
            text.replace(position, length, QByteArray(length, static_cast<char>(random.u32())));
        }
    }
}

int touch(const SessionDescription& sdp)
{
    qsizetype seen = sdp.attributes.size() + sdp.otherLines.size();
    for (const MediaDescription& media : sdp.media) {
        for (const Attribute& attribute : media.attributes) {
            seen += parseRtpmap(attribute.value) ? 1 : 0;
            seen += parsePacketTime(attribute.value) ? 1 : 0;
            seen += RtcpAttribute::parse(attribute.value) ? 1 : 0;
            seen += Fmtp::parse(attribute.value) ? 1 : 0;
        }
        seen += static_cast<int>(direction(sdp, media)) + packetTime(sdp, media).value_or(0);
        seen += sdp.connectionOf(media) ? 1 : 0;
    }
    return static_cast<int>(seen);
}

struct Tally {
    int parsed = 0;
    int answered = 0;
    qint64 touched = 0;
};

// Nothing if all that must hold of this text does.
QByteArray check(const QByteArray& text, Tally& tally)
{
    const auto parsed = SessionDescription::parse(text);
    OfferAnswer answerer("-", 9);
    const auto answer = answerer.answer(text, localMedia(), Direction::SendRecv);
    OfferAnswer offerer("-", 9);
    offerer.createOffer(localMedia(), Direction::SendRecv);
    const bool accepted = offerer.acceptAnswer(text).ok();
    if (!parsed) {
        return answer || accepted || answer.error().sipCode != 400 ? "unparsable, yet taken" : "";
    }
    ++tally.parsed;
    tally.touched += touch(*parsed);
    const QByteArray printed = parsed->toBytes();
    const auto again = SessionDescription::parse(printed);
    if (printed.size() <= SessionDescription::maxBytes && (!again || again->toBytes() != printed)) {
        return "printed text does not parse to itself";
    }
    if (!answer) {
        return answer.error().text.isEmpty() ? "refused without a word" : "";
    }
    ++tally.answered;
    const auto ours = SessionDescription::parse(answer->sdp);
    if (!ours || ours->media.size() != parsed->media.size()) {
        return "the answer has another number of m= lines";
    }
    const auto live = std::count_if(ours->media.begin(), ours->media.end(),
                                    [](const MediaDescription& media) { return media.port != 0; });
    return live == 1 ? "" : "not exactly one stream is taken";
}
} // namespace

void SdpMutationsTest::everyInputHasAnEnd_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 10; ++seed) {
        QTest::addRow("seed %d, 10,000 inputs", int(seed)) << seed;
    }
}

void SdpMutationsTest::everyInputHasAnEnd()
{
    QFETCH(quint64, seed);
    hs::base::Random random(seed);
    Tally tally;
    for (int i = 0; i < 10'000; ++i) {
        QByteArray text = seeds[qsizetype(random.below(quint32(seeds.size())))];
        mutate(text, random);
        const QByteArray wrong = check(text, tally);
        QVERIFY2(wrong.isEmpty(), QByteArray(wrong + " in\n" + text).constData());
    }
    // Else the mutations are so wild that the loop tests nothing but the first line.
    QVERIFY2(
        tally.parsed > 1000 && tally.answered > 500 && tally.touched > 0,
        qPrintable(QStringLiteral("%1 parsed, %2 answered").arg(tally.parsed).arg(tally.answered)));
}

void SdpMutationsTest::truncatedAnywhere()
{
    Tally tally;
    for (const QByteArray& seed : seeds) {
        for (qsizetype length = 0; length <= seed.size(); ++length) {
            const QByteArray wrong = check(seed.first(length), tally);
            QVERIFY2(wrong.isEmpty(), QByteArray(wrong + " in\n" + seed.first(length)).constData());
        }
    }
    QVERIFY(tally.answered > 0);
}

QTEST_GUILESS_MAIN(SdpMutationsTest)
#include "tst_sdp_mutations.moc"
