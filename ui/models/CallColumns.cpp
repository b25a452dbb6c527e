#include "ui/CallWords.h"
#include "ui/models/CallCells.h"

namespace hs::ui {

QString CallCells::header(CallColumn column)
{
    switch (column) {
    case CallColumn::Key:
        return tr("Key", "column: the key that selects the row");
    case CallColumn::State:
        return tr("State");
    case CallColumn::Who:
        return tr("Who");
    case CallColumn::For:
        return tr("For", "column: the number or account that was called");
    case CallColumn::HasIt:
        return tr("Has it", "column: who has the call");
    case CallColumn::Time:
        return tr("Time");
    case CallColumn::Codec:
        return tr("Codec");
    case CallColumn::Quality:
        return tr("Sound", "column: how good it sounds");
    case CallColumn::Loss:
        return tr("Loss", "column: lost packets");
    case CallColumn::Levels:
        return tr("Level", "column: how loud each side is");
    case CallColumn::Orders:
        return tr("Do", "column: what can be done with the call");
    case CallColumn::Notes:
        return tr("Notes", "column: recording, muted");
    }
    return {};
}

QString CallCells::sample(CallColumn column)
{
    switch (column) {
    case CallColumn::Key:
        return QStringLiteral("Alt 9");
    case CallColumn::State:
        return CallWords::longestState() + QStringLiteral("MM");
    case CallColumn::Who:
        return QStringLiteral("+886 912 341 234 000");
    case CallColumn::For:
        return QStringLiteral("022388011");
    case CallColumn::HasIt:
        return QStringLiteral("127.0.0.1:40312M");
    case CallColumn::Time:
        return tr("held %1").arg(QStringLiteral("0:00"));
    case CallColumn::Codec:
        return QStringLiteral("PCMA00");
    case CallColumn::Quality:
        return tr("no audio") + QStringLiteral("MM");
    case CallColumn::Loss:
        return QStringLiteral("10.0 %MM");
    case CallColumn::Notes:
        return tr("Recording") + QStringLiteral("MM");
    case CallColumn::Levels:
        return QStringLiteral("MMMM");
    case CallColumn::Orders:
        return tr("Answer") + QStringLiteral("MMMMM");
    }
    return {};
}

} // namespace hs::ui
