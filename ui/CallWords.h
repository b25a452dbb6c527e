// CallWords: the operator's words for calls: states, who has one, how it ended. The names of
// programs and the reasons of far ends come from outside and leave here fit for a label.
// Thread: GUI (pure functions).
#pragma once

#include "model/LogEntry.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace hs::ui {

class CallWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::CallWords)
public:
    static QString state(const model::Call& call); // "Ringing", "On hold"
    static QString stateIcon(const model::Call& call);
    static QString stateDetail(const model::Call& call); // "by us", "486 Busy Here", often empty
    static QString conference(const model::Call& call); // "Conference 1", empty for none
    static QString longestState(); // the widest of them, to size a column by
    static QString direction(model::Direction direction); // "in", "out"
    static QString actor(const model::Actor& actor); // "You", "Machine", "127.0.0.1:40312", "—"
    static QString actorIcon(const model::Actor& actor);
    static QString listeners(int programs); // "2 programs listen", empty for none
    // Of who is at the far end now, or what stands for it; never empty.
    static QString number(const model::Call& call);
    static QString name(const model::Call& call); // the same one's, may be empty
    // How an ended call ended: "far end hung up", "declined by you", "404 Not Found".
    static QString ending(const model::Call& call);

    // The log's word for what a call was: "in", "out", "missed", "failed", "transfer".
    static QString kind(const model::LogEntry& entry);
    static QString kindIcon(const model::LogEntry& entry);
    static bool isFailed(const model::Call& call); // outgoing, ended, never answered, not by us

    // What to dial to reach the far end again. `sipServer`: that which numbers without an account
    // go to, empty if there is none; nothing: it is not known.
    static QString dialTarget(const model::Call& call,
                              const std::optional<QString>& sipServer = std::nullopt);
    // One sentence with everything, for a screen reader.
    static QString sentence(const model::Call& call, qint64 now);
};

} // namespace hs::ui
