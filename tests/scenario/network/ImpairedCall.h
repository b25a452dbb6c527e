// ImpairedCall: two whole agents that talk over a bad network: a program at the one says what it is
// given, a program at the other hears it, 20 ms at a time, as its playout gives it. What arrives of
// RTP at the listener is kept too, so that the very same packets can be played by another playout.
#pragma once

#include "audio/Resampler.h"
#include "rtp/RtpPacket.h"
#include "scenario/calls/CallAgent.h"
#include "support/SkewedClock.h"
#include "support/SpeechQuality.h"
#include "support/impairment/ImpairedNetwork.h"

namespace hs::test {

using Samples = std::vector<std::int16_t>;

class ImpairedCall final : public media::AudioTap {
public:
    struct Setup {
        double listenerPpm = 0; // by how much the listener's clock is faster
        const char* listenerAddress = "192.0.2.2";
        bool operatorListens = false; // with a headset, instead of a program
        call::CallSettings settings{};
    };
    explicit ImpairedCall(const Setup& setup);
    ImpairedCall()
        : ImpairedCall(Setup())
    {
    }
    ~ImpairedCall() override;

    // Dials, answers and listens. False: the call is not active on both sides.
    bool establish();
    // The talker's program says this, behind what it has to say already.
    void say(const Samples& samples);
    // What is heard and arrives is kept, from now on.
    void listen();
    void listenNoMore() { m_listening = false; }
    void run(base::Duration time);
    // The sentence for so long, over a line that is warm already: how the listener hears it.
    Quality hears(int ms, int mostDelayMs = 400);

    ImpairedLine& there() { return network.line(talkerAddress, listenerAddress); }
    ImpairedLine& back() { return network.line(listenerAddress, talkerAddress); }
    void impair(const Impairments& both);
    model::Call atTalker() const { return talker.call(talkerCall); }
    model::Call atListener() const { return listener.call(listenerCall); }

    // What a buffer that never changes its delay makes of the packets that arrived.
    Samples throughFixedBuffer(int delayMs) const;

    const base::IpAddress talkerAddress = *base::IpAddress::parse("192.0.2.1");
    const base::IpAddress listenerAddress;
    World world;
    ImpairedNetwork network{world.scheduler, world.network};
    SkewedClock listenerClock;
    CallAgent talker;
    CallAgent listener;
    model::CallId talkerCall = 0;
    model::CallId listenerCall = 0;

    Samples heard; // since listen(), to the millisecond
    Samples said; // since listen()

private:
    struct Arrived {
        base::TimePoint at{};
        rtp::RtpHeader header;
        std::vector<std::byte> payload;
    };
    void onFrames(std::span<const media::TapFrame> frames) override;
    void arrived(const VirtualDatagram& datagram);
    void takeHeadset();

    bool m_operatorListens;
    audio::Resampler m_narrowing =
        audio::Resampler::create(audio::HeadsetRings::sampleRate, 8000).value(); // of the headset
    bool m_listening = false;
    std::vector<Arrived> m_arrived; // since the call began
    std::vector<base::TimePoint> m_playedAt; // each 20 ms, since the call began
    std::size_t m_playedBefore = 0; // of those, before listen()
    base::TimePoint m_listenedAt{};
    std::size_t m_lead = 0; // samples from listen() to the first frame
};

// For whoever reads why a test failed.
inline QString figures(const Quality& is)
{
    return QStringLiteral("SNR %1 dB, distance %2 dB, delay %3 ms, at most %4 ms")
        .arg(is.segmentalSnrDb, 0, 'f', 2)
        .arg(is.spectralDistanceDb, 0, 'f', 2)
        .arg(is.delayMs, 0, 'f', 1)
        .arg(is.mostDelayMs, 0, 'f', 1);
}

} // namespace hs::test
