// TalkingPair: two operators who say a tone each, a call between them, and what of it is heard at
// the headsets and stands in the recordings.
#pragma once

#include "scenario/calls/Talk.h"
#include "unit/audio/Tone.h"
#include "unit/media/WavFile.h"

#include <QDir>

namespace hs::test {

constexpr int headsetRate = audio::HeadsetRings::sampleRate;

inline call::CallSettings speaking(const QStringList& codecs)
{
    call::CallSettings settings;
    settings.codecs = codecs;
    return settings;
}

// A second of it: whole waves, so that it can be said over and over.
inline std::vector<std::int16_t> said(double hz)
{
    return tone(hz, headsetRate, headsetRate, 8000);
}

struct TalkingPair {
    static constexpr double callerHz = 700;
    World world;
    CallAgent caller;
    CallAgent callee;
    model::CallId id = 0;

    TalkingPair(const QStringList& callers, const QStringList& callees, double calleeHz)
        : caller(world, "192.0.2.1", speaking(callers), said(callerHz))
        , callee(world, "192.0.2.2", speaking(callees), said(calleeHz))
        , id(talk(caller, callee))
    {
    }

    QStringList codecs() const { return {caller.call().codec, callee.call().codec}; }
    // How much of a tone the operator hears during the last half of a second.
    Heard atHeadset(CallAgent& agent, double hz)
    {
        agent.device.takeHeard();
        world.run(std::chrono::seconds(1));
        const std::vector<std::int16_t> heard = agent.device.takeHeard();
        return listen(std::span(heard).last(headsetRate / 2), hz, headsetRate);
    }
    // Ends the call; what stands in the caller's recording.
    WavFile recorded()
    {
        static_cast<void>(caller.manager.hangUp(id, theOperator()));
        world.run(std::chrono::seconds(1));
        const QDir folder(caller.recordings.path());
        const QStringList files = folder.entryList({QStringLiteral("*.wav")});
        return WavFile(files.isEmpty() ? QString() : folder.filePath(files.first()));
    }
};

} // namespace hs::test
