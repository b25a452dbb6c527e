#include "ui/models/LogCells.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"

#include <algorithm>

namespace hs::ui {

using model::ActorKind;

namespace {
const auto dash = QStringLiteral("\u2014");
}

QString LogCells::header(LogColumn column)
{
    switch (column) {
    case LogColumn::Time:
        return tr("Time");
    case LogColumn::Kind:
        return tr("Kind", "column: in, out, missed, failed");
    case LogColumn::Who:
        return tr("Who");
    case LogColumn::For:
        return tr("For", "column: the number that was called");
    case LogColumn::Account:
        return tr("Account", "column");
    case LogColumn::By:
        return tr("By", "column: who answered or had the call");
    case LogColumn::Duration:
        return tr("Duration");
    case LogColumn::Ended:
        return tr("How it ended");
    case LogColumn::Recording:
        return tr("Recording");
    }
    return {};
}

QString LogCells::sample(LogColumn column)
{
    switch (column) {
    case LogColumn::Time:
        return QStringLiteral("22/12/2026 00:00:00");
    case LogColumn::Kind:
        return CallWords::tr("missed") + QStringLiteral("MM");
    case LogColumn::Who:
        return QStringLiteral("0912 341 234 \u00b7 Lin Mei-Hua");
    case LogColumn::For:
        return QStringLiteral("022388011");
    case LogColumn::Account:
        return QStringLiteral("provider-2");
    case LogColumn::By:
        return QStringLiteral("127.0.0.1:40312");
    case LogColumn::Duration:
        return tr("rang %1").arg(QStringLiteral("00:000"));
    case LogColumn::Ended:
        return CallWords::tr("nobody answered") + QStringLiteral("MMMM");
    case LogColumn::Recording:
        return QStringLiteral("100.0 MB") + QStringLiteral("MM");
    }
    return {};
}

Cell LogCells::cell(LogColumn column, const model::LogEntry& entry, qint64 now)
{
    const model::Call& call = entry.call;
    Cell cell;
    switch (column) {
    case LogColumn::Time:
        cell.text = Formatting::time(call.startedAt, now);
        cell.sort = call.startedAt;
        break;
    case LogColumn::Kind:
        cell = kind(entry);
        break;
    case LogColumn::Who:
        cell = who(call);
        break;
    case LogColumn::For:
        cell.text = Formatting::plain(call.calledNumber, 60);
        cell.toolTip = TransferWords::whoseCall(call);
        break;
    case LogColumn::Account:
        cell.text = Formatting::plain(call.account, 64);
        break;
    case LogColumn::By:
        cell.text = by(call);
        cell.toolTip = TransferWords::origin(call);
        break;
    case LogColumn::Duration:
        cell = duration(call, now);
        break;
    case LogColumn::Ended:
        cell.text = ended(entry);
        cell.toolTip = cell.text;
        break;
    case LogColumn::Recording:
        if (!call.recordingPath.isEmpty()) {
            cell.icon = QStringLiteral("play");
            cell.text =
                entry.recordingBytes > 0 ? Formatting::bytes(entry.recordingBytes) : tr("play");
            cell.spoken = tr("recorded");
            cell.toolTip = Formatting::plain(call.recordingPath, 400);
        }
        cell.sort = entry.recordingBytes;
        break;
    }
    return cell;
}

Cell LogCells::kind(const model::LogEntry& entry)
{
    Cell cell;
    cell.text = CallWords::kind(entry);
    cell.icon = CallWords::kindIcon(entry);
    const bool bad = entry.call.isMissed() || CallWords::isFailed(entry.call);
    cell.tone = bad ? Tone::Bad : entry.call.wasAnswered() ? Tone::Active : Tone::Secondary;
    cell.style = bad ? Cell::Style::Strong : Cell::Style::Plain;
    return cell;
}

Cell LogCells::who(const model::Call& call)
{
    Cell cell;
    const QString number = CallWords::number(call);
    const QString name = Formatting::plain(call.displayName, 80);
    cell.text =
        name.isEmpty() || name == number ? number : number + QStringLiteral(" \u00b7 ") + name;
    QStringList tip{cell.text, Formatting::plain(call.remoteUri), TransferWords::whoseCall(call),
                    TransferWords::origin(call)};
    tip << MediaWords::figures(call);
    tip.removeAll(QString());
    cell.toolTip = tip.join(QLatin1Char('\n'));
    cell.style = call.isMissed() ? Cell::Style::Strong : Cell::Style::Plain;
    cell.spoken = call.isMissed() ? tr("missed call: %1").arg(cell.text) : cell.text;
    cell.sort = call.number;
    return cell;
}

QString LogCells::by(const model::Call& call)
{
    if (!call.transferredBy.isEmpty()) {
        return Formatting::plain(call.transferredBy, 60);
    }
    const QString first = CallWords::actor(call.answeredBy);
    // A call that someone took from whoever had answered it.
    const bool taken = call.wasAnswered() && call.owner.kind != ActorKind::Nobody
        && call.owner.kind != ActorKind::FarEnd && call.direction == model::Direction::Incoming
        && call.owner != call.answeredBy;
    if (taken) {
        return first + QStringLiteral(" \u2192 ") + CallWords::actor(call.owner);
    }
    return call.direction == model::Direction::Outgoing ? CallWords::actor(call.owner) : first;
}

Cell LogCells::duration(const model::Call& call, qint64 now)
{
    Cell cell;
    cell.alignRight = true;
    if (call.wasAnswered()) {
        const qint64 ms = call.durationMs(now);
        cell.text = call.isAlive() ? dash : Formatting::duration(ms);
        cell.spoken = call.isAlive() ? QString() : Formatting::spokenDuration(ms);
        cell.sort = ms;
        return cell;
    }
    const bool rang = call.direction == model::Direction::Incoming && call.endedAt != 0;
    cell.text = rang
        //: how long an unanswered call rang
        ? tr("rang %1").arg(Formatting::duration(call.endedAt - call.startedAt))
        : dash;
    cell.tone = Tone::Secondary;
    cell.sort = 0;
    return cell;
}

QString LogCells::ended(const model::LogEntry& entry)
{
    if (entry.cutOff) {
        return tr("cut off by a crash");
    }
    if (entry.call.isAlive()) {
        return tr("still going on");
    }
    return CallWords::ending(entry.call);
}

} // namespace hs::ui
