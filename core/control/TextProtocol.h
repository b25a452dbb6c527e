// The text protocol's wire format (the original protocol of SIP Relay Server v2): one WebSocket
// text message is one command or event, NAME or NAME:argument. Split at the first ':', and inside
// an argument at the last '##', because a Call-ID may hold ':' and a number '#'. Names are exact.
// Thread: pure functions; nothing here knows a call or a socket.
#pragma once

#include "base/Result.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace hs::control::text {

// Commands, client to us. An absent callId means the only call alive.
struct Dial { // CALL:{number}
    QString target;
    friend bool operator==(const Dial&, const Dial&) = default;
};
struct AnswerCall { // CALL_ANS:{call_id}
    QString callId;
    friend bool operator==(const AnswerCall&, const AnswerCall&) = default;
};
struct AnswerNumber { // RING_ANS:{number}
    QString number;
    friend bool operator==(const AnswerNumber&, const AnswerNumber&) = default;
};
struct Ignore { // CALL_IGNORE:{call_id}, RING_IGNORE:{call_id}
    QString callId;
    friend bool operator==(const Ignore&, const Ignore&) = default;
};
struct HangUp { // HANGUP:{call_id}, BYE:{call_id}, BYE
    std::optional<QString> callId;
    friend bool operator==(const HangUp&, const HangUp&) = default;
};
struct Play { // RTP:{call_id}##{base64}, RTP:{hex}, RTP:{base64}; 8000 Hz mono, any length
    std::optional<QString> callId;
    std::vector<std::int16_t> samples;
    friend bool operator==(const Play&, const Play&) = default;
};
using Command = std::variant<Dial, AnswerCall, AnswerNumber, Ignore, HangUp, Play>;

// Errors are the words for an ERROR event.
base::Result<Command> parse(const QString& message);

// The form in which a client hears calls: ?rtp= when it connects.
enum class AudioForm { Hex, PayloadTypeHex, Base64, Off };
std::optional<AudioForm> audioFormFromWord(QByteArrayView word);

// Events, us to clients.
QString ringing(const QString& number, const QString& callId); // RING_ANS
QString dialing(const QString& number, const QString& callId); // DIALING
QString answered(const QString& callId); // CALL_ANS
QString callIgnored(const QString& callId); // CALL_IGNORE: rejected by us, or 180 to who dialled
QString ringIgnored(const QString& callId); // RING_IGNORE
QString callFailed(int status, const QString& reason); // CALL_FAILED
QString ended(const QString& callId); // BYE
QString error(const QString& reason); // ERROR
QString audioHex(std::span<const std::byte> payload);
QString audioPayloadTypeHex(std::uint8_t payloadType, std::span<const std::byte> payload);
QString audioBase64(const QString& callId, std::span<const std::byte> nativeSamples);

} // namespace hs::control::text
