#include "engine/CallListing.h"

#include "base/Text.h"
#include "engine/AccountListing.h"
#include "engine/TextTable.h"
#include "sip/message/StatusCode.h"

#include <algorithm>

namespace hs::engine {

using model::Call;

namespace {
QString owner(const model::Actor& actor)
{
    return actor.kind == model::ActorKind::Client ? QStringLiteral("client:%1").arg(actor.client)
                                                  : model::toWord(actor.kind);
}

// "ringing: 201", "failed with 486 Busy Here: 201"
QString transferWords(const QJsonValue& call)
{
    const QString state = call[QLatin1String("transfer")].toString();
    const int code = call[QLatin1String("transfer_code")].toInt();
    if (state.isEmpty()) {
        return QStringLiteral("-");
    }
    const QString target = base::printable(call[QLatin1String("transfer_target")].toString(), 40);
    const QString why = code < 300
        ? QString()
        : QStringLiteral(" with %1 %2").arg(code).arg(QLatin1String(sip::reasonPhrase(code)));
    return base::printable(state, 40) + why + QStringLiteral(": ") + target;
}

// "active", "held, conference 2"
QString stateWords(const QJsonValue& call)
{
    const QString state = base::printable(call[QLatin1String("state")].toString(), 40);
    const int conference = call[QLatin1String("conference")].toInt();
    return conference == 0 ? state : QStringLiteral("%1, conference %2").arg(state).arg(conference);
}

// How long somebody has been called without an answer; 0 once there is one.
qint64 ringingMs(const Call& call, qint64 nowMs)
{
    return call.wasAnswered() ? 0 : std::max<qint64>(0, nowMs - call.startedAt);
}

QString minutes(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}
} // namespace

QJsonObject listedCall(const Call& call, qint64 nowMs)
{
    return {
        {QStringLiteral("id"), static_cast<double>(call.id)},
        {QStringLiteral("direction"), model::toWord(call.direction)},
        {QStringLiteral("state"), model::toWord(call.state)},
        {QStringLiteral("number"), call.number},
        {QStringLiteral("display_name"), call.displayName},
        {QStringLiteral("called_number"), call.calledNumber},
        {QStringLiteral("diverted_by"), call.divertedBy},
        {QStringLiteral("transferred_by"), call.transferredBy},
        {QStringLiteral("remote_uri"), call.remoteUri},
        {QStringLiteral("connected_number"), call.connectedNumber},
        {QStringLiteral("connected_name"), call.connectedName},
        {QStringLiteral("account"), call.account},
        {QStringLiteral("owner"), owner(call.owner)},
        {QStringLiteral("answered_by"), owner(call.answeredBy)},
        {QStringLiteral("started_at"), listedTime(call.startedAt)},
        {QStringLiteral("answered_at"), listedTime(call.answeredAt)},
        {QStringLiteral("duration_ms"), static_cast<double>(call.durationMs(nowMs))},
        {QStringLiteral("ringing_ms"), static_cast<double>(ringingMs(call, nowMs))},
        {QStringLiteral("held"), call.heldByUs},
        {QStringLiteral("held_by_far_end"), call.heldByFarEnd},
        {QStringLiteral("resume_problem"), call.resumeProblem},
        {QStringLiteral("conference"), call.conference},
        {QStringLiteral("headset"), call.hasHeadset},
        {QStringLiteral("muted"), call.muted},
        {QStringLiteral("codec"), call.codec},
        {QStringLiteral("codec_problem"), call.codecProblem},
        {QStringLiteral("recording"), call.recording},
        {QStringLiteral("recording_path"), call.recordingPath},
        {QStringLiteral("listeners"), call.listeners},
        {QStringLiteral("digits_sent"), call.digitsSent},
        {QStringLiteral("digits_problem"), call.digitsProblem},
        {QStringLiteral("digits_received"), call.digitsReceived},
        {QStringLiteral("transfer"), model::toWord(call.transfer)},
        {QStringLiteral("transfer_target"), call.transferTarget},
        {QStringLiteral("transfer_code"), call.transferCode},
        {QStringLiteral("sip_call_id"), call.sipCallId},
    };
}

QString callTable(const QJsonArray& calls)
{
    if (calls.isEmpty()) {
        return QStringLiteral("no calls\n");
    }
    QList<QStringList> rows{{QStringLiteral("ID"), QStringLiteral("DIR"), QStringLiteral("STATE"),
                             QStringLiteral("NUMBER"), QStringLiteral("NAME"),
                             QStringLiteral("ACCOUNT"), QStringLiteral("TIME"),
                             QStringLiteral("OWNER"), QStringLiteral("TRANSFER")}};
    for (const QJsonValue& value : calls) {
        const auto text = [&value](const char* name) {
            const QString found = value[QLatin1String(name)].toString();
            return found.isEmpty() ? QStringLiteral("-") : base::printable(found, 40);
        };
        const bool isAnother = !value[QLatin1String("connected_number")].toString().isEmpty();
        rows << QStringList{
            QString::number(static_cast<qint64>(value[QLatin1String("id")].toDouble())),
            text("direction"),
            stateWords(value),
            text(isAnother ? "connected_number" : "number"),
            text(isAnother ? "connected_name" : "display_name"),
            text("account"),
            minutes(static_cast<qint64>(value[QLatin1String("duration_ms")].toDouble()
                                        + value[QLatin1String("ringing_ms")].toDouble())),
            text("owner"),
            transferWords(value)};
    }
    return textTable(rows);
}

} // namespace hs::engine
