#include "store/CallLogRow.h"

#include <QVariant>

#include <array>
#include <type_traits>

namespace hs::store {

using model::LogEntry;

namespace {
constexpr char troubleColumn[] = "trouble";
constexpr char troubleSinceColumn[] = "trouble_since";

struct Column {
    const char* name;
    QVariant (*get)(const LogEntry&);
    void (*set)(LogEntry&, const QVariant&);
};

// Qt binds a null QString as NULL, which the columns refuse.
QString notNull(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

// `Field` is a lambda that gives the place in the entry, [](auto& e) -> auto& { return e.call.id;
// }.
template <class Field>
Column text(const char* name, Field)
{
    return {name, [](const LogEntry& e) { return QVariant(notNull(Field{}(e))); },
            [](LogEntry& e, const QVariant& v) { Field{}(e) = v.toString(); }};
}

template <class Field>
Column number(const char* name, Field)
{
    return {name, [](const LogEntry& e) { return QVariant(static_cast<qint64>(Field{}(e))); },
            [](LogEntry& e, const QVariant& v) {
                auto& field = Field{}(e);
                field = static_cast<std::remove_reference_t<decltype(field)>>(v.toLongLong());
            }};
}

template <class Field>
Column actor(const char* name, Field)
{
    return {name, [](const LogEntry& e) { return QVariant(toWord(Field{}(e))); },
            [](LogEntry& e, const QVariant& v) {
                Field{}(e) = model::actorKindFromWord(v.toString());
            }};
}

QString toWord(model::MediaTrouble trouble)
{
    switch (trouble) {
    case model::MediaTrouble::None:
        break;
    case model::MediaTrouble::NothingReceived:
        return QStringLiteral("nothing_received");
    case model::MediaTrouble::OnlySilenceReceived:
        return QStringLiteral("only_silence_received");
    case model::MediaTrouble::FarEndHearsNothing:
        return QStringLiteral("far_end_hears_nothing");
    }
    return {};
}

// Of an enum whose values up to `last` have words; a word that is none reads as the first value.
template <auto last, class Field>
Column word(const char* name, Field)
{
    return {name, [](const LogEntry& e) { return QVariant(notNull(toWord(Field{}(e)))); },
            [](LogEntry& e, const QVariant& v) {
                using Enum = decltype(last);
                const QString read = v.toString();
                for (int i = 0; i <= static_cast<int>(last); ++i) {
                    if (read == toWord(static_cast<Enum>(i))) {
                        Field{}(e) = static_cast<Enum>(i);
                    }
                }
            }};
}

const std::array columns{
    number(
        "cut_off", [](auto& e) -> auto& { return e.cutOff; }),
    text(
        "engine_id", [](auto& e) -> auto& { return e.engineId; }),
    number(
        "call_id", [](auto& e) -> auto& { return e.call.id; }),
    Column{"direction", [](const LogEntry& e) { return QVariant(toWord(e.call.direction)); },
           [](LogEntry& e, const QVariant& v) {
               e.call.direction = v.toString() == toWord(model::Direction::Incoming)
                   ? model::Direction::Incoming
                   : model::Direction::Outgoing;
           }},
    Column{"state", [](const LogEntry& e) { return QVariant(toWord(e.call.state)); },
           [](LogEntry& e, const QVariant& v) {
               e.call.state = model::callStateFromWord(v.toString());
           }},
    actor(
        "owner", [](auto& e) -> auto& { return e.call.owner.kind; }),
    text(
        "owner_client", [](auto& e) -> auto& { return e.call.owner.client; }),
    actor(
        "answered_by", [](auto& e) -> auto& { return e.call.answeredBy.kind; }),
    text(
        "answered_by_client", [](auto& e) -> auto& { return e.call.answeredBy.client; }),
    actor(
        "ended_by", [](auto& e) -> auto& { return e.call.endedBy.kind; }),
    text(
        "ended_by_client", [](auto& e) -> auto& { return e.call.endedBy.client; }),
    text(
        "sip_call_id", [](auto& e) -> auto& { return e.call.sipCallId; }),
    text(
        "control_id", [](auto& e) -> auto& { return e.call.controlId; }),
    text(
        "number", [](auto& e) -> auto& { return e.call.number; }),
    text(
        "display_name", [](auto& e) -> auto& { return e.call.displayName; }),
    text(
        "remote_uri", [](auto& e) -> auto& { return e.call.remoteUri; }),
    text(
        "called_number", [](auto& e) -> auto& { return e.call.calledNumber; }),
    text(
        "account", [](auto& e) -> auto& { return e.call.account; }),
    text(
        "codec", [](auto& e) -> auto& { return e.call.codec; }),
    number(
        "packet_ms", [](auto& e) -> auto& { return e.call.packetMs; }),
    text(
        "remote_media", [](auto& e) -> auto& { return e.call.remoteMedia; }),
    number(
        "started_at", [](auto& e) -> auto& { return e.call.startedAt; }),
    number(
        "ringing_at", [](auto& e) -> auto& { return e.call.ringingAt; }),
    number(
        "answered_at", [](auto& e) -> auto& { return e.call.answeredAt; }),
    number(
        "ended_at", [](auto& e) -> auto& { return e.call.endedAt; }),
    number(
        "state_since", [](auto& e) -> auto& { return e.call.stateSince; }),
    number(
        "final_code", [](auto& e) -> auto& { return e.call.finalCode; }),
    text(
        "reason", [](auto& e) -> auto& { return e.call.reason; }),
    text(
        "recording_path", [](auto& e) -> auto& { return e.call.recordingPath; }),
    number(
        "recording_bytes", [](auto& e) -> auto& { return e.recordingBytes; }),
    number(
        "packets_sent", [](auto& e) -> auto& { return e.call.media.packetsSent; }),
    number(
        "packets_received", [](auto& e) -> auto& { return e.call.media.packetsReceived; }),
    number(
        "packets_lost", [](auto& e) -> auto& { return e.call.media.packetsLost; }),
    number(
        "packets_discarded", [](auto& e) -> auto& { return e.call.media.packetsDiscarded; }),
    number(
        "packets_foreign", [](auto& e) -> auto& { return e.call.media.packetsForeign; }),
    number(
        "jitter_us", [](auto& e) -> auto& { return e.call.media.jitterUs; }),
    number(
        "loss_permille", [](auto& e) -> auto& { return e.call.media.lossPermille; }),
    number(
        "remote_lost", [](auto& e) -> auto& { return e.call.media.remoteLost; }),
    number(
        "remote_loss_permille", [](auto& e) -> auto& { return e.call.media.remoteLossPermille; }),
    number(
        "remote_jitter_us", [](auto& e) -> auto& { return e.call.media.remoteJitterUs; }),
    number(
        "round_trip_us", [](auto& e) -> auto& { return e.call.media.roundTripUs; }),
    text(
        "diverted_by", [](auto& e) -> auto& { return e.call.divertedBy; }),
    text(
        "transferred_by", [](auto& e) -> auto& { return e.call.transferredBy; }),
    text(
        "digits_sent", [](auto& e) -> auto& { return e.call.digitsSent; }),
    text(
        "digits_received", [](auto& e) -> auto& { return e.call.digitsReceived; }),
    word<model::TransferState::Failed>(
        "transfer", [](auto& e) -> auto& { return e.call.transfer; }),
    text(
        "transfer_target", [](auto& e) -> auto& { return e.call.transferTarget; }),
    number(
        "transfer_code", [](auto& e) -> auto& { return e.call.transferCode; }),
    word<model::MediaTrouble::FarEndHearsNothing>(
        troubleColumn, [](auto& e) -> auto& { return e.call.trouble; }),
    number(
        troubleSinceColumn, [](auto& e) -> auto& { return e.call.troubleSince; }),
    number(
        "mos_received_average_centis",
        [](auto& e) -> auto& { return e.call.media.mosReceivedAverageCentis; }),
    number(
        "mos_sent_average_centis",
        [](auto& e) -> auto& { return e.call.media.mosSentAverageCentis; }),
    number(
        "first_rtp_at", [](auto& e) -> auto& { return e.call.media.firstRtpAt; }),
    number(
        "last_rtp_at", [](auto& e) -> auto& { return e.call.media.lastRtpAt; }),
};

// A trouble that has passed stays in the log as the last there was.
QString updateOf(const QString& name)
{
    const bool stays =
        name == QLatin1String(troubleColumn) || name == QLatin1String(troubleSinceColumn);
    return stays ? QStringLiteral("%1 = CASE WHEN excluded.%2 = '' THEN %1 ELSE excluded.%1 END")
                       .arg(name, QLatin1String(troubleColumn))
                 : QStringLiteral("%1 = excluded.%1").arg(name);
}

QString searchText(const model::Call& call)
{
    return folded(call.number % u'\n' % call.displayName % u'\n' % call.remoteUri % u'\n'
                  % call.account % u'\n' % call.calledNumber % u'\n' % call.divertedBy % u'\n'
                  % call.transferredBy);
}

QStringList columnNames()
{
    QStringList names;
    for (const Column& column : columns) {
        names << QLatin1String(column.name);
    }
    return names;
}
} // namespace

QString putStatement()
{
    const QStringList names = QStringList{QStringLiteral("run"), QStringLiteral("updated_at"),
                                          QStringLiteral("missed"), QStringLiteral("search_text")}
        + columnNames();
    QStringList updates;
    for (const QString& name : names) {
        updates << updateOf(name);
    }
    const QStringList marks(names.size(), QStringLiteral("?"));
    return QStringLiteral("INSERT INTO calls (") % names.join(QStringLiteral(", "))
        % QStringLiteral(") VALUES (") % marks.join(QStringLiteral(", "))
        % QStringLiteral(") ON CONFLICT (engine_id, run, call_id) DO UPDATE SET ")
        % updates.join(QStringLiteral(", ")) % QStringLiteral(" RETURNING id");
}

void bindRow(QSqlQuery& query, const LogEntry& entry, qint64 run, qint64 updatedAt)
{
    int at = 0;
    query.bindValue(at++, run);
    query.bindValue(at++, updatedAt);
    query.bindValue(at++, entry.call.isMissed() ? 1 : 0);
    query.bindValue(at++, searchText(entry.call));
    for (const Column& column : columns) {
        query.bindValue(at++, column.get(entry));
    }
}

QString selectedColumns()
{
    return QStringLiteral("id, ") % columnNames().join(QStringLiteral(", "));
}

LogEntry readRow(const QSqlQuery& query)
{
    LogEntry entry;
    int at = 0;
    entry.rowId = query.value(at++).toLongLong();
    for (const Column& column : columns) {
        column.set(entry, query.value(at++));
    }
    return entry;
}

QString folded(const QString& text)
{
    return text.toCaseFolded();
}

} // namespace hs::store
