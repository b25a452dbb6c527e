// CallAgent: one whole hookswitch without threads, programs and disk database: SIP, SDP, media and
// calls at an address of the virtual network. Several of them call each other, or one talks to a
// scripted far end. It speaks G.711 alone unless its settings name other codecs. World is the
// network, the clock and the 5 ms beat that drives their media.
#pragma once

#include "audio/FileAudioDevice.h"
#include "call/CallManager.h"
#include "sip/transport/SipResolver.h"
#include "sip/transport/UdpTransport.h"
#include "support/NamedResolver.h"
#include "support/SipPeer.h"

#include <QStringList>
#include <QTemporaryDir>

namespace hs::test {

class CallAgent;

class World {
public:
    World() = default;

    // Lets the time pass in steps of 5 ms, for the network, the timers and everybody's media.
    void run(base::Duration time);
    void settle() { run(std::chrono::milliseconds(10)); }

    ManualScheduler scheduler;
    VirtualNetwork network{scheduler};
    std::vector<CallAgent*> agents;
};

class CallAgent {
public:
    static std::vector<std::int16_t> defaultMicrophone();
    // `microphone` is what the operator says, over and over, 48000 samples a second.
    // `mediaClock`: its media runs by another clock than the world's.
    CallAgent(World& world, const char* address, const call::CallSettings& settings = {},
              std::vector<std::int16_t> microphone = defaultMicrophone(),
              const base::Clock* mediaClock = nullptr);
    ~CallAgent();

    // The newest call, whether it is alive or not.
    model::Call call() const { return m_calls.isEmpty() ? model::Call() : m_calls.last(); }
    model::Call call(model::CallId id) const;
    // "added ringing_in", "changed active", "established", "ended 200 far_end": of all calls.
    QStringList events;
    base::Endpoint sip() const { return transport.localEndpoint(); }

    World& world;
    QTemporaryDir recordings;
    call::CallSettings settings;
    audio::FileAudioDevice device;
    base::Random random;
    sip::UdpTransport transport;
    sip::TransactionLayer transactions;
    sip::SipResolver dns{world.scheduler.clock(), random, {[this](auto kind, auto family) {
                             return transport.supports(kind, family);
                         }}};
    NamedResolver resolver{&dns}; // with names of the test's
    sip::UaCore core;
    sip::UserAgent userAgent;
    media::MediaEngine media;
    QMap<QString, QString> passwords; // by account
    call::Accounts accounts;
    call::CallManager manager;

private:
    call::CallSettings withFolder(call::CallSettings settings) const;
    void note(const model::Call& call, const QString& line);

    QList<model::Call> m_calls;
};

// A tone that is recognised by its amplitude: a square wave of 400 Hz.
std::vector<std::int16_t> squareWave(std::int16_t amplitude, int ms, int rate = 8000);
std::shared_ptr<const audio::Clip> clip(std::vector<std::int16_t> samples, int rate = 8000);
// Peak of a stretch of samples.
int peak(std::span<const std::int16_t> samples);

} // namespace hs::test
