// DialogInfo: one document of the dialog event package (RFC 4235, application/dialog-info+xml): the
// calls of a watched extension, all of them or those that changed. What peers write is bounded: 64
// KiB, no document type, so no entities. Thread: a value; parse() is a pure function.
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>

namespace hs::sip {

struct DialogInfo {
    enum class State { Trying, Proceeding, Early, Confirmed, Terminated };
    enum class Direction { Unknown, Initiator, Recipient }; // as the watched extension sees it

    struct Dialog {
        QByteArray id; // unique within the documents of one subscription
        // As the watched extension sees them; empty where the notifier does not tell.
        QByteArray callId;
        QByteArray localTag;
        QByteArray remoteTag;
        Direction direction = Direction::Unknown;
        State state = State::Trying;
        QString remoteName; // display name; untrusted text
        QByteArray remoteIdentity; // a URI
        QByteArray remoteTarget; // a URI: where the other end is reached

        bool isIncoming() const { return direction != Direction::Initiator; }
        // An incoming call that nobody has answered.
        bool isRinging() const
        {
            return isIncoming() && (state == State::Early || state == State::Proceeding);
        }
        friend bool operator==(const Dialog&, const Dialog&) = default;
    };

    std::uint32_t version = 0;
    bool isFull = true; // no: only what changed since the version before
    QByteArray entity; // whose dialogs, a URI
    QList<Dialog> dialogs; // those whose state makes sense, 64 at most

    // The error is a sentence: where and what.
    static base::Result<DialogInfo> parse(const QByteArray& body);
};

} // namespace hs::sip
