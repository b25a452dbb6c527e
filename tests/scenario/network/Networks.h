// Networks on which a call is listened to, in tests and benches alike.
#pragma once

#include "support/impairment/Impairments.h"

#include <vector>

namespace hs::test {

struct Network {
    const char* name;
    Impairments impairments;
};

inline std::vector<Network> networks()
{
    using namespace std::chrono_literals;
    const auto network = [](double loss, base::Duration delay, base::Duration jitter,
                            JitterKind kind) {
        Impairments impairments;
        impairments.loss = loss;
        impairments.delay = delay;
        impairments.jitter = jitter;
        impairments.jitterKind = kind;
        return impairments;
    };
    Impairments bursts = network(0, 20ms, 10ms, JitterKind::Uniform);
    bursts.enterBurst = 0.01;
    bursts.leaveBurst = 0.25;
    Impairments mixed = network(0, 20ms, 0ms, JitterKind::Uniform);
    mixed.reorders = 0.1;
    mixed.duplicates = 0.1;
    return {
        {"a good line", network(0, 10ms, 0ms, JitterKind::Uniform)},
        {"5 % lost, 0..40 ms of jitter", network(0.05, 20ms, 40ms, JitterKind::Uniform)},
        {"5 % lost, 40 ms of jitter on average, a long tail",
         network(0.05, 20ms, 40ms, JitterKind::Exponential)},
        {"5 % lost, 40 ms of standard deviation", network(0.05, 100ms, 40ms, JitterKind::Normal)},
        {"bursts of 4 lost, 4 %", bursts},
        {"10 % reordered by 30 ms, 10 % twice", mixed},
    };
}

} // namespace hs::test
