// RtpGenerator: the far ends of many calls in a process of its own: each sends 20 ms of PCMA, a
// numbered frame in each packet, on an absolute grid, and checks what it gets (RtpMeter). The calls
// are spread evenly over the 20 ms, as those of unrelated callers are. Sockets are bound on
// loopback before the process is made, so that both sides know the ports. Ends with the program
// that made it.
#pragma once

#include "RtpMeter.h"

#include <sys/types.h>

namespace hs::bench {

class RtpGenerator {
public:
    struct Options {
        int calls = 0;
        std::uint32_t firstNumber = 0; // of the calls, in the frames
        bool voice = false; // what comes back is to be voiceSamples() and filler
    };

    explicit RtpGenerator(const Options& options);
    ~RtpGenerator();
    RtpGenerator(const RtpGenerator&) = delete;
    RtpGenerator& operator=(const RtpGenerator&) = delete;

    std::uint16_t port(int call) const { return m_ports[static_cast<std::size_t>(call)]; }
    // Call it while the program has one thread.
    void fork();

    // From now on the far end of that call sends to that port.
    void speak(int call, std::uint16_t remotePort);
    // Gaps are measured from now on.
    void measure();
    // Sends no more, but still takes what comes.
    void quiet();
    // Ends it. How many packets each call sent comes with the report.
    struct Result {
        RtpReport report;
        std::vector<std::uint32_t> sentByCall;
    };
    Result finish();

private:
    struct Order;
    class Process;
    void order(const Order& order);

    Options m_options;
    std::vector<int> m_sockets; // RTP of the first call, its RTCP, RTP of the second ...
    std::vector<std::uint16_t> m_ports;
    int m_orders[2] = {-1, -1};
    int m_results[2] = {-1, -1};
    pid_t m_process = 0;
};

} // namespace hs::bench
