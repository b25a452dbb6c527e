#include "ui/models/RowOrder.h"

namespace hs::ui {

using model::CallState;

QList<RowOrder> RowOrders::of(const model::Call& call)
{
    switch (call.state) {
    case CallState::RingingIn:
        return {RowOrder::Answer, RowOrder::Decline};
    case CallState::Dialing:
    case CallState::RingingOut:
    case CallState::EarlyMedia:
        return {RowOrder::HangUp};
    case CallState::Active:
        return {RowOrder::Hold, RowOrder::Transfer, RowOrder::HangUp};
    case CallState::Held:
        return {call.heldByUs ? RowOrder::Resume : RowOrder::Hold, RowOrder::Transfer,
                RowOrder::HangUp};
    case CallState::Ended:
        break;
    }
    return {};
}

QString RowOrders::words(RowOrder order)
{
    switch (order) {
    case RowOrder::Answer:
        return tr("Answer");
    case RowOrder::Decline:
        return tr("Decline");
    case RowOrder::Hold:
        return tr("Hold");
    case RowOrder::Resume:
        return tr("Resume");
    case RowOrder::Transfer:
        return tr("Transfer");
    case RowOrder::HangUp:
        return tr("Hang up");
    }
    return {};
}

QString RowOrders::icon(RowOrder order)
{
    switch (order) {
    case RowOrder::Answer:
        return QStringLiteral("call-answer");
    case RowOrder::Decline:
    case RowOrder::HangUp:
        return QStringLiteral("call-hangup");
    case RowOrder::Hold:
        return QStringLiteral("call-hold");
    case RowOrder::Resume:
        return QStringLiteral("play");
    case RowOrder::Transfer:
        return QStringLiteral("transfer");
    }
    return {};
}

} // namespace hs::ui
