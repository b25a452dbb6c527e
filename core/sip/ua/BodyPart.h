// The part of a message's body that has the wanted type: the body itself, or a part of a multipart
// body (RFC 5621), up to four levels deep. Thread: pure functions.
#pragma once

#include "sip/message/Message.h"

namespace hs::sip {

struct BodyPart {
    enum class Kind {
        None,
        Found,
        Unsupported, // something that can't be understood and is not marked as optional
    };
    Kind kind = Kind::None;
    QByteArray content;
    QByteArray charset{}; // of its Content-Type; empty: none given
};

// `type` in lower case, "text/plain". A body without a Content-Type is Unsupported.
BodyPart findBodyPart(const Message& message, QByteArrayView type);

} // namespace hs::sip
