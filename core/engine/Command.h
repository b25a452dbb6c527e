// Command: what the command line or a link asks of the instance that runs, and what came of it,
// with both as the lines of JSON that go over its local socket (CommandServer). Thread: values.
#pragma once

#include "base/Result.h"
#include "model/CallTypes.h"

#include <QByteArray>
#include <QJsonArray>
#include <QString>

#include <chrono>

namespace hs::engine {

struct Command {
    // Raise: the console comes to the front, with the target in its dial field if there is one.
    enum class Verb {
        Raise,
        Call,
        Answer,
        HangUp,
        Dtmf,
        Hold,
        Unhold,
        Transfer,
        TransferToCall,
        Join,
        Split,
        ChangeCodecs,
        PickUp,
        List,
        Accounts
    };

    Verb verb = Verb::Raise;
    QString target; // Call, Transfer, Raise; PickUp: the extension; ChangeCodecs: their names
    QString digits; // Dtmf
    QString account; // Call, PickUp; empty: the default one, that which watches it
    model::CallId id = 0; // 0: none was named
    bool all = false; // HangUp
    bool isLink = false; // Call: by a browser, so the console comes to the front
    // Milliseconds of the machine's uptime, after which nobody waits for it any more: a program
    // that hung does not dial when it comes back to life. 0: whenever.
    qint64 validUntilMs = 0;
    model::CallId other = 0; // TransferToCall: whose far end the call's gets; Join

    static constexpr qsizetype mostBytes = 16 * 1024;

    QByteArray toJson() const; // one line, with its end
    // What is no command is an error, a sentence.
    static base::Result<Command> fromJson(const QByteArray& line);
    friend bool operator==(const Command&, const Command&) = default;
};

struct CommandResult {
    // Elsewhere: there are no calls here, another program has the call log and with it the calls.
    enum class Kind { Done, Refused, Elsewhere };

    Kind kind = Kind::Done;
    QString text; // what is wrong, a sentence; or what was done, may be empty
    QJsonArray calls; // List
    QJsonArray accounts{}; // Accounts

    static constexpr qsizetype mostBytes = 8 * 1024 * 1024;

    static CommandResult done(const QString& text = {}) { return {Kind::Done, text, {}}; }
    static CommandResult refused(const QString& text) { return {Kind::Refused, text, {}}; }
    QByteArray toJson() const;
    static base::Result<CommandResult> fromJson(const QByteArray& line);
};

// The verb's word on the command line and the socket: "call", "transfer-to-call".
QString toWord(Command::Verb verb);

// How long doing it may take, beside the time of an ordinary command: --dtmf lasts until its digits
// are sent.
std::chrono::milliseconds timeToDo(const Command& command);

// Milliseconds since the machine was started, the same in every process.
qint64 uptimeMs();

// Whether the text is a link of those that the console opens: tel:, sip:, sips:, callto:.
bool isCallLink(const QString& text);

} // namespace hs::engine
