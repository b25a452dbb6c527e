#include "model/CallTypes.h"

#include <array>

namespace hs::model {

namespace {
constexpr std::array stateWords{"ringing_in", "dialing", "ringing_out", "early_media",
                                "active",     "held",    "ended"};
constexpr std::array actorWords{"nobody", "machine", "operator", "client", "far_end"};

template <class Enum, std::size_t N>
Enum fromWord(const std::array<const char*, N>& words, const QString& word, Enum fallback)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (word == QLatin1String(words[i])) {
            return static_cast<Enum>(i);
        }
    }
    return fallback;
}
} // namespace

QString toWord(CallState state)
{
    return QLatin1String(stateWords[static_cast<std::size_t>(state)]);
}

QString toWord(Direction direction)
{
    return direction == Direction::Incoming ? QStringLiteral("in") : QStringLiteral("out");
}

QString toWord(ActorKind kind)
{
    return QLatin1String(actorWords[static_cast<std::size_t>(kind)]);
}

QString toWord(TransferState state)
{
    switch (state) {
    case TransferState::None:
        return {};
    case TransferState::Requested:
        return QStringLiteral("requested");
    case TransferState::Trying:
        return QStringLiteral("trying");
    case TransferState::Ringing:
        return QStringLiteral("ringing");
    case TransferState::Completed:
        return QStringLiteral("completed");
    case TransferState::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

CallState callStateFromWord(const QString& word)
{
    return fromWord(stateWords, word, CallState::Ended);
}

ActorKind actorKindFromWord(const QString& word)
{
    return fromWord(actorWords, word, ActorKind::Nobody);
}

} // namespace hs::model
