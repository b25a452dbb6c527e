#include "sip/ua/SdpBody.h"

#include "sip/ua/BodyPart.h"

namespace hs::sip {

SdpBody findSdp(const Message& message)
{
    if (!message.headers.has("Content-Type") && message.body.startsWith("v=0")) {
        // Section 20.15 makes the header a must; old far ends leave it out and mean SDP.
        return {BodyKind::Sdp, message.body};
    }
    BodyPart part = findBodyPart(message, "application/sdp");
    switch (part.kind) {
    case BodyPart::Kind::Found:
        return {BodyKind::Sdp, std::move(part.content)};
    case BodyPart::Kind::Unsupported:
        return {BodyKind::Unsupported, {}};
    case BodyPart::Kind::None:
        break;
    }
    return {};
}

} // namespace hs::sip
