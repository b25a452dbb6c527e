#include "model/Call.h"

#include <algorithm>

namespace hs::model {

bool Call::isMissed() const
{
    const bool rejectedByUs
        = endedBy.kind == ActorKind::Operator || endedBy.kind == ActorKind::Client;
    return direction == Direction::Incoming && state == CallState::Ended && !wasAnswered()
        && ringingAt != 0 && !rejectedByUs && finalCode != 200; // which is: answered elsewhere
}

qint64 Call::durationMs(qint64 now) const
{
    if (answeredAt == 0) {
        return 0;
    }
    return std::max<qint64>(0, (endedAt != 0 ? endedAt : now) - answeredAt);
}

} // namespace hs::model
