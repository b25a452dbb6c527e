// ReplacesHeader: which dialog a new call is to take the place of (RFC 3891). The tags are those of
// the dialog as the receiver of the header sees it: to-tag its own. Thread: a value.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace hs::sip {

struct ReplacesHeader {
    QByteArray callId;
    QByteArray toTag;
    QByteArray fromTag;
    bool earlyOnly = false;

    // Nothing without a Call-ID and both tags (section 6.1).
    static std::optional<ReplacesHeader> parse(QByteArrayView value);
    QByteArray toBytes() const;
    // As a header in a URI: "Replaces=..." with everything escaped (RFC 3261 section 19.1.1).
    QByteArray toUriHeader() const;
    // From the header part of a URI, among others that it may have.
    static std::optional<ReplacesHeader> fromUriHeaders(QByteArrayView headers);

    friend bool operator==(const ReplacesHeader&, const ReplacesHeader&) = default;
};

} // namespace hs::sip
