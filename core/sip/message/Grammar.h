// Grammar: the lexical rules that many SIP headers share (RFC 3261 section 25.1): tokens, blanks,
// quoted strings, percent escapes. All work on one unfolded header value, in linear time, and take
// any bytes. Positions are offsets into the text. Thread: pure functions.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace hs::sip::grammar {

namespace detail {
enum CharClass : unsigned char {
    TokenChar = 1,
    UnreservedChar = 2, // alphanum / mark
    UserChar = 4, // what stands in the user part without an escape
    ParamValueChar = 8,
    UriChar = 16,
    HostChar = 32
};
extern const std::array<unsigned char, 256> charClasses;

inline bool is(char c, CharClass wanted)
{
    return (charClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}
} // namespace detail

inline bool isTokenChar(char c)
{
    return detail::is(c, detail::TokenChar);
}
inline bool isUnreserved(char c)
{
    return detail::is(c, detail::UnreservedChar);
}
// unreserved / user-unreserved: "&=+$,;?/".
inline bool isUserChar(char c)
{
    return detail::is(c, detail::UserChar);
}
// gen-value outside quotes, and more: everything that cannot be taken for a separator, so that the
// base64 and the addresses that peers write without quotes pass.
inline bool isParamValueChar(char c)
{
    return detail::is(c, detail::ParamValueChar);
}
// What a URI may hold at all: no blank, control, quote or angle bracket. '#' and bytes of UTF-8
// should be escaped, yet telephones send them.
inline bool isUriChar(char c)
{
    return detail::is(c, detail::UriChar);
}
// Letters, digits, '-', and '_', which is in no RFC but in many a private network.
inline bool isHostChar(char c)
{
    return detail::is(c, detail::HostChar);
}
inline bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}
inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
inline bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}
int hexValue(char c); // -1 if it is none

bool isToken(QByteArrayView text);
// Every '%' has its two hexadecimal digits.
bool hasWholeEscapes(QByteArrayView text);
// Percent escapes resolved once; "%00" gives a NUL, an incomplete escape stays as it is.
QByteArray percentDecoded(QByteArrayView text);

qsizetype skipBlanks(QByteArrayView text, qsizetype from);
qsizetype skipToken(QByteArrayView text, qsizetype from);
// `from` is at the opening quote. Past the closing one; -1 if there is none, or if control
// characters stand inside without a backslash.
qsizetype skipQuotedString(QByteArrayView text, qsizetype from);

// The content of a quoted string with its quoted-pairs resolved; anything else as it is.
QByteArray unquoted(QByteArrayView raw);
// A quoted string with that content. CR and LF, which no quoted-pair can hold, become blanks.
QByteArray quoted(QByteArrayView content);

} // namespace hs::sip::grammar
