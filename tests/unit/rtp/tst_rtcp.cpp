#include "Bytes.h"
#include "rtp/RtcpBye.h"
#include "rtp/RtcpReport.h"
#include "rtp/RtcpSourceDescription.h"

#include <QTest>

#include <array>

using namespace hs::rtp;
using namespace hs::test;

class RtcpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void compound_data();
    void compound();
    void senderReport();
    void writesReports_data();
    void writesReports();
    void cumulativeLostIsClamped_data();
    void cumulativeLostIsClamped();
    void badReports_data();
    void badReports();
    void cname_data();
    void cname();
    void writesCname_data();
    void writesCname();
    void bye_data();
    void bye();
};

namespace {
const QByteArray emptyReport = "80c90001 11111111 "; // an RR without blocks

RtcpPacketView firstPacket(std::span<const std::byte> datagram)
{
    auto compound = RtcpCompound::parse(datagram);
    return compound ? compound->next().value_or(RtcpPacketView{}) : RtcpPacketView{};
}

// Of a packet alone, which no compound may be: SDES or BYE behind an empty report.
RtcpPacketView secondPacket(std::span<const std::byte> datagram)
{
    auto compound = RtcpCompound::parse(datagram);
    if (!compound) {
        return {};
    }
    compound->next();
    return compound->next().value_or(RtcpPacketView{});
}
} // namespace

void RtcpTest::compound_data()
{
    QTest::addColumn<QByteArray>("datagram");
    QTest::addColumn<int>("packets"); // 0: refused
    QTest::newRow("RR alone") << emptyReport << 1;
    QTest::newRow("SR alone") << QByteArray("80c80006") + QByteArray("00").repeated(24) << 1;
    QTest::newRow("RR, SDES, BYE")
        << emptyReport + "81ca0002 11111111 01000000 81cb0001 11111111" << 3;
    QTest::newRow("more than one report (4.1)") << emptyReport.repeated(3) << 3;
    QTest::newRow("type without a name") << emptyReport + "80d20000" << 2;
    QTest::newRow("A.2 padding on the last") << emptyReport + "a1cb0002 11111111 00000004" << 2;
    QTest::newRow("A.2 padding on the first") << QByteArray("a0c90002 11111111 00000004") << 0;
    QTest::newRow("A.2 padding before the last")
        << emptyReport + "a1cb0002 11111111 00000004 81cb0001 11111111" << 0;
    QTest::newRow("A.2 padding of 0") << emptyReport + "a1cb0002 11111111 00000000" << 0;
    QTest::newRow("A.2 padding not of words") << emptyReport + "a1cb0002 11111111 00000003" << 0;
    QTest::newRow("A.2 padding beyond the packet") << emptyReport + "a1cb0001 000000ff" << 0;
    QTest::newRow("A.2 padding without a body") << emptyReport + "a0cb0000" << 0;
    QTest::newRow("A.2 SDES first") << QByteArray("81ca0002 11111111 01000000") << 0;
    QTest::newRow("A.2 BYE first") << "81cb0001 11111111" + emptyReport << 0;
    QTest::newRow("A.2 version 1 first") << QByteArray("40c90001 11111111") << 0;
    QTest::newRow("A.2 version 0 second") << emptyReport + "01cb0001 11111111" << 0;
    QTest::newRow("A.2 length beyond the datagram") << QByteArray("80c90002 11111111") << 0;
    QTest::newRow("A.2 length 65535") << QByteArray("80c9ffff 11111111") << 0;
    QTest::newRow("A.2 bytes left over") << emptyReport + "80" << 0;
    QTest::newRow("A.2 half a header left over") << emptyReport + "80c900" << 0;
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("RTP") << QByteArray("8000 1234 00000010 cafebabe ffff") << 0;
}

void RtcpTest::compound()
{
    QFETCH(QByteArray, datagram);
    QFETCH(int, packets);
    const auto data = bytes(datagram);
    auto parsed = RtcpCompound::parse(data);
    QCOMPARE(parsed.has_value(), packets > 0);
    int count = 0;
    while (parsed && parsed->next()) {
        ++count;
    }
    QCOMPARE(count, packets);
}

void RtcpTest::senderReport()
{
    const auto data = bytes("82c80012 aaaaaaaa 0102030405060708 00000010 00000020 00000030 "
                            "11111111 40 fffffe 00010002 00000003 b7052000 00054000 "
                            "22222222 ff 7fffff 00000000 ffffffff 00000000 00000000");
    const auto report = RtcpReportView::parse(firstPacket(data));
    QVERIFY(report);
    QCOMPARE(report->senderSsrc(), 0xaaaaaaaaU);
    QCOMPARE(*report->senderInfo(), (SenderInfo{0x0102030405060708U, 16, 32, 48}));
    QCOMPARE(report->blockCount(), 2);
    QCOMPARE(report->block(0),
             (ReportBlock{0x11111111U, 0x40, -2, 0x00010002U, 3, 0xb7052000U, 0x00054000U}));
    QCOMPARE(report->block(1).cumulativeLost, 0x7fffff);
    QCOMPARE(report->block(1).jitter, 0xffffffffU);
    QCOMPARE(report->block(2), ReportBlock{});
    QCOMPARE(report->block(-1), ReportBlock{});
}

void RtcpTest::writesReports_data()
{
    QTest::addColumn<bool>("isSender");
    QTest::addColumn<int>("blocks");
    QTest::addColumn<int>("size");
    QTest::newRow("6.4.1 SR, no block") << true << 0 << 28;
    QTest::newRow("6.4.1 SR, one block") << true << 1 << 52;
    QTest::newRow("6.4.2 RR, no block") << false << 0 << 8;
    QTest::newRow("6.4.2 RR, one block") << false << 1 << 32;
    QTest::newRow("6.4.1 31 blocks are the most") << true << 40 << 28 + 31 * 24;
}

void RtcpTest::writesReports()
{
    QFETCH(bool, isSender);
    QFETCH(int, blocks);
    QFETCH(int, size);
    std::array<std::byte, 1000> out{};
    hs::base::ByteWriter writer(out);
    const SenderInfo info{0x1122334455667788U, 1, 2, 3};
    const std::vector<ReportBlock> list(static_cast<std::size_t>(blocks),
                                        ReportBlock{5, 6, -7, 8, 9, 10, 11});
    writeReport(writer, 0xbbbbbbbbU, isSender ? std::optional(info) : std::nullopt, list);
    QVERIFY(writer.ok());
    QCOMPARE(writer.position(), std::size_t(size));
    const auto report = RtcpReportView::parse(firstPacket(writer.written()));
    QVERIFY(report);
    QCOMPARE(report->senderSsrc(), 0xbbbbbbbbU);
    QCOMPARE(report->senderInfo().has_value(), isSender);
    QCOMPARE(report->senderInfo().value_or(info), info);
    QCOMPARE(report->blockCount(), std::min(blocks, 31));
    for (int i = 0; i < report->blockCount(); ++i) {
        QCOMPARE(report->block(i), list[0]);
    }
}

void RtcpTest::cumulativeLostIsClamped_data()
{
    QTest::addColumn<int>("lost");
    QTest::addColumn<int>("onTheWire");
    QTest::newRow("A.3 most") << 0x7fffff << 0x7fffff;
    QTest::newRow("A.3 one more") << 0x800000 << 0x7fffff;
    QTest::newRow("A.3 least") << -0x800000 << -0x800000;
    QTest::newRow("A.3 one less") << -0x800001 << -0x800000;
    QTest::newRow("6.4.1 negative, by duplicates") << -1 << -1;
}

void RtcpTest::cumulativeLostIsClamped()
{
    QFETCH(int, lost);
    QFETCH(int, onTheWire);
    std::array<std::byte, 64> out{};
    hs::base::ByteWriter writer(out);
    ReportBlock block;
    block.cumulativeLost = lost;
    writeReport(writer, 1, std::nullopt, std::span(&block, 1));
    QCOMPARE(RtcpReportView::parse(firstPacket(writer.written()))->block(0).cumulativeLost,
             onTheWire);
}

void RtcpTest::badReports_data()
{
    QTest::addColumn<QByteArray>("datagram");
    QTest::newRow("RR counts a block that is not there") << QByteArray("81c90001 11111111");
    QTest::newRow("RR counts 31, has one")
        << QByteArray("9fc90007 11111111") + QByteArray("00").repeated(24);
    QTest::newRow("RR without an SSRC") << QByteArray("80c90000");
    QTest::newRow("SR without sender information") << QByteArray("80c80001 11111111");
}

void RtcpTest::badReports()
{
    QFETCH(QByteArray, datagram);
    const auto data = bytes(datagram);
    QVERIFY(RtcpCompound::parse(data)); // the walk holds, the packet does not
    QVERIFY(!RtcpReportView::parse(firstPacket(data)));
}

void RtcpTest::cname_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QByteArray>("cname"); // "-": none, "!": the packet is refused
    QTest::newRow("6.5.1 plain") << QByteArray("81ca0003 11111111 0103 616263 000000")
                                 << QByteArray("abc");
    QTest::newRow("6.5 another item first")
        << QByteArray("81ca0004 11111111 0202 6e6e 0102 6869 00000000") << QByteArray("hi");
    QTest::newRow("6.5 second chunk") << QByteArray("82ca0006 22222222 0102 7878 00000000 "
                                                    "11111111 0102 7979 00000000")
                                      << QByteArray("yy");
    QTest::newRow("other source") << QByteArray("81ca0003 22222222 0103 616263 000000")
                                  << QByteArray("-");
    QTest::newRow("no chunk") << QByteArray("80ca0000") << QByteArray("-");
    QTest::newRow("no item") << QByteArray("81ca0002 11111111 00000000") << QByteArray("-");
    QTest::newRow("empty name") << QByteArray("81ca0002 11111111 01000000") << QByteArray("");
    QTest::newRow("item beyond the packet")
        << QByteArray("81ca0002 11111111 01ff6162") << QByteArray("!");
    QTest::newRow("items without an end")
        << QByteArray("81ca0002 11111111 01026162") << QByteArray("!");
    QTest::newRow("chunk that is not there")
        << QByteArray("82ca0002 11111111 00000000") << QByteArray("!");
}

void RtcpTest::cname()
{
    QFETCH(QByteArray, packet);
    QFETCH(QByteArray, cname);
    const auto data = bytes(emptyReport + packet);
    const auto view = RtcpSourceDescriptionView::parse(secondPacket(data));
    QCOMPARE(view.has_value(), cname != "!");
    if (view) {
        const auto name = view->cname(0x11111111U).value_or("-");
        QCOMPARE(QByteArray(name.data(), qsizetype(name.size())), cname);
    }
}

void RtcpTest::writesCname_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("written");
    for (const int length : {0, 1, 2, 3, 4, 5, 16, 254, 255}) {
        QTest::addRow("6.5.1 %d bytes", length) << length << length;
    }
    QTest::newRow("4.2 CNAME of 256 is cut") << 256 << 255;
    QTest::newRow("4.2 CNAME of 1000 is cut") << 1000 << 255;
}

void RtcpTest::writesCname()
{
    QFETCH(int, length);
    QFETCH(int, written);
    std::array<std::byte, 512> out{};
    hs::base::ByteWriter writer(out);
    writeReport(writer, 7, std::nullopt, {});
    const QByteArray name(length, 'c');
    writeCname(writer, 7, std::string_view(name.constData(), std::size_t(length)));
    QVERIFY(writer.ok());
    QCOMPARE(writer.position() % 4, std::size_t(0));
    const auto view = RtcpSourceDescriptionView::parse(secondPacket(writer.written()));
    QVERIFY(view);
    QCOMPARE(view->cname(7)->size(), std::size_t(written));
}

void RtcpTest::bye_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<bool>("named");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("6.6 one") << QByteArray("81cb0001 11111111") << true << true << QByteArray();
    QTest::newRow("6.6 three") << QByteArray("83cb0003 33333333 22222222 11111111") << true << true
                               << QByteArray();
    QTest::newRow("6.6 other") << QByteArray("81cb0001 22222222") << true << false << QByteArray();
    QTest::newRow("6.6 none") << QByteArray("80cb0000") << true << false << QByteArray();
    QTest::newRow("6.6 reason") << QByteArray("81cb0002 11111111 03627965") << true << true
                                << QByteArray("bye");
    QTest::newRow("6.6 reason beyond the packet")
        << QByteArray("81cb0002 11111111 ff627965") << true << true << QByteArray();
    QTest::newRow("6.6 counts more than there are")
        << QByteArray("9fcb0001 11111111") << false << false << QByteArray();
}

void RtcpTest::bye()
{
    QFETCH(QByteArray, packet);
    QFETCH(bool, valid);
    QFETCH(bool, named);
    QFETCH(QByteArray, reason);
    const auto data = bytes(emptyReport + packet);
    const auto view = RtcpByeView::parse(secondPacket(data));
    QCOMPARE(view.has_value(), valid);
    if (view) {
        QCOMPARE(view->names(0x11111111U), named);
        QCOMPARE(QByteArray(view->reason().data(), qsizetype(view->reason().size())), reason);
        QCOMPARE(view->source(view->sourceCount()), 0U);
    }
    std::array<std::byte, 16> out{};
    hs::base::ByteWriter writer(out);
    writeBye(writer, 0x11111111U);
    QCOMPARE(hex(writer.written()), QByteArray("81cb000111111111"));
}

QTEST_GUILESS_MAIN(RtcpTest)
#include "tst_rtcp.moc"
