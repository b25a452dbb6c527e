#include "Bytes.h"
#include "rtp/RtpPacket.h"

#include <QTest>

#include <array>

using namespace hs::rtp;
using namespace hs::test;

class RtpPacketTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void fields();
    void extensionAndCsrc();
    void writes();
    void rtcpDemux_data();
    void rtcpDemux();
};

namespace {
const QByteArray fixedPart = " 1234 00000010 cafebabe";
}

void RtpPacketTest::accepts_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("5.1 plain") << "80 00" + fixedPart + "010203" << QByteArray("010203");
    QTest::newRow("4.2 payload of 0 octets") << "80 00" + fixedPart << QByteArray();
    QTest::newRow("4.2 payload of 1 octet") << "80 00" + fixedPart + "55" << QByteArray("55");
    QTest::newRow("4.2 payload of 1,500 octets")
        << "80 00" + fixedPart + QByteArray("ab").repeated(1500) << QByteArray("ab").repeated(1500);
    QTest::newRow("4.2 15 CSRCs") << "8f 00" + fixedPart + QByteArray("01020304").repeated(15)
            + "77" << QByteArray("77");
    QTest::newRow("4.2 extension of length 0")
        << "90 00" + fixedPart + "bede 0000 99" << QByteArray("99");
    QTest::newRow("4.2 extension to the very end")
        << "90 00" + fixedPart + "bede 0001 01020304" << QByteArray();
    QTest::newRow("4.2 padding of 1") << "a0 00" + fixedPart + "0102 01" << QByteArray("0102");
    QTest::newRow("4.2 padding is all the payload")
        << "a0 00" + fixedPart + "000003" << QByteArray();
    QTest::newRow("4.2 everything at once")
        << "b1 80" + fixedPart + "01020304 bede 0001 01020304 2a 0002" << QByteArray("2a");
    QTest::newRow("payload type 127") << "80 7f" + fixedPart << QByteArray();
    QTest::newRow("payload type 71") << "80 47" + fixedPart << QByteArray();
    QTest::newRow("payload type 77") << "80 4d" + fixedPart << QByteArray();
}

void RtpPacketTest::accepts()
{
    QFETCH(QByteArray, packet);
    QFETCH(QByteArray, payload);
    const auto datagram = bytes(packet);
    const auto view = RtpPacketView::parse(datagram);
    QVERIFY(view);
    QCOMPARE(hex(view->payload()), payload);
    QCOMPARE(view->header().ssrc, 0xcafebabeU);
}

void RtpPacketTest::refuses_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::newRow("A.1 empty") << QByteArray();
    QTest::newRow("A.1 eleven bytes") << QByteArray("80 00" + fixedPart).chopped(2);
    QTest::newRow("4.2 version 0") << "00 00" + fixedPart;
    QTest::newRow("4.2 version 1") << "40 00" + fixedPart;
    QTest::newRow("4.2 version 3") << "c0 00" + fixedPart;
    QTest::newRow("4.2 15 CSRCs, room for 14")
        << "8f 00" + fixedPart + QByteArray("01020304").repeated(14) + "010203";
    QTest::newRow("4.2 extension header cut") << "90 00" + fixedPart + "bede 00";
    QTest::newRow("4.2 extension beyond the packet") << "90 00" + fixedPart + "bede 0002 01020304";
    QTest::newRow("4.2 extension of 65535 words") << "90 00" + fixedPart + "bede ffff 01020304";
    QTest::newRow("4.2 padding of 0") << "a0 00" + fixedPart + "0102 00";
    QTest::newRow("4.2 padding beyond the payload") << "a0 00" + fixedPart + "0102 04";
    QTest::newRow("4.2 padding without payload") << "a0 00" + fixedPart;
    for (int type = 72; type <= 76; ++type) {
        QTest::addRow("3551 6 payload type %d", type)
            << "80" + QByteArray::number(type, 16) + fixedPart;
        QTest::addRow("5761 4 RTCP type %d", type + 128)
            << "80" + QByteArray::number(type + 128, 16) + fixedPart;
    }
}

void RtpPacketTest::refuses()
{
    QFETCH(QByteArray, packet);
    const auto datagram = bytes(packet);
    QVERIFY(!RtpPacketView::parse(datagram));
}

void RtpPacketTest::fields()
{
    const auto datagram = bytes("80 88 fffe fffffff0 01020304 d5");
    const auto view = RtpPacketView::parse(datagram);
    QVERIFY(view);
    QCOMPARE(view->header(), (RtpHeader{8, true, 0xfffe, 0xfffffff0U, 0x01020304U}));
    QCOMPARE(view->csrcCount(), 0);
    QVERIFY(!view->hasExtension());
}

void RtpPacketTest::extensionAndCsrc()
{
    const auto datagram = bytes("92 00" + fixedPart + "0000000a 0000000b bede 0001 10ff0000 42");
    const auto view = RtpPacketView::parse(datagram);
    QVERIFY(view);
    QCOMPARE(view->csrcCount(), 2);
    QCOMPARE(view->csrc(0), 10U);
    QCOMPARE(view->csrc(1), 11U);
    QCOMPARE(view->csrc(2), 0U);
    QCOMPARE(view->csrc(-1), 0U);
    QVERIFY(view->hasExtension());
    QCOMPARE(view->extensionProfile(), std::uint16_t(0xbede));
    QCOMPARE(hex(view->extension()), QByteArray("10ff0000"));
    QCOMPARE(hex(view->payload()), QByteArray("42"));
}

void RtpPacketTest::writes()
{
    std::array<std::byte, 172> out{};
    const std::array<std::byte, 3> payload{std::byte(1), std::byte(2), std::byte(3)};
    const RtpHeader header{8, true, 65535, 0xdeadbeefU, 0x11223344U};
    QCOMPARE(writeRtp(out, header, payload), std::size_t(15));
    QCOMPARE(hex(std::span(out).first(15)), QByteArray("8088ffffdeadbeef11223344010203"));
    QCOMPARE(RtpPacketView::parse(std::span(out).first(15))->header(), header);
    QCOMPARE(writeRtp(std::span(out).first(14), header, payload), std::size_t(0));
    QCOMPARE(writeRtp(std::span(out).first(12), header, {}), std::size_t(12));
}

void RtpPacketTest::rtcpDemux_data()
{
    QTest::addColumn<bool>("rtcp");
    QTest::newRow("80 c8") << true; // SR
    QTest::newRow("81 c9") << true;
    QTest::newRow("80 c0") << true; // 192, the first of the range (5761 4)
    QTest::newRow("80 df") << true; // 223, the last
    QTest::newRow("80 e0") << false; // marker and payload type 96
    QTest::newRow("80 bf") << false;
    QTest::newRow("80 00") << false;
    QTest::newRow("80 88") << false; // marker and payload type 8
    QTest::newRow("80") << false;
    QTest::newRow("") << false;
}

void RtpPacketTest::rtcpDemux()
{
    QFETCH(bool, rtcp);
    QCOMPARE(isRtcp(bytes(QTest::currentDataTag())), rtcp);
}

QTEST_GUILESS_MAIN(RtpPacketTest)
#include "tst_rtp_packet.moc"
