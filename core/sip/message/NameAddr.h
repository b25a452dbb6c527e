// NameAddr: an address with a display name and header parameters, as in To, From, Contact, Route
// (RFC 3261 sections 20 and 25.1: name-addr and addr-spec). Thread: a value.
#pragma once

#include "sip/message/Uri.h"

namespace hs::sip {

struct NameAddr {
    QByteArray
        displayName; // without quotes, its quoted-pairs resolved; UTF-8 if the peer keeps to it
    Uri uri;
    Params params; // of the header, not of the URI

    // One address, no list. Both forms are read: in `sip:a@b;x=1` without <> the parameter belongs
    // to the header, and '?' or ',' there is an error (RFC 3261 section 20). Nothing if malformed:
    // also for two tag parameters, an empty parameter, blanks inside <>, or a display name that
    // would need quotes and has none; only UTF-8 passes there without them.
    static std::optional<NameAddr> parse(QByteArrayView text);
    static bool isValid(QByteArrayView text);

    // Always with <>, the display name always quoted.
    QByteArray toBytes() const;

    QByteArray tag() const; // empty if there is none
    void setTag(const QByteArray& tag) { params.set("tag", tag); }

    friend bool operator==(const NameAddr&, const NameAddr&) = default;
};

} // namespace hs::sip
