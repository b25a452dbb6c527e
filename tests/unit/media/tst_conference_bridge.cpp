#include "ConferenceParty.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// Who hears what in a conference, at which time and how loud.
class ConferenceBridgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hearsAllOthersAndNeverItself_data();
    void hearsAllOthersAndNeverItself();
    void heardWithinTwentyMilliseconds_data();
    void heardWithinTwentyMilliseconds();
    void nothingIsLostOrSaidTwice_data();
    void nothingIsLostOrSaidTwice();
    void loudOnesBendButDontBreak();
    void nothingIsHeardOfWhoHasLeft();
    void nothingIsHeardOfWhoIsSilenced();
    void whoComesAndGoesDoesNotClick_data();
    void whoComesAndGoesDoesNotClick();
    void stalledMemberIsSilent();
    void whoComesHearsNothingOfBefore();
    void ownAudioIsForOneselfAlone();
    void fullHouseIsRefused();
    void alone();
    void otherRatesAreIgnored();
};

void ConferenceBridgeTest::hearsAllOthersAndNeverItself_data()
{
    QTest::addColumn<QList<int>>("rates");
    QTest::addColumn<QList<int>>("phases");
    QTest::newRow("G.711, one phase") << QList{8000, 8000, 8000} << QList{0, 0, 0};
    QTest::newRow("G.711, three phases") << QList{8000, 8000, 8000} << QList{0, 1, 3};
    QTest::newRow("wideband") << QList{16000, 16000, 16000} << QList{2, 1, 3};
    QTest::newRow("headset, G.722, G.711") << QList{48000, 16000, 8000} << QList{0, 0, 0};
    QTest::newRow("headset and two of G.711") << QList{48000, 8000, 8000} << QList{0, 3, 2};
}

void ConferenceBridgeTest::hearsAllOthersAndNeverItself()
{
    QFETCH(const QList<int>, rates);
    QFETCH(const QList<int>, phases);
    ConferenceBridge bridge;
    const std::array<double, 3> tones{425, 1000, 1700};
    std::vector<std::unique_ptr<Party>> p;
    for (int i = 0; i < 3; ++i) {
        p.push_back(
            std::make_unique<Party>(bridge, rates[i], phases[i], tone(tones[std::size_t(i)])));
    }
    base::TimePoint now = begin;
    run({p[0].get(), p[1].get(), p[2].get()}, now, 1s);
    for (std::size_t listener = 0; listener < 3; ++listener) {
        for (std::size_t speaker = 0; speaker < 3; ++speaker) {
            const double heard = level(*p[listener], tones[speaker]);
            if (listener == speaker) {
                QVERIFY2(heard < 15, qPrintable(QString::number(heard)));
            } else {
                QVERIFY2(heard > 3900 && heard < 4100, qPrintable(QString::number(heard)));
            }
        }
    }
}

void ConferenceBridgeTest::heardWithinTwentyMilliseconds_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("phase");
    for (const int from : ConferenceMember::rates) {
        for (const int to : ConferenceMember::rates) {
            for (int phase = 0; phase < 4; ++phase) {
                QTest::addRow("%d Hz to %d Hz, phase %d", from, to, phase) << from << to << phase;
            }
        }
    }
}

// A click that is to be played at a time leaves in a packet that goes out 20 ms later at most.
void ConferenceBridgeTest::heardWithinTwentyMilliseconds()
{
    QFETCH(const int, from);
    QFETCH(const int, to);
    QFETCH(const int, phase);
    constexpr double at = 0.201;
    ConferenceBridge bridge;
    Party speaker(bridge, from, phase,
                  [](double t) { return t >= at && t < at + 0.002 ? 12000.0 : 0.0; });
    Party listener(bridge, to, 0, {});
    base::TimePoint now = begin;
    base::TimePoint heardAt{};
    while (heardAt == base::TimePoint{} && now < begin + 400ms) {
        listener.heard.clear();
        run({&speaker, &listener}, now, 5ms);
        const auto loud = [](std::int16_t sample) { return std::abs(sample) > 6000; };
        if (std::ranges::any_of(listener.heard, loud)) {
            heardAt = now - 5ms;
        }
    }
    const double delay = std::chrono::duration<double>(heardAt - begin).count() - at;
    QVERIFY2(delay <= 0.020 && delay > -0.005, qPrintable(QString::number(delay)));
}

void ConferenceBridgeTest::nothingIsLostOrSaidTwice_data()
{
    QTest::addColumn<int>("packetMs");
    QTest::addColumn<int>("phase");
    for (const int packetMs : {10, 20, 30, 40, 60}) {
        for (int phase = 0; phase < 4; ++phase) {
            QTest::addRow("%d ms, phase %d", packetMs, phase) << packetMs << phase;
        }
    }
}

// At equal rates every sample comes through as it is, once and in order.
void ConferenceBridgeTest::nothingIsLostOrSaidTwice()
{
    QFETCH(const int, packetMs);
    QFETCH(const int, phase);
    ConferenceBridge bridge;
    const auto saw = [](double t) { return double(std::lround(t * 8000) % 9973); };
    Party speaker(bridge, 8000, phase, saw);
    Party listener(bridge, 8000, 1, {}, std::size_t(packetMs));
    base::TimePoint now = begin;
    run({&speaker, &listener}, now, 20s);
    const std::span whole = std::span(listener.heard).subspan(8000);
    const int first = whole.front();
    for (std::size_t i = 0; i < whole.size(); ++i) {
        QCOMPARE(int(whole[i]), int((std::size_t(first) + i) % 9973));
    }
}

void ConferenceBridgeTest::loudOnesBendButDontBreak()
{
    ConferenceBridge bridge;
    Party a(bridge, 8000, 0, tone(100, 32000));
    Party b(bridge, 8000, 1, tone(100, 32000));
    Party c(bridge, 8000, 2, tone(100, 32000));
    Party d(bridge, 8000, 3, {});
    base::TimePoint now = begin;
    run({&a, &b, &c, &d}, now, 1s);
    const std::span heard = std::span(d.heard).last(4000);
    const auto [low, high] = std::ranges::minmax(heard);
    QVERIFY(high > 30000 && high < 32767 && low < -30000 && low > -32767);
    QVERIFY(largestStep(heard) < 8000); // as steep as three of 100 Hz are; a wrap is 65000
    for (int sum = -70000, before = -40000; sum < 70000; sum += 7) {
        const int now16 = ConferenceBridge::bend(sum);
        QVERIFY(now16 >= before); // monotonous
        before = now16;
        QVERIFY(std::abs(sum) > 26000 || now16 == sum);
    }
}

void ConferenceBridgeTest::nothingIsHeardOfWhoHasLeft()
{
    for (int phase = 0; phase < 4; ++phase) {
        ConferenceBridge bridge;
        Party listener(bridge, 8000, 0, {});
        Party wide(bridge, 48000, 1, {});
        Party other(bridge, 8000, 2, tone(300));
        auto leaver = std::make_unique<Party>(bridge, 8000, phase, tone(1500));
        base::TimePoint now = begin;
        run({&listener, &wide, &other, leaver.get()}, now, 500ms);
        listener.heard.clear();
        wide.heard.clear();
        leaver.reset();
        run({&listener, &wide, &other}, now, 420ms);
        QVERIFY(level(listener, 300) > 3900);
        QVERIFY(level(listener, 1500) < 30);
        QVERIFY(level(wide, 1500) < 30);
    }
    // What is left in the first frame is the sinking of one sample: it never turns.
    ConferenceBridge bridge;
    Party listener(bridge, 8000, 0, {});
    Party silent(bridge, 8000, 2, {});
    auto leaver = std::make_unique<Party>(bridge, 8000, 1, tone(1500));
    base::TimePoint now = begin;
    run({&listener, &silent, leaver.get()}, now, 500ms);
    listener.heard.clear();
    leaver.reset();
    run({&listener, &silent}, now, 100ms);
    const int first = listener.heard.front();
    for (std::size_t i = 1; i < listener.heard.size(); ++i) {
        QVERIFY(std::abs(listener.heard[i]) <= std::abs(listener.heard[i - 1]));
        QVERIFY(listener.heard[i] == 0 || (listener.heard[i] < 0) == (first < 0));
        QVERIFY(i < 32 || listener.heard[i] == 0);
    }
}

void ConferenceBridgeTest::nothingIsHeardOfWhoIsSilenced()
{
    ConferenceBridge bridge;
    Party listener(bridge, 8000, 0, {});
    Party muted(bridge, 8000, 0, tone(1500));
    base::TimePoint now = begin;
    run({&listener, &muted}, now, 505ms); // it has said 20 ms that nobody has heard
    listener.heard.clear();
    bridge.silence(muted.member);
    muted.voice = {};
    run({&listener, &muted}, now, 100ms);
    for (std::size_t i = 32; i < listener.heard.size(); ++i) {
        QCOMPARE(int(listener.heard[i]), 0);
    }
    muted.voice = tone(1500);
    run({&listener, &muted}, now, 500ms);
    QVERIFY(level(listener, 1500) > 3900);
}

void ConferenceBridgeTest::whoComesAndGoesDoesNotClick_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("listenerRate");
    QTest::newRow("G.711") << 8000 << 8000;
    QTest::newRow("G.711 in a headset") << 8000 << 48000;
    QTest::newRow("a headset by G.711") << 48000 << 8000;
}

void ConferenceBridgeTest::whoComesAndGoesDoesNotClick()
{
    QFETCH(const int, rate);
    QFETCH(const int, listenerRate);
    ConferenceBridge bridge;
    Party listener(bridge, listenerRate, 0, {});
    Party silent(bridge, rate, 2, {});
    base::TimePoint now = begin;
    run({&listener, &silent}, now, 100ms);
    // A tone of 200 Hz and 8000 changes by 1257 in 1/8000 s; one that breaks off by up to 8000.
    for (int i = 0; i < 20; ++i) {
        Party guest(bridge, rate, i % 4, [](double t) { return tone(200, 8000)(t + 0.0013); });
        run({&listener, &silent, &guest}, now, std::chrono::milliseconds(100 + i * 5));
    }
    run({&listener, &silent}, now, 100ms);
    QVERIFY(largestStep(listener.heard) < 1800);
}

void ConferenceBridgeTest::stalledMemberIsSilent()
{
    ConferenceBridge bridge;
    Party listener(bridge, 8000, 0, {});
    Party stalls(bridge, 8000, 1, tone(200, 8000));
    base::TimePoint now = begin;
    run({&listener, &stalls}, now, 500ms);
    const auto voice = std::exchange(stalls.voice, {});
    run({&listener, &stalls}, now, 40ms);
    listener.heard.clear();
    run({&listener, &stalls}, now, 2s);
    QVERIFY(std::ranges::all_of(listener.heard, [](int sample) { return sample == 0; }));
    stalls.voice = voice;
    run({&listener, &stalls}, now, 500ms);
    QVERIFY(level(listener, 200) > 7800);
    QVERIFY(largestStep(listener.heard) < 1800);
}

void ConferenceBridgeTest::whoComesHearsNothingOfBefore()
{
    ConferenceBridge bridge;
    Party a(bridge, 8000, 0, tone(1500));
    Party b(bridge, 8000, 1, {});
    base::TimePoint now = begin;
    run({&a, &b}, now, 500ms);
    a.voice = {};
    run({&a, &b}, now, 40ms);
    Party late(bridge, 8000, 2, {});
    run({&a, &b, &late}, now, 200ms);
    QVERIFY(std::ranges::all_of(late.heard, [](int sample) { return sample == 0; }));
}

void ConferenceBridgeTest::ownAudioIsForOneselfAlone()
{
    ConferenceBridge bridge;
    Party a(bridge, 8000, 0, {});
    Party b(bridge, 8000, 0, {});
    std::vector<std::int16_t> own(160, 700);
    QVERIFY(bridge.addOthers(a.member, begin, own, 8000));
    QCOMPARE(own, std::vector<std::int16_t>(160, 700));
    std::vector<std::int16_t> other(160, 0);
    QVERIFY(bridge.addOthers(b.member, begin, other, 8000));
    QCOMPARE(other, std::vector<std::int16_t>(160, 0));
}

void ConferenceBridgeTest::fullHouseIsRefused()
{
    ConferenceBridge bridge;
    std::vector<std::unique_ptr<ConferenceMember>> members;
    for (std::size_t i = 0; i < ConferenceBridge::mostMembers; ++i) {
        members.push_back(std::make_unique<ConferenceMember>());
        QVERIFY(bridge.enter(*members.back()));
        QVERIFY(bridge.enter(*members.back())); // twice is once
    }
    ConferenceMember one;
    QVERIFY(!bridge.enter(one));
    bridge.leave(one);
    bridge.leave(*members.front());
    QVERIFY(bridge.enter(one));
    QCOMPARE(bridge.size(), ConferenceBridge::mostMembers);
}

void ConferenceBridgeTest::alone()
{
    ConferenceBridge bridge;
    Party a(bridge, 8000, 0, tone(400));
    std::vector<std::int16_t> own(160, 700);
    QVERIFY(!bridge.addOthers(a.member, begin, own, 8000));
    QCOMPARE(own, std::vector<std::int16_t>(160, 700));
}

void ConferenceBridgeTest::otherRatesAreIgnored()
{
    ConferenceBridge bridge;
    Party a(bridge, 8000, 0, {});
    Party b(bridge, 8000, 0, {});
    const std::vector<std::int16_t> frame(882, 5000);
    bridge.write(a.member, begin, frame, 44100);
    std::vector<std::int16_t> heard(882, 1);
    QVERIFY(!bridge.addOthers(b.member, begin, heard, 44100));
    QCOMPARE(heard, std::vector<std::int16_t>(882, 1));
}

QTEST_GUILESS_MAIN(ConferenceBridgeTest)
#include "tst_conference_bridge.moc"
