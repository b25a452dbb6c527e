// MessageSummary: what a voice mail server says of waiting messages (RFC 3842,
// application/simple-message-summary). Read as servers write it: any line end, any case, counts
// that are missing. Bounded; never throws. Thread: a value.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <optional>

namespace hs::sip {

struct MessageSummary {
    // "Voice-Message: 2/8 (0/2)": new/old (urgent new/urgent old). A larger number than fits in
    // 31 bits is read as that.
    struct Counts {
        std::int32_t fresh = 0;
        std::int32_t old = 0;
        std::int32_t urgentFresh = 0;
        std::int32_t urgentOld = 0;

        friend bool operator==(const Counts&, const Counts&) = default;
    };

    bool isWaiting = false;
    QByteArray account; // whose messages, a URI as it was written; may be empty
    std::optional<Counts> voice; // a server need not count

    // Nothing if neither Messages-Waiting nor Voice-Message is there.
    static std::optional<MessageSummary> parse(QByteArrayView body);

    friend bool operator==(const MessageSummary&, const MessageSummary&) = default;
};

} // namespace hs::sip
