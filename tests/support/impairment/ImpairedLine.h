// ImpairedLine: one direction of a bad network: says of each datagram when it arrives, once, twice
// or never. No socket and no clock of its own: times come with the calls, in order. The same seed
// and the same times give the same fate, and one impairment never shifts the dice of another: with
// jitter the same datagrams are lost as without. Thread: one at a time.
#pragma once

#include "base/Random.h"
#include "support/impairment/Impairments.h"

#include <optional>
#include <vector>

namespace hs::test {

class ImpairedLine {
public:
    struct Counts {
        std::uint64_t sent = 0;
        std::uint64_t lost = 0;
        std::uint64_t bursts = 0; // how often the bad state was entered
        std::uint64_t duplicated = 0;
        std::uint64_t reordered = 0; // held back to be overtaken
    };

    explicit ImpairedLine(const Impairments& impairments = {}, std::uint64_t seed = 1);

    // From the next datagram on. The drift that has added up stays.
    void change(const Impairments& impairments);
    const Impairments& impairments() const { return m_impairments; }

    // When what is sent at `at` arrives, never before that; empty: it is lost.
    std::vector<base::TimePoint> carry(base::TimePoint at);
    const Counts& counts() const { return m_counts; }

private:
    class Dice {
    public:
        explicit Dice(std::uint64_t seed)
            : m_random(seed)
        {
        }
        double share() { return (m_random.u32() + 0.5) / 4294967296.0; } // within 0 and 1

    private:
        base::Random m_random;
    };

    bool isLost();
    base::Duration jitter();
    base::Duration drift(base::TimePoint at);

    Impairments m_impairments;
    Dice m_lossDice;
    Dice m_burstDice;
    Dice m_duplicateDice;
    Dice m_reorderDice;
    Dice m_jitterDice;
    bool m_inBurst = false;
    double m_driftNs = 0;
    std::optional<base::TimePoint> m_driftedUntil;
    base::TimePoint m_lastArrival{};
    Counts m_counts;
};

} // namespace hs::test
