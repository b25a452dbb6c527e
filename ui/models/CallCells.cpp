#include "ui/models/CallCells.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/Loudness.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"

#include <algorithm>

namespace hs::ui {

using model::ActorKind;
using model::CallState;
using model::Direction;

namespace {
// After which nobody should wait any longer: a bar is full then.
constexpr qint64 patienceMs = 30'000;
constexpr qint64 heldPatienceMs = 120'000;
constexpr int mostStateDetail = 24; // characters for which the column grows
const auto dash = QStringLiteral("\u2014");
const auto dot = QStringLiteral(" \u00b7 ");

// Ringing and dialling count from the start, a talk from its answer.
qint64 shownMs(const model::Call& call, qint64 now)
{
    if (call.wasAnswered()) {
        return call.durationMs(now);
    }
    return (call.endedAt != 0 ? call.endedAt : now) - call.startedAt;
}
} // namespace

Tone toneOf(const model::Call& call)
{
    switch (call.state) {
    case CallState::RingingIn:
        return Tone::Ringing;
    case CallState::Dialing:
    case CallState::RingingOut:
    case CallState::EarlyMedia:
        return Tone::Dialing;
    case CallState::Active:
        return Tone::Active;
    case CallState::Held:
        return Tone::Held;
    case CallState::Ended:
        break;
    }
    return Tone::Ended;
}

Cell CallCells::cell(CallColumn column, const model::Call& call, qint64 now)
{
    Cell cell;
    switch (column) {
    case CallColumn::Key:
        cell.style = Cell::Style::KeyCap; // the delegate writes the row's place into it
        cell.sort = call.id;
        break;
    case CallColumn::State:
        cell = state(call);
        break;
    case CallColumn::Who:
        cell = who(call, now);
        break;
    case CallColumn::For:
        cell = whoseCall(call);
        break;
    case CallColumn::HasIt:
        cell = hasIt(call);
        break;
    case CallColumn::Time:
        cell = time(call, now);
        break;
    case CallColumn::Codec:
        cell = codec(call);
        break;
    case CallColumn::Quality:
        cell = quality(call, now);
        break;
    case CallColumn::Loss:
        cell = loss(call, now);
        break;
    case CallColumn::Notes:
        cell = notes(call);
        break;
    case CallColumn::Levels:
        cell = levels(call);
        break;
    case CallColumn::Orders:
        cell = orders(call);
        break;
    }
    if (!call.isAlive()) {
        cell.tone = Tone::Ended;
    }
    return cell;
}

Cell CallCells::state(const model::Call& call)
{
    Cell cell;
    cell.text = CallWords::state(call);
    const QString detail = CallWords::stateDetail(call);
    const QString conference = CallWords::conference(call);
    cell.second = conference.isEmpty() ? detail
        : detail.isEmpty()             ? conference
                                       : conference + dot + detail;
    cell.secondIcon = conference.isEmpty() ? QString() : QStringLiteral("conference");
    cell.secondTone = conference.isEmpty() ? Tone::Secondary : Tone::Normal;
    if (!conference.isEmpty()) {
        cell.brief = conference;
    } else if (cell.second.size() > mostStateDetail) { // the details below have it all
        cell.brief = call.isMissed()    ? CallWords::tr("missed")
            : CallWords::isFailed(call) ? CallWords::tr("failed")
                                        : QString();
    }
    cell.icon = CallWords::stateIcon(call);
    cell.tone = toneOf(call);
    cell.style = Cell::Style::Strong;
    cell.spoken = cell.second.isEmpty() ? cell.text : cell.text + QLatin1String(", ") + cell.second;
    cell.toolTip = cell.spoken;
    cell.sort = int(call.state);
    return cell;
}

Cell CallCells::who(const model::Call& call, qint64 now)
{
    Cell cell;
    cell.text = CallWords::number(call);
    cell.style = Cell::Style::Strong;
    const QString name = CallWords::name(call);
    const MediaWords::Trouble trouble = MediaWords::trouble(call, now);
    const TransferWords::Progress transfer = TransferWords::progress(call);
    if (!trouble.text.isEmpty()) {
        cell.second = trouble.text;
        cell.brief = trouble.brief;
        cell.secondIcon = trouble.icon;
        cell.secondTone = trouble.tone;
    } else if (!transfer.text.isEmpty()) {
        cell.second = transfer.text;
        cell.secondIcon = transfer.icon;
        cell.secondTone = transfer.tone;
    } else {
        QStringList second{CallWords::direction(call.direction)};
        second << (name == cell.text ? QString() : name) << TransferWords::origin(call);
        if (call.state == CallState::RingingIn && !call.account.isEmpty()) {
            second << TransferWords::whoseCall(call); // where the column for it has no room
        }
        second.removeAll(QString());
        cell.second = second.join(dot);
    }
    cell.icon = call.direction == Direction::Incoming ? QStringLiteral("arrow-in")
                                                      : QStringLiteral("arrow-out");
    cell.spoken = CallWords::sentence(call, now);
    cell.sort = call.connectedNumber.isEmpty() ? call.number : call.connectedNumber;
    QStringList tip{cell.text};
    tip << name << Formatting::plain(call.remoteUri) << TransferWords::whoseCall(call)
        << TransferWords::origin(call) << trouble.text << transfer.text
        << MediaWords::figures(call);
    tip.removeAll(QString());
    tip.removeDuplicates();
    cell.toolTip = tip.join(QLatin1Char('\n'));
    return cell;
}

Cell CallCells::whoseCall(const model::Call& call)
{
    Cell cell;
    const QString account = Formatting::plain(call.account, 60);
    const QString called = Formatting::plain(call.calledNumber, 60);
    cell.text = !called.isEmpty() ? called : account.isEmpty() ? dash : account;
    if (!called.isEmpty() && !account.isEmpty()) {
        cell.second = tr("via %1", "an account").arg(account);
    }
    const QString words = TransferWords::whoseCall(call);
    cell.spoken = words;
    cell.toolTip = words;
    return cell;
}

Cell CallCells::hasIt(const model::Call& call)
{
    Cell cell;
    cell.text = CallWords::actor(call.owner);
    cell.icon = CallWords::actorIcon(call.owner);
    cell.second = CallWords::listeners(call.listeners);
    if (call.hasHeadset && call.owner.kind != ActorKind::Operator) {
        cell.text += dot + tr("headset");
    }
    cell.style = call.hasHeadset ? Cell::Style::Strong : Cell::Style::Plain;
    cell.toolTip = call.hasHeadset ? tr("Your headset is on this call.") : cell.text;
    cell.spoken = cell.second.isEmpty() ? cell.text : cell.text + QLatin1String(", ") + cell.second;
    cell.sort = int(call.owner.kind);
    return cell;
}

Cell CallCells::time(const model::Call& call, qint64 now)
{
    Cell cell;
    const qint64 ms = shownMs(call, now);
    cell.text = Formatting::duration(ms);
    cell.spoken = Formatting::spokenDuration(ms);
    cell.tone = call.state == CallState::RingingIn ? Tone::Ringing : Tone::Normal;
    cell.style = call.state == CallState::RingingIn ? Cell::Style::Strong : Cell::Style::Plain;
    cell.alignRight = true;
    if (call.state == CallState::RingingIn) {
        cell.age = int(std::clamp<qint64>(ms * 100 / patienceMs, 0, 100));
    } else if (call.state == CallState::Held && call.stateSince != 0) {
        cell.age = int(std::clamp<qint64>((now - call.stateSince) * 100 / heldPatienceMs, 0, 100));
    }
    if (call.state == CallState::Held && call.stateSince != 0) {
        //: how long a call has been on hold, in few letters
        cell.second = tr("held %1").arg(Formatting::duration(now - call.stateSince));
    }
    // Sorted by when it began, so that rows do not change places as time goes by.
    cell.sort = call.wasAnswered() ? call.answeredAt : call.startedAt;
    return cell;
}

Cell CallCells::codec(const model::Call& call)
{
    Cell cell;
    cell.text = call.codec.isEmpty() ? dash : Formatting::plain(call.codec, 20);
    if (call.packetMs > 0 && !call.codec.isEmpty()) {
        cell.second = tr("%1 ms").arg(call.packetMs);
    }
    cell.toolTip = call.remoteMedia.isEmpty()
        ? QString()
        : tr("Sound goes to and comes from %1").arg(Formatting::plain(call.remoteMedia, 80));
    return cell;
}

Cell CallCells::quality(const model::Call& call, qint64 now)
{
    Cell cell;
    const qint32 mos = MediaWords::mosReceived(call);
    cell.sort = mos;
    // What was good before is no comfort to one who hears nothing.
    if (MediaWords::hearsNothing(call, now)) {
        cell.text = tr("no audio");
        cell.icon = QStringLiteral("warning");
        cell.tone = Tone::Bad;
        cell.style = Cell::Style::Strong;
        cell.toolTip = call.media.packetsReceived == 0
            ? tr("Nothing has arrived from the far end since the call was answered. "
                 "Often a firewall or address translation is in the way.")
            : MediaWords::trouble(call, now).text;
        cell.sort = 0;
        return cell;
    }
    if (mos < 0) {
        cell.text = dash;
        return cell;
    }
    cell.text = MediaWords::score(mos);
    cell.second = MediaWords::quality(mos);
    cell.tone = MediaWords::tone(mos);
    if (cell.tone != Tone::Normal) {
        cell.icon = QStringLiteral("warning");
        cell.style = Cell::Style::Strong;
    }
    cell.spoken = cell.second + QLatin1Char(' ') + cell.text;
    cell.toolTip = MediaWords::figures(call).join(QLatin1Char('\n'));
    return cell;
}

Cell CallCells::loss(const model::Call& call, qint64 now)
{
    Cell cell;
    cell.alignRight = true;
    if (call.media.packetsReceived == 0 || MediaWords::hearsNothing(call, now)) {
        cell.text = dash;
        cell.sort = -1;
        return cell;
    }
    const quint32 permille = call.media.lossPermille;
    cell.text = Formatting::loss(permille);
    cell.sort = int(permille);
    if (permille >= badLossPermille) {
        cell.icon = QStringLiteral("warning");
        cell.tone = Tone::Bad;
        cell.style = Cell::Style::Strong;
    }
    cell.toolTip = tr("Packets of the far end that did not arrive");
    return cell;
}

Cell CallCells::levels(const model::Call& call)
{
    Cell cell;
    cell.style = Cell::Style::Levels;
    if (call.state != CallState::Active) {
        return cell;
    }
    // In steps, so that a row is not drawn anew for what nobody can see.
    const auto percent = [](quint16 peak) { return loudness(peak) / 5 * 5; };
    cell.levels = {percent(call.media.peakReceived), percent(call.media.peakSent)};
    //: how loud the two sides of a call are
    cell.spoken = tr("they %1 %, we %2 %").arg(cell.levels.width()).arg(cell.levels.height());
    cell.toolTip = tr("How loud it is: above what comes from them, below what goes to them");
    cell.sort = cell.levels.width();
    return cell;
}

Cell CallCells::orders(const model::Call& call)
{
    Cell cell;
    cell.style = Cell::Style::Orders;
    cell.orders = RowOrders::of(call);
    QStringList words;
    for (const RowOrder order : std::as_const(cell.orders)) {
        words << RowOrders::words(order);
    }
    cell.spoken = words.join(QStringLiteral(", "));
    cell.sort = int(call.state);
    return cell;
}

Cell CallCells::notes(const model::Call& call)
{
    Cell cell;
    const bool muted = call.muted && call.hasHeadset;
    if (muted) {
        cell.text = tr("Muted");
        cell.second = call.recording ? tr("Recording") : QString();
        cell.icon = QStringLiteral("microphone-muted");
        cell.tone = Tone::Bad;
        cell.style = Cell::Style::Strong;
    } else if (call.recording) {
        cell.text = tr("Recording");
        cell.icon = QStringLiteral("record");
    }
    cell.toolTip = call.recording ? Formatting::plain(call.recordingPath, 400) : QString();
    cell.sort = muted ? 2 : call.recording ? 1 : 3;
    return cell;
}

} // namespace hs::ui
