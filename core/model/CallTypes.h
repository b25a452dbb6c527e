// The words in which a call is spoken of, everywhere: in the engine, the log, the protocols and the
// window. Thread: values. (Enums with names, so that logs, JSON and test failures print them.)
#pragma once

#include <QObject>
#include <QString>

namespace hs::model {
Q_NAMESPACE

// A call's number within one run of the engine; 0 is none. Never used twice.
using CallId = quint64;

enum class Direction { Incoming, Outgoing };
Q_ENUM_NS(Direction)

enum class CallState { RingingIn, Dialing, RingingOut, EarlyMedia, Active, Held, Ended };
Q_ENUM_NS(CallState)

// Who has a call, answered it, or ended it. Nobody: it rings, or nobody did. FarEnd only ends.
enum class ActorKind { Nobody, Machine, Operator, Client, FarEnd };
Q_ENUM_NS(ActorKind)

// How a transfer goes (RFC 3515). Failed leaves the call as it was.
enum class TransferState { None, Requested, Trying, Ringing, Completed, Failed };
Q_ENUM_NS(TransferState)

// One-way audio and worse. Nothing: neither side sends.
enum class MediaTrouble { None, NothingReceived, OnlySilenceReceived, FarEndHearsNothing };
Q_ENUM_NS(MediaTrouble)

struct Actor {
    ActorKind kind = ActorKind::Nobody;
    QString client; // the name of the client's connection, for ActorKind::Client

    static Actor machine() { return {ActorKind::Machine, {}}; }
    static Actor consoleOperator() { return {ActorKind::Operator, {}}; }
    static Actor farEnd() { return {ActorKind::FarEnd, {}}; }
    static Actor ofClient(const QString& name) { return {ActorKind::Client, name}; }
    friend bool operator==(const Actor&, const Actor&) = default;
};

// The words of the API and the database: "ringing_in", "operator", "in".
QString toWord(CallState state);
QString toWord(Direction direction);
QString toWord(ActorKind kind);
QString toWord(TransferState state); // "requested" ...; empty for None
CallState callStateFromWord(const QString& word); // Ended for a word that is none
ActorKind actorKindFromWord(const QString& word); // Nobody for a word that is none

} // namespace hs::model
