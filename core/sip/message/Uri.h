// Uri: a SIP or SIPS URI in its parts (RFC 3261 section 19.1), any other one as a scheme and an
// opaque rest ("tel:", "isbn:"). Parts are kept as on the wire, escapes included, except that the
// scheme is lower-case and an IPv6 host has no brackets. What stands before '@' is the user, also
// if it holds ';' or '?'. Thread: a value.
#pragma once

#include "sip/message/Params.h"

namespace hs::sip {

struct Uri {
    QByteArray scheme; // lower-case
    QByteArray user; // raw; empty if there is none
    QByteArray password; // raw; null if there is none, empty for "user:@host"
    QByteArray host; // without brackets
    quint16 port = 0; // 0: none given
    Params params;
    QByteArray headers; // raw, what follows '?'
    QByteArray opaque; // all after the colon, for schemes other than sip and sips

    // Nothing if the text is no URI. No blanks are allowed around or in it. More than the grammar
    // has is taken where it can't be mistaken: '#' and UTF-8 in the user part, '_' in host names,
    // an empty value ("lr=").
    static std::optional<Uri> parse(QByteArrayView text);
    static bool isValid(QByteArrayView text);

    QByteArray toBytes() const;

    bool isSip() const; // sip or sips
    bool isSips() const { return scheme == "sips"; }
    // The user with its escapes resolved once: "%2541" is "%41", "%00" a NUL.
    QByteArray userDecoded() const;
    // What may stand in the user part: all but unreserved characters and "&=+$,;?/" is escaped.
    static QByteArray escapeUser(QByteArrayView user);

    // What of it may stand in a Request-URI (RFC 3261 section 19.1.1, table 1): neither headers nor
    // a method, with which others would write into our INVITE.
    Uri forRequest() const;
    // RFC 3261 section 19.1.4: do the two name the same resource? Not transitive. Schemes other
    // than sip and sips: equal if the rest is, octet by octet.
    bool equivalent(const Uri& other) const;

    // Part by part, case and order included; for the rule of the RFC see equivalent().
    friend bool operator==(const Uri&, const Uri&) = default;
};

} // namespace hs::sip
