// LoadRun: many recorded calls at once against the daemon, for some seconds, with or without
// WebSocket listeners. Prints what they cost and what deviated, in what came back, at the
// listeners, and in the recordings.
#pragma once

#include "DaemonProcess.h"
#include "FarAgent.h"
#include "Listeners.h"
#include "RecordingCheck.h"
#include "RtpGenerator.h"

namespace hs::bench {

class LoadRun {
public:
    struct Options {
        int calls = 100;
        int seconds = 20; // measured
        int listeners = 0;
        int dialled = 0; // of the calls, by the daemon; only with listeners
        std::uint32_t firstNumber = 0; // of the generator's
        double yardstickMs = 0;
    };

    LoadRun(const Options& options, DaemonProcess& daemon, FarAgent& agent,
            RtpGenerator& generator);

    // False if a call failed or a frame was lost.
    bool run();

private:
    int indexOf(std::uint32_t call) const { return static_cast<int>(call - m_options.firstNumber); }
    bool connectListeners();
    bool establish();
    void measure();
    void end();
    bool printLoss();
    bool printListeners(const std::vector<std::uint32_t>& sent);

    Options m_options;
    DaemonProcess& m_daemon;
    FarAgent& m_agent;
    RtpGenerator& m_generator;
    std::unique_ptr<Listeners> m_listeners;
    QObject m_context; // of timers: none outlives the run
    int m_established = 0;
    int m_failed = 0;
};

} // namespace hs::bench
