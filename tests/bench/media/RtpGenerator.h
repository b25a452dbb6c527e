// RtpGenerator: the far ends of many calls in a process of its own: each sends 20 ms of PCMA on an
// absolute grid and measures, by the kernel's own time stamps, how evenly what it gets was sent.
// Sockets are bound on loopback before the process is made, so that both sides know the ports.
#pragma once

#include <cstdint>
#include <sys/types.h>
#include <vector>

namespace hs::bench {

struct GeneratorResult {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t lost = 0; // by sequence numbers
    std::uint64_t gaps = 0; // that were measured
    double p50Us = 0; // of the gap's error: how far from 20 ms after the packet before
    double p99Us = 0;
    double p999Us = 0;
    double maxUs = 0;
    double cpuSeconds = 0;
};

class RtpGenerator {
public:
    explicit RtpGenerator(int calls);
    ~RtpGenerator();
    RtpGenerator(const RtpGenerator&) = delete;
    RtpGenerator& operator=(const RtpGenerator&) = delete;

    const std::vector<std::uint16_t>& ports() const { return m_ports; }
    // Forks; call it while the program has one thread. The process waits for begin().
    void fork();
    void begin(const std::vector<std::uint16_t>& remotePorts, int seconds);
    bool isFinished() const;
    GeneratorResult result(); // waits for it

private:
    [[noreturn]] void run();

    std::vector<int> m_sockets;
    std::vector<std::uint16_t> m_ports;
    int m_orders[2] = {-1, -1};
    int m_results[2] = {-1, -1};
    pid_t m_process = 0;
};

} // namespace hs::bench
