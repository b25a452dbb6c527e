// JitterScenario: a sender, a network and a listener around a Playout, led by a script of
// tests/vectors/jitter (its grammar: JitterScript). One command a line, times in ms:
//
//   rate HZ, clock HZ        of the samples and of the timestamps (first lines only)
//   fixed MS                 a delay that does not change (first lines only)
//   phase MS                 of the listener's 20 ms grid against the sender's (first lines only)
//   frame MS                 the listener takes so much at a time
//   ptime MS, type PT        of the packets from here on; types: 0, 8
//   fec 0|1                  whether packets know of the one before them
//   skew PPM                 how much faster the sender's clock runs than the listener's
//   transit MS               the network needs so much longer than at first for every packet
//   jitter MS, fifo MS       each packet is late by 0..MS at random; fifo: none overtakes another
//   tail MS                  each is late by MS on average, few by much more (exponential)
//   spike EVERY MS           every so many packets one is late by MS, and those behind it wait for
//   it run MS                   time passes lose N, duplicate N      the next N packets are lost,
//   or come twice lose_every N             from here on each Nth is lost; 0 ends it lose_percent P
//   at random reorder N                the next N come in reverse, when the last of them is due
//   late N MS                the next N come so much later
//   stall MS                 time passes; what is sent meanwhile comes at its end, all at once
//   pause MS, freeze MS      time passes without packets; the timestamp goes on, or stands still
//   noise LEVEL              comfort noise of -LEVEL dBov in the next packet's place; -1: an empty
//   one event MS                 a telephone-event instead of audio: numbers go on, as does time
//   jump TICKS               the timestamp jumps, the sequence number does not
//   seq N                    the sequence number jumps, the timestamp does not
//   restart                  another SSRC: new numbers, reset()
//   deaf MS                  time passes and nobody takes any audio
//   measure                  delays and clicks count from here on
//   expect NAME OP VALUE     OP is = <= or >=; names: see JitterScenario::value()
//
// That nothing is played twice, or after what followed it, is checked always.
#pragma once

#include "JitterScript.h"
#include "NumberedDecoder.h"
#include "base/Random.h"
#include "media/Playout.h"

#include <deque>
#include <map>
#include <memory>

namespace hs::test {

class JitterScenario {
public:
    // Nothing if all went as the script expects; else the line and what is wrong with it.
    QString run(const QByteArray& script);
    QString summary() const;

private:
    struct Packet {
        rtp::RtpHeader header;
        std::vector<std::byte> payload;
        bool isEvent = false;
        std::uint64_t number = 0; // counted from 0
        base::TimePoint sentAt{};
    };
    enum class Spread { Any, Fifo, Tail };

    QString runLine(const QByteArrayList& words);
    bool runSetting(const QByteArray& command, double first);
    bool runEvent(const QByteArray& command, double first, double second);
    QString expect(const QByteArrayList& words) const;
    double value(const QByteArray& name, bool& isKnown) const;
    void begin();
    void pass(double ms, bool sends, bool listens);
    void send();
    base::Duration lateness();
    void deliver(const Packet& packet, base::TimePoint at);
    void arrive(const Packet& packet);
    void listen();
    void decoded(const NumberedDecoder::Content& content);
    std::uint32_t ticks(double ms) const;

    int m_rate = 8000;
    int m_clock = 8000;
    std::optional<int> m_fixed;
    std::vector<std::int16_t> m_sentence;
    std::unique_ptr<NumberedDecoder> m_decoder;
    std::unique_ptr<NumberedDecoder> m_otherDecoder;
    std::unique_ptr<media::Playout> m_playout;

    base::TimePoint m_now{std::chrono::hours(1)};
    base::TimePoint m_nextSend = m_now;
    base::TimePoint m_nextListen = m_now;
    base::TimePoint m_lastArrival{};
    std::multimap<base::TimePoint, Packet> m_network;
    std::deque<Packet> m_reordered;
    std::map<std::uint64_t, base::TimePoint> m_arrived; // when sent, by number; not yet decoded
    base::Random m_random{20240601}; // any seed; always the same
    QString m_failure;

    double m_ptimeMs = 20;
    double m_frameMs = 20;
    std::uint8_t m_payloadType = 0;
    bool m_hasFec = false;
    double m_skewPpm = 0;
    double m_transitMs = 0;
    double m_jitterMs = 0;
    Spread m_spread = Spread::Any;
    int m_spikeEvery = 0;
    double m_spikeMs = 0;
    int m_lose = 0;
    int m_loseEvery = 0;
    double m_losePercent = 0;
    int m_duplicate = 0;
    int m_reorder = 0;
    int m_late = 0;
    double m_lateMs = 0;
    base::TimePoint m_stalledUntil{};
    base::TimePoint m_eventUntil{};
    int m_noiseNext = -2; // none
    std::uint16_t m_seq = 65500; // wraps early
    std::uint32_t m_timestamp = 0xfffff000U;
    std::uint32_t m_ssrc = 0;
    std::uint32_t m_heardSsrc = 0;
    std::uint64_t m_number = 0;
    std::uint64_t m_content = 0; // samples of the sentence, spoken so far

    std::uint64_t m_nextDecoded = 0;
    std::vector<std::int16_t> m_heard; // since measure; the first minute
    std::uint64_t m_concealedFrames = 0;
    double m_delayMs = 0; // from sending to decoding, at most a frame before it is heard
    double m_maxDelayMs = 0;
    double m_delaySum = 0;
    std::uint64_t m_delays = 0;
};

} // namespace hs::test
