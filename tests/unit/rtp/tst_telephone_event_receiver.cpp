#include "Bytes.h"
#include "rtp/TelephoneEventReceiver.h"
#include "rtp/TelephoneEventSender.h"

#include <QByteArrayList>
#include <QTest>

#include <random>
#include <vector>

using namespace hs;
using namespace hs::rtp;
using namespace std::chrono_literals;

// What is made of an event's packets, however they come (RFC 4733 2.5.2).
class TelephoneEventReceiverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sequences_data();
    void sequences();
    void segmentsAreOneEvent();
    void silenceMeansThreePackets();
    void anotherSsrcIsAnotherEvent();
    void unknownEventsAreIgnored();
    void garbageNeverHurts();
    void lossyLine_data();
    void lossyLine();
};

namespace {

struct Line {
    TelephoneEventReceiver receiver;
    base::TimePoint now{1h};
    QByteArrayList heard; // "5:800"
    std::uint32_t ssrc = 1;

    auto tell()
    {
        return [this](const TelephoneEventReceiver::Event& event) {
            heard.append(QByteArray::number(event.event) + ':'
                         + QByteArray::number(event.duration));
        };
    }
    void packet(int event, std::uint32_t timestamp, int duration, bool isEnd, bool marker = false)
    {
        const TelephoneEvent payload{static_cast<std::uint8_t>(event), isEnd, 10,
                                     static_cast<std::uint16_t>(duration)};
        receiver.receive({101, marker, 0, timestamp, ssrc}, payload.toBytes(), now, tell());
    }
    void wait(std::chrono::milliseconds time)
    {
        for (; time > 0ms; time -= 5ms) {
            now += 5ms;
            receiver.expire(now, tell());
        }
    }
};

} // namespace

// One letter a packet of the event 5 at timestamp 1000, 20 ms apart: 1-5 its five durations (160
// and so on), e an end packet of 800, M a marker on what follows, . a lost one. After '|' the
// timestamp is 3000, after '/' the event is 6 too, and '=' begins another one with the same
// timestamp.
void TelephoneEventReceiverTest::sequences_data()
{
    QTest::addColumn<QByteArray>("packets");
    QTest::addColumn<QByteArrayList>("heard");
    const QByteArrayList once{"5:800"};
    const QByteArrayList twice{"5:800", "5:800"};
    QTest::newRow("2.5.2.1 as it should be") << QByteArray("M12345eee") << once;
    QTest::newRow("2.5.1.4 one end packet") << QByteArray("M1234e") << once;
    QTest::newRow("first packet lost") << QByteArray(".234eee") << once;
    QTest::newRow("only an end packet came") << QByteArray(".....e") << once;
    QTest::newRow("first end packet lost") << QByteArray("M1234.ee") << once;
    QTest::newRow("all end packets lost: silence ends it")
        << QByteArray("M1234....") << QByteArrayList{"5:640"};
    QTest::newRow("all end packets lost: the next event ends it")
        << QByteArray("M1234/M1234eee") << QByteArrayList{"5:640", "6:800"};
    QTest::newRow("all end packets lost: a new timestamp ends it")
        << QByteArray("M1234|M1234eee") << QByteArrayList{"5:640", "5:800"};
    QTest::newRow("its end and all of the next but its end lost")
        << QByteArray("M1234|e") << QByteArrayList{"5:640", "5:800"};
    QTest::newRow("two equal ones back to back") << QByteArray("M1234eee|M1234eee") << twice;
    QTest::newRow("two equal ones, markers lost") << QByteArray("1234eee|1234eee") << twice;
    QTest::newRow("reorder: the end comes first") << QByteArray("M12e34ee") << once;
    QTest::newRow("reorder: the marker comes second")
        << QByteArray("2M1345eee") << QByteArrayList{"5:800"};
    QTest::newRow("all twice") << QByteArray("M1M122334455eeeeee") << once;
    QTest::newRow("ten end packets") << QByteArray("M1234eeeeeeeeee") << once;
    QTest::newRow("a gap of four packets in the middle")
        << QByteArray("M12.......5eee") << QByteArrayList{"5:320"};
    QTest::newRow("SIPp: the same timestamp for each")
        << QByteArray("M1234eee....M1234eee") << twice;
    QTest::newRow("SIPp: the same timestamp, ends lost")
        << QByteArray("M1234........M1234eee") << QByteArrayList{"5:640", "5:800"};
    QTest::newRow("SIPp: the same timestamp, another event")
        << QByteArray("M1234eee/=M1234eee") << QByteArrayList{"5:800", "6:800"};
}

void TelephoneEventReceiverTest::sequences()
{
    QFETCH(QByteArray, packets);
    QFETCH(QByteArrayList, heard);
    Line line;
    std::uint32_t timestamp = 1000;
    int event = 5;
    bool marker = false;
    for (const char letter : packets) {
        switch (letter) {
        case 'M':
            marker = true;
            continue;
        case '|':
            timestamp = 3000;
            continue;
        case '/':
            event = 6;
            timestamp = 3000;
            continue;
        case '=':
            timestamp = 1000;
            continue;
        case '.':
            break;
        case 'e':
            line.packet(event, timestamp, 800, true);
            break;
        default:
            line.packet(event, timestamp, (letter - '0') * 160, false, marker);
            marker = false;
        }
        line.wait(20ms);
    }
    line.wait(1s);
    QCOMPARE(line.heard, heard);
    QVERIFY(!line.receiver.isActive());
}

// 2.5.1.3
void TelephoneEventReceiverTest::segmentsAreOneEvent()
{
    for (const int lost : {-1, 409, 410, 411, 412}) {
        Line line;
        TelephoneEventSender sender;
        sender.begin(5, 10, 0xffff0000U, 150000);
        for (int i = 0; sender.isActive(); ++i) {
            const auto packet = sender.packet(160);
            if (i != lost) {
                line.packet(5, packet.timestamp, packet.event.duration, packet.event.isEnd,
                            packet.marker);
            }
            line.wait(20ms);
        }
        line.wait(1s);
        QCOMPARE(line.heard, QByteArrayList{"5:150000"});
    }
}

void TelephoneEventReceiverTest::silenceMeansThreePackets()
{
    Line line;
    line.packet(1, 0, 160, false, true);
    line.wait(20ms);
    line.packet(1, 0, 320, false);
    line.wait(60ms);
    QCOMPARE(line.heard.size(), 0);
    line.wait(5ms);
    QCOMPARE(line.heard, QByteArrayList{"1:320"});
    // A sender of 50 ms, the RFC's own rate (2.5.1.2), is waited for as long as that takes.
    Line slow;
    slow.packet(1, 0, 400, false, true);
    slow.wait(50ms);
    slow.packet(1, 0, 800, false);
    slow.wait(150ms);
    QCOMPARE(slow.heard.size(), 0);
    slow.packet(1, 0, 2000, true);
    QCOMPARE(slow.heard, QByteArrayList{"1:2000"});
}

void TelephoneEventReceiverTest::anotherSsrcIsAnotherEvent()
{
    Line line;
    line.packet(1, 5000, 160, false, true);
    line.ssrc = 2;
    line.packet(1, 5000, 160, true, true);
    QCOMPARE(line.heard, (QByteArrayList{"1:160", "1:160"}));
    line.wait(200ms);
    line.ssrc = 2; // numbers of its own for each digit, as SIPp's captures have them
    line.packet(2, 100, 160, true, true);
    QCOMPARE(line.heard.size(), 3);
}

void TelephoneEventReceiverTest::unknownEventsAreIgnored()
{
    Line line;
    line.packet(16, 0, 160, true, true); // the flash is known
    QCOMPARE(line.heard, QByteArrayList{"16:160"});
    for (const int event : {17, 32, 64, 144, 255}) {
        line.packet(event, 1000, 160, false, true);
        line.packet(event, 1000, 320, true);
    }
    line.wait(1s);
    QCOMPARE(line.heard.size(), 1);
    // One in the middle of a digit changes nothing about it.
    line.packet(3, 9000, 160, false, true);
    line.packet(40, 9000, 160, true);
    line.packet(3, 9000, 320, true);
    QCOMPARE(line.heard.last(), QByteArray("3:320"));
}

void TelephoneEventReceiverTest::garbageNeverHurts()
{
    std::mt19937 random(7);
    Line line;
    for (int i = 0; i < 20000; ++i) {
        std::array<std::byte, 6> payload{};
        for (std::byte& byte : payload) {
            byte = static_cast<std::byte>(random());
        }
        payload[0] = static_cast<std::byte>(random() % 20);
        const auto size = random() % 7;
        line.receiver.receive({101, random() % 2 == 0, static_cast<std::uint16_t>(random()),
                               static_cast<std::uint32_t>(random() % 3 * 160), 1},
                              std::span(payload).first(size), line.now, line.tell());
        line.now += std::chrono::milliseconds(random() % 30);
        line.receiver.expire(line.now, line.tell());
    }
    QVERIFY(line.heard.size() < 20000);
}

void TelephoneEventReceiverTest::lossyLine_data()
{
    QTest::addColumn<int>("lossPercent");
    QTest::newRow("no loss") << 0;
    QTest::newRow("10 %") << 10;
    QTest::newRow("20 %") << 20;
    QTest::newRow("30 %") << 30;
}

// Digits of 100 ms and pauses of 100 ms. One is heard unless all of its seven packets are lost, and
// never twice.
void TelephoneEventReceiverTest::lossyLine()
{
    QFETCH(int, lossPercent);
    std::mt19937 random(42);
    Line line;
    QByteArrayList sent;
    for (std::uint32_t i = 0; i < 500; ++i) {
        TelephoneEventSender sender;
        const int event = static_cast<int>(random() % 3); // equal ones follow one another often
        sender.begin(static_cast<std::uint8_t>(event), 10, i * 1920, 800);
        bool heard = false;
        for (int slot = 0; slot < 12; ++slot) {
            if (sender.isActive()) {
                const auto packet = sender.packet(160);
                if (random() % 100 >= static_cast<unsigned>(lossPercent)) {
                    heard = true;
                    line.packet(event, packet.timestamp, packet.event.duration, packet.event.isEnd,
                                packet.marker);
                }
            }
            line.wait(20ms);
        }
        if (heard) {
            sent.append(QByteArray::number(event));
        }
    }
    QByteArrayList heard;
    for (const QByteArray& one : line.heard) {
        heard.append(one.first(one.indexOf(':')));
    }
    QCOMPARE(heard, sent);
    QVERIFY(heard.size() >= 498);
}

QTEST_APPLESS_MAIN(TelephoneEventReceiverTest)
#include "tst_telephone_event_receiver.moc"
