// Impairments: what one direction of a bad network does to datagrams. Shares are 0 to 1, times not
// negative; drift from -1000 to 1000 ppm. Loss follows Gilbert and Elliott where `enterBurst` is
// above 0, on top of the independent loss. Positive drift lets every datagram take a little longer
// than the one before, as if the receiver's clock were the faster one; negative drift uses up the
// delay, which has to be there, as nothing arrives before it was sent. As JSON, times are in
// milliseconds: {"loss": 0.05, "jitter_ms": 40, "jitter": "uniform"}; an unknown key or a value out
// of range is refused with a sentence that names it. Thread: a value.
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <QJsonObject>

namespace hs::test {

// Of the time that comes on top of the delay.
enum class JitterKind : std::uint8_t {
    Uniform, // 0 to `jitter`, each as likely
    Normal, // `jitter` is the standard deviation around the delay, cut off where it were below 0
    Exponential, // `jitter` is the mean
    Pareto, // `jitter` is the mean, the tail falls with the cube: now and then one far too late
};

struct Impairments {
    double loss = 0;
    // Gilbert-Elliott: before each datagram the line may enter or leave its bad state.
    double enterBurst = 0;
    double leaveBurst = 1; // the mean length of the bad state is 1 / leaveBurst datagrams
    double lossInBurst = 1;

    double duplicates = 0; // so many arrive a second time, duplicateAfter later
    base::Duration duplicateAfter{0};
    double reorders = 0; // so many take reorderBy longer and so are overtaken
    base::Duration reorderBy = std::chrono::milliseconds(30);

    base::Duration delay{0};
    base::Duration jitter{0};
    JitterKind jitterKind = JitterKind::Uniform;
    bool keepsOrder = false; // jitter delays those behind as well; reordered ones excepted
    double driftPpm = 0;

    static base::Result<Impairments> fromJson(const QJsonObject& json);
    friend bool operator==(const Impairments&, const Impairments&) = default;
};

} // namespace hs::test
