// What is refused before it is looked at closer: RFC 3261 section 8.2, and the stated limits.
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ScreeningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusal_data();
    void refusal();
    void multipartBodyIsSearchedForSdp();
    void responseCopiesEachHopAndEachLine();
    void responseGoesToTheSourceWhateverViaSays();
    void responseOfAStrangersTransactionIsDropped();
    void compactFoldedAndOddlyCased();
    void garbageIsSilentAndHarmless();
};

namespace {
QByteArray changed(const char* what, const char* into)
{
    return inviteText().replace(what, into);
}
} // namespace

void ScreeningTest::refusal_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("8.2.1 method known but not done")
        << inDialogText("SUBSCRIBE", 1, "z9hG4bK-1", "x") << 405 << QByteArray("Allow");
    QTest::newRow("8.2.1 method unknown")
        << inDialogText("FROBNICATE", 1, "z9hG4bK-1", "x") << 501 << QByteArray("Allow");
    QTest::newRow("8.2.2.1 scheme")
        << changed("INVITE sip:100@[target]", "INVITE mailto:a@b") << 416 << QByteArray();
    QTest::newRow("19.1 sips, where there is no TLS")
        << changed("INVITE sip:100@[target]", "INVITE sips:100@[target]") << 416 << QByteArray();
    QTest::newRow("8.2.2.3 Require")
        << changed("Max-Forwards", "Require: 100rel, teleport\nMax-Forwards") << 420
        << QByteArray("Unsupported");
    QTest::newRow("8.2.3 body type")
        << changed("application/sdp", "application/json") << 415 << QByteArray("Accept");
    QTest::newRow("8.2.3 body encoding")
        << changed("Max-Forwards", "Content-Encoding: gzip\nMax-Forwards") << 415
        << QByteArray("Accept-Encoding");
    QTest::newRow("20.1 Accept") << changed("Max-Forwards", "Accept: text/plain\nMax-Forwards")
                                 << 406 << QByteArray();
    QTest::newRow("21.4.11 body over 16 KiB")
        << inviteText("z9hG4bK-1", "c", {}, someOffer + QByteArray(17000, 'x')) << 413
        << QByteArray();
    QTest::newRow("21.5.7 message over the limit")
        << inviteText("z9hG4bK-1", "c", {}, someOffer + QByteArray(40000, 'x')) << 513
        << QByteArray();
    QTest::newRow("21.5.6 version")
        << changed("SIP/2.0\nVia", "SIP/3.0\nVia") << 505 << QByteArray();
    QTest::newRow("8.1.1.5 CSeq method")
        << changed("CSeq: 1 INVITE", "CSeq: 1 BYE") << 400 << QByteArray();
}

void ScreeningTest::refusal()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QByteArray, header);
    sip::ParserLimits limits;
    limits.messageBytes = 32 * 1024;
    UaFixture f(UaFixture::Policy::Ring, limits);
    f.peer.send(text);
    f.run();
    const auto responses = f.peer.takeResponses();
    QVERIFY(!responses.isEmpty());
    const sip::Response last = responses.last();
    QCOMPARE(last.statusCode, code);
    QVERIFY(!last.reasonPhrase.isEmpty());
    QVERIFY(!toTagOf(last).isEmpty());
    QVERIFY2(header.isEmpty() || last.headers.has(header), header.constData());
    QVERIFY(f.invites.isEmpty());
    if (code == 420) {
        QCOMPARE(last.headers.first("Unsupported")->toByteArray(), QByteArray("teleport"));
    }
}

void ScreeningTest::multipartBodyIsSearchedForSdp()
{
    UaFixture f;
    QByteArray text = inviteText("z9hG4bK-1", "call-1", {},
                                 "--b1\r\nContent-Type: text/plain\r\n"
                                 "Content-Disposition: render;handling=optional\r\n\r\nhello\r\n"
                                 "--b1\r\nContent-Type: application/sdp\r\n\r\n"
                                     + someOffer + "\r\n--b1--\r\n");
    text.replace("Content-Type: application/sdp\nContent-Length",
                 "Content-Type: multipart/mixed;boundary=b1\nContent-Length");
    f.peer.send(text);
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 180);
    QCOMPARE(f.invites.first()->offer(), someOffer);
}

void ScreeningTest::responseCopiesEachHopAndEachLine()
{
    UaFixture f;
    f.peer.send(changed("Max-Forwards",
                        "Via: SIP/2.0/UDP p2.example.com;branch=z9hG4bKp2, SIP/2.0/TCP p3:5070"
                        ";branch=z9hG4bKp3\nv: SIP/2.0/UDP [2001:db8::9]:5080;branch=z9hG4bKp4\n"
                        "Record-Route: <sip:p1.example.com;lr>\nRecord-Route: <sip:p2;lr>\n"
                        "Max-Forwards"));
    f.run();
    const sip::Response ringing = f.peer.takeResponses().last();
    const auto vias = ringing.vias();
    QCOMPARE(vias.size(), 4);
    QCOMPARE(vias.at(1).branch(), QByteArray("z9hG4bKp2"));
    QCOMPARE(vias.at(2).transport, QByteArray("TCP"));
    QCOMPARE(vias.at(3).host, QByteArray("2001:db8::9"));
    QCOMPARE(ringing.recordRoutes().size(), 2);
}

void ScreeningTest::responseGoesToTheSourceWhateverViaSays()
{
    UaFixture f;
    QList<base::Endpoint> destinations;
    f.network.setTrace([&](const VirtualDatagram& datagram) {
        if (datagram.source.port() == 5062) {
            destinations << datagram.destination;
        }
    });
    // RFC 3581: back to the port it came from. Without rport: to the port in Via.
    f.peer.send(changed("[local];branch", "10.9.9.9:7000;maddr=10.8.8.8;received=10.7.7.7;branch"));
    f.run();
    QCOMPARE(destinations.value(0), f.peer.local());
    destinations.clear();
    f.peer.send(inviteText("z9hG4bK-b", "call-2")
                    .replace("[local];branch", "10.9.9.9:7000;branch")
                    .replace(";rport", ""));
    f.run();
    QCOMPARE(destinations.value(0), base::Endpoint(f.peer.local().address(), 7000));
}

void ScreeningTest::responseOfAStrangersTransactionIsDropped()
{
    UaFixture f;
    f.call();
    f.run();
    QByteArray reply = replyTo(f.peer.takeRequest(), 200, "a", {}, someAnswer);
    f.peer.send(QByteArray(reply).replace("192.0.2.1:5062", "192.0.2.66:5062"));
    f.peer.send(QByteArray(reply).replace("branch=z9hG4bK", "branch=z9hG4bKx"));
    f.run();
    QVERIFY(f.uacLog.lines.isEmpty());
}

void ScreeningTest::compactFoldedAndOddlyCased()
{
    UaFixture f;
    f.peer.send("INVITE sip:100@[target] SIP/2.0\n"
                "v: SIP / 2.0 / UDP\n  [local];branch=z9hG4bKfolded ;\trport\n"
                "MAX-FORWARDS: 0070\n"
                "f:   \"Escaped \\\"quote\\\"\"\n <sip:%30912@example.com;user=phone>;tag = peer\n"
                "t: sip:100@[target]\n"
                "i: weird~call%id@x:1\n"
                "cseq:\n 0001   INVITE\n"
                "m: <sip:x@[local]>\n"
                "c: application/sdp\n"
                "l: [len]\n\n"
                + someOffer);
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 180);
    const auto from = f.invites.first()->request().from();
    QCOMPARE(from->displayName, QByteArray("Escaped \"quote\""));
    QCOMPARE(from->uri.userDecoded(), QByteArray("0912"));
    QCOMPARE(f.invites.first()->request().callId(), QByteArray("weird~call%id@x:1"));
}

void ScreeningTest::garbageIsSilentAndHarmless()
{
    UaFixture f;
    base::Random random(3);
    for (int i = 0; i < 2000; ++i) {
        QByteArray bytes(qsizetype(random.below(300)), Qt::Uninitialized);
        for (char& c : bytes) {
            c = static_cast<char>(random.u32());
        }
        f.network.inject({f.peer.local(), {*base::IpAddress::parse("192.0.2.1"), 5062}, bytes});
    }
    f.run();
    QCOMPARE(f.peer.received(), 0);
    f.peer.send(inviteText());
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 180);
}

QTEST_GUILESS_MAIN(ScreeningTest)
#include "tst_screening.moc"
