// JitterScenario: a sender, a network and a listener around a JitterBuffer, led by a script of
// tests/vectors/jbuf. One command a line, '#' begins a comment, times in ms:
//
//   ptime MS, type PT        of the packets from here on
//   phase MS                 of the listener's 20 ms grid against the sender's (first line only)
//   skew PPM                 how much faster the sender's clock runs than the listener's
//   jitter MS, fifo MS       each packet is late by 0..MS at random; fifo: none overtakes another
//   run MS                   time passes
//   lose N, duplicate N      the next N packets are lost, or come twice
//   lose_every N             from here on each Nth is lost; 0 ends it
//   reorder N                the next N come in reverse, when the last of them is due
//   late N MS                the next N come so much later
//   stall MS                 time passes; what is sent meanwhile comes at its end, all at once
//   pause MS, freeze MS      time passes without packets; the timestamp goes on, or stands still
//   noise                    a comfort noise packet in the next one's place (put as empty)
//   jump SAMPLES             the timestamp jumps, the sequence number does not
//   restart                  another SSRC: new numbers, reset()
//   deaf MS                  time passes and nobody takes any audio
//   expect NAME OP VALUE     OP is = <= or >=; names: see JitterScenario::value()
//
// The order and the payload type of everything that is played are checked always.
#pragma once

#include "base/Random.h"
#include "rtp/JitterBuffer.h"

#include <QByteArray>
#include <QString>

#include <deque>
#include <functional>
#include <map>

namespace hs::test {

class JitterScenario {
public:
    // Nothing if all went as the script expects; else the line and what is wrong with it.
    QString run(const QByteArray& script);

private:
    struct Packet {
        std::uint16_t seq = 0;
        std::uint32_t timestamp = 0;
        std::uint8_t payloadType = 0;
        std::size_t samples = 0;
        std::uint64_t number = 0; // counted from 0; its low byte fills the payload
        std::uint64_t stream = 0;
        base::TimePoint sentAt{};
    };

    QString runLine(const QByteArrayList& words);
    QString expect(const QByteArrayList& words) const;
    double value(const QByteArray& name, bool& isKnown) const;
    void pass(double ms, bool sends, bool listens);
    void send();
    void deliver(const Packet& packet, base::TimePoint at);
    void arrive(const Packet& packet);
    void listen();
    void checkAudio(std::span<const std::byte> bytes, std::uint8_t payloadType);

    rtp::JitterBuffer m_buffer;
    base::TimePoint m_now{std::chrono::hours(1)};
    base::TimePoint m_nextSend = m_now;
    base::TimePoint m_nextListen = m_now;
    base::TimePoint m_lastArrival{};
    std::multimap<base::TimePoint, Packet> m_network;
    std::deque<Packet> m_reordered;
    std::map<std::uint64_t, Packet> m_arrived; // by number, not yet played to the end
    base::Random m_random{20240601}; // any seed; always the same
    QString m_failure;

    int m_ptimeMs = 20;
    std::uint8_t m_payloadType = 0;
    double m_skewPpm = 0;
    double m_jitterMs = 0;
    bool m_isFifo = false;
    int m_lose = 0;
    int m_loseEvery = 0;
    int m_duplicate = 0;
    int m_reorder = 0;
    int m_late = 0;
    double m_lateMs = 0;
    base::TimePoint m_stalledUntil{};
    bool m_isNoiseNext = false;
    std::uint16_t m_seq = 65500; // wraps early
    std::uint32_t m_timestamp = 0xfffff000U;
    std::uint64_t m_number = 0;
    std::uint64_t m_stream = 0;
    std::uint64_t m_heardStream = 0;

    std::uint64_t m_playing = 0; // number of the packet that is being played
    std::uint64_t m_playedOfIt = 0;
    std::uint64_t m_concealedFrames = 0;
    double m_delayMs = 0; // of the packet that began last, from sending to playing
    double m_maxDelayMs = 0;
};

} // namespace hs::test
