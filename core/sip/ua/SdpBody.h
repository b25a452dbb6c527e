// The session description that a message carries: its body, or the part of that type in a multipart
// body (RFC 5621). Thread: pure functions.
#pragma once

#include "sip/message/Message.h"

namespace hs::sip {

enum class BodyKind {
    None,
    Sdp,
    Unsupported, // something that can't be understood and is not marked as optional
};

struct SdpBody {
    BodyKind kind = BodyKind::None;
    QByteArray sdp;
};

SdpBody findSdp(const Message& message);

} // namespace hs::sip
