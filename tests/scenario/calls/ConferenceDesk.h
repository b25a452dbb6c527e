// ConferenceDesk: an operator, and far ends that each speak with a tone of their own, to be told
// apart by what is heard.
#pragma once

#include "scenario/calls/Talk.h"
#include "unit/media/MediaRig.h"

#include <QFile>

#include <cmath>
#include <numbers>

namespace hs::test {

inline std::vector<std::int16_t> toneOf(double hertz, int ms, int rate = 8000)
{
    std::vector<std::int16_t> samples(std::size_t(rate / 1000) * std::size_t(ms));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(
            4000 * std::sin(2 * std::numbers::pi * hertz * double(i) / rate));
    }
    return samples;
}

// Goertzel: the amplitude of that frequency.
inline double levelOf(double hertz, std::span<const std::int16_t> samples, int rate = 8000)
{
    const double step = 2 * std::numbers::pi * hertz / rate;
    double before = 0;
    double last = 0;
    for (const std::int16_t sample : samples) {
        const double now = sample + 2 * std::cos(step) * last - before;
        before = std::exchange(last, now);
    }
    const double power = last * last + before * before - 2 * std::cos(step) * last * before;
    return 2 * std::sqrt(std::max(power, 0.0)) / double(std::max<std::size_t>(samples.size(), 1));
}

// Which of these frequencies can be heard.
inline QList<int> heardIn(std::span<const std::int16_t> samples, const QList<int>& hertz,
                          int rate = 8000)
{
    QList<int> heard;
    for (const int each : hertz) {
        if (levelOf(each, samples, rate) > 200) {
            heard << each;
        }
    }
    return heard;
}

inline call::CallSettings speaking(int hertz, int music = 0)
{
    call::CallSettings settings;
    settings.autoAnswerAfter = std::chrono::seconds(0);
    settings.greeting =
        std::make_shared<const audio::Clip>(audio::Clip{8000, toneOf(hertz, 60'000)});
    if (music > 0) {
        settings.holdMusic = std::make_shared<const media::HoldMusic>(
            toneOf(music, 2000, media::HoldMusic::fullRate));
    }
    return settings;
}

// A machine that says its tone to whoever calls it, for a minute.
struct TonePhone {
    TonePhone(World& world, const char* address, int itsTone)
        : agent(world, address, speaking(itsTone, itsTone + 1600))
        , tone(itsTone)
    {
        agent.media.addTap(ear);
        QObject::connect(
            &agent.manager, &call::CallControl::established, &agent.manager,
            [this](const model::Call& call) { agent.media.find(call.id)->setListeners(0, 1); });
    }
    ~TonePhone() { agent.media.removeTap(ear); }

    // What it has heard since the last time.
    std::vector<std::int16_t> takeHeard()
    {
        std::vector<std::int16_t> all;
        for (const HeardFrame& frame : std::exchange(ear.frames, {})) {
            const auto samples = frame.samples();
            all.insert(all.end(), samples.begin(), samples.end());
        }
        return all;
    }

    CallAgent agent;
    int tone;
    Ear ear;
};

class ConferenceDesk {
public:
    static constexpr int operatorTone = 400; // the microphone's square wave
    static constexpr int music = 2300; // of the desk; those of the others are 1600 over their tone

    ConferenceDesk()
        : desk(world, "192.0.2.1", settings())
    {
    }

    // Rings up so many of the telephones; all but the last are held then.
    void ringUp(int count)
    {
        for (int i = 0; i < count; ++i) {
            const auto id = desk.manager.dial({uriOf(phone(i).agent), theOperator()});
            world.run(std::chrono::milliseconds(300));
            ids << (id ? *id : 0);
        }
    }
    TonePhone& phone(int index)
    {
        return index == 0 ? one : index == 1 ? two : index == 2 ? three : four;
    }
    // What that one hears in the next 400 ms, of all tones that there are.
    QList<int> heardBy(int index)
    {
        phone(index).takeHeard();
        world.run(std::chrono::milliseconds(400));
        return heardIn(phone(index).takeHeard(), everything);
    }
    QList<int> heardByOperator()
    {
        desk.device.takeHeard();
        world.run(std::chrono::milliseconds(400));
        return heardIn(desk.device.takeHeard(), everything, audio::HeadsetRings::sampleRate);
    }
    model::Call call(int index) { return desk.call(ids[index]); }
    bool join(const QList<int>& indexes)
    {
        QList<model::CallId> wanted;
        for (const int index : indexes) {
            wanted << ids[index];
        }
        const bool joined = desk.manager.join(wanted).ok();
        world.run(std::chrono::milliseconds(300));
        return joined;
    }
    void run() { world.run(std::chrono::milliseconds(300)); }

    World world;
    CallAgent desk;
    TonePhone one{world, "192.0.2.2", 650};
    TonePhone two{world, "192.0.2.3", 850};
    TonePhone three{world, "192.0.2.4", 1050};
    TonePhone four{world, "192.0.2.5", 1450};
    QList<model::CallId> ids;
    const QList<int> everything{operatorTone, 650, 850, 1050, 1450, music, 2250, 2450, 2650, 3050};

private:
    static call::CallSettings settings()
    {
        call::CallSettings wanted = speaking(650, music);
        wanted.autoAnswerAfter.reset();
        return wanted;
    }
};

struct StereoFile {
    explicit StereoFile(const QString& path)
    {
        QFile file(path);
        const QByteArray all = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        const qsizetype data = all.indexOf("data") + 8;
        for (qsizetype i = data; i + 3 < all.size(); i += 4) {
            const auto sample = [&all](qsizetype at) {
                return static_cast<std::int16_t>(static_cast<unsigned char>(all[at])
                                                 | static_cast<unsigned char>(all[at + 1]) << 8);
            };
            left.push_back(sample(i));
            right.push_back(sample(i + 2));
        }
    }
    std::vector<std::int16_t> left;
    std::vector<std::int16_t> right;
};

} // namespace hs::test
