#include "media/MusicPlayer.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace hs;
using media::HoldMusic;
using media::MusicPlayer;

// What a held far end hears, at whatever rate its call has.
class HoldMusicTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isAsLongAtEachRate();
    void goesRoundWithoutAClick_data();
    void goesRoundWithoutAClick();
    void goesOnWhereItWas();
    void stopsWithoutAClick();
    void comesBackSoftlyAfterAPause();
    void changesItsRateInItsPlace();
    void tooShortIsQuiet();
    void noneIsQuiet();
};

namespace {

// 440 Hz, of a length that does not end where it began.
std::vector<std::int16_t> tone(std::size_t samples)
{
    std::vector<std::int16_t> result(samples);
    for (std::size_t i = 0; i < samples; ++i) {
        result[i] = static_cast<std::int16_t>(
            8000 * std::sin(2 * std::numbers::pi * 440 * double(i) / HoldMusic::fullRate));
    }
    return result;
}

media::CommandNode playing(std::shared_ptr<const HoldMusic> music)
{
    return std::make_unique<media::CommandBox::Node>(
        media::CommandBox::Node{{nullptr, media::command::PlayMusic{std::move(music)}}, nullptr});
}

std::vector<std::int16_t> read(MusicPlayer& player, int rate, int frames)
{
    std::vector<std::int16_t> all;
    std::vector<std::int16_t> frame(std::size_t(rate / 50));
    for (int i = 0; i < frames; ++i) {
        if (!player.read(frame, rate)) {
            return {};
        }
        all.insert(all.end(), frame.begin(), frame.end());
    }
    return all;
}

} // namespace

void HoldMusicTest::isAsLongAtEachRate()
{
    for (const std::size_t length : {48000U, 48001U, 48005U, 61234U}) {
        const HoldMusic music(tone(length));
        const std::size_t full = music.loop(48000).size();
        QCOMPARE(full % 6, std::size_t(0));
        QCOMPARE(music.loop(8000).size() * 6, full);
        QCOMPARE(music.loop(16000).size() * 3, full);
        QVERIFY(music.loop(44100).empty());
    }
}

void HoldMusicTest::goesRoundWithoutAClick_data()
{
    QTest::addColumn<int>("rate");
    QTest::newRow("8 kHz") << 8000;
    QTest::newRow("16 kHz") << 16000;
    QTest::newRow("48 kHz") << 48000;
}

void HoldMusicTest::goesRoundWithoutAClick()
{
    QFETCH(const int, rate);
    MusicPlayer player;
    player.apply(playing(std::make_shared<const HoldMusic>(tone(50003))));
    const auto heard = read(player, rate, 250); // five seconds, about five times round
    const double most = 8000 * 2 * std::numbers::pi * 440 / rate * 1.15;
    for (std::size_t i = 1; i < heard.size(); ++i) {
        QVERIFY2(std::abs(heard[i] - heard[i - 1]) < most, qPrintable(QString::number(i)));
    }
    const auto peak = std::ranges::max(heard);
    QVERIFY(peak > 7500 && peak < 8500);
    QVERIFY(std::abs(heard.front()) < 100); // it begins softly
}

void HoldMusicTest::goesOnWhereItWas()
{
    std::vector<std::int16_t> stairs(96000);
    for (std::size_t i = 0; i < stairs.size(); ++i) {
        stairs[i] = static_cast<std::int16_t>(i / 10);
    }
    const auto music = std::make_shared<const HoldMusic>(stairs);
    MusicPlayer player;
    player.apply(playing(music));
    const auto before = read(player, 48000, 30);
    QVERIFY(player.apply(playing(nullptr)) != nullptr); // what is used up goes home
    QVERIFY(read(player, 48000, 1).empty());
    QVERIFY(player.apply(playing(music)) != nullptr);
    const auto after = read(player, 48000, 10);
    QCOMPARE(int(after.back()), before.back() + 10 * 96);
}

// Behind it comes what the far end hears next, over which it sinks.
void HoldMusicTest::stopsWithoutAClick()
{
    for (const int rate : {8000, 16000, 48000}) {
        MusicPlayer player;
        player.apply(playing(std::make_shared<const HoldMusic>(
            std::vector<std::int16_t>(96000, std::int16_t(8000)))));
        const auto before = read(player, rate, 10);
        QCOMPARE(int(before.back()), 8000);
        player.apply(playing(nullptr));
        std::vector<std::int16_t> next(std::size_t(rate / 50), std::int16_t(100));
        QVERIFY(player.addEnd(next, rate));
        QVERIFY(next.front() > 7500);
        const auto fade = std::size_t(rate / 1000 * 4);
        for (std::size_t i = 1; i < next.size(); ++i) {
            QVERIFY(next[i] <= next[i - 1]);
            QVERIFY(i < fade || next[i] == 100);
        }
        QVERIFY(next[fade / 2] > 3000);
        QVERIFY(!player.addEnd(next, rate)); // once
    }
}

// What is said over it, as a clip of a program's, ends, and the music goes on.
void HoldMusicTest::comesBackSoftlyAfterAPause()
{
    MusicPlayer player;
    player.apply(playing(
        std::make_shared<const HoldMusic>(std::vector<std::int16_t>(96000, std::int16_t(8000)))));
    QCOMPARE(int(read(player, 8000, 10).back()), 8000);
    std::vector<std::int16_t> clip(160, std::int16_t(0));
    QVERIFY(player.addEnd(clip, 8000)); // no more of it in this frame
    QVERIFY(clip.front() > 7500 && clip.back() == 0);
    const auto after = read(player, 8000, 10);
    QVERIFY(after.front() < 100);
    QCOMPARE(int(after.back()), 8000);
}

void HoldMusicTest::changesItsRateInItsPlace()
{
    std::vector<std::int16_t> stairs(96000);
    for (std::size_t i = 0; i < stairs.size(); ++i) {
        stairs[i] = static_cast<std::int16_t>(i / 10);
    }
    MusicPlayer player;
    player.apply(playing(std::make_shared<const HoldMusic>(stairs)));
    const auto narrow = read(player, 8000, 30);
    const auto wide = read(player, 16000, 1);
    QVERIFY(std::abs(wide.front() - narrow.back()) < 5);
}

void HoldMusicTest::tooShortIsQuiet()
{
    MusicPlayer player;
    player.apply(playing(std::make_shared<const HoldMusic>(tone(4000))));
    QVERIFY(read(player, 8000, 1).empty());
    player.apply(playing(std::make_shared<const HoldMusic>(std::vector<std::int16_t>())));
    QVERIFY(read(player, 8000, 1).empty());
}

void HoldMusicTest::noneIsQuiet()
{
    MusicPlayer player;
    QVERIFY(read(player, 8000, 1).empty());
    player.apply(playing(nullptr));
    QVERIFY(read(player, 8000, 1).empty());
}

QTEST_GUILESS_MAIN(HoldMusicTest)
#include "tst_hold_music.moc"
