// HttpRequest: the head of an HTTP/1.x request (RFC 9112), as far as a WebSocket server needs it.
// Parsed strictly: what a lenient reader could take for something else is an error, a sentence for
// the answer's body. Thread: a value.
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace hs::control {

struct HttpRequest {
    QByteArray method;
    QByteArray target; // as sent, "/?rtp=hex"; origin-form only
    int minorVersion = 1; // HTTP/1.x
    QList<std::pair<QByteArray, QByteArray>> fields; // names in lower case, values trimmed

    // A whole head with its empty line, and nothing behind it.
    static base::Result<HttpRequest> parse(QByteArrayView head);

    QByteArrayView path() const; // before the '?', not decoded
    // Percent-decoded; nothing if the query has no such name, the first value if several.
    std::optional<QByteArray> queryValue(QByteArrayView name) const;
    qsizetype count(QByteArrayView name) const; // how many fields of this name, in lower case
    QByteArrayView value(QByteArrayView name) const; // the first one's; empty without one
    // One of the comma-separated tokens of the first field of that name.
    bool hasToken(QByteArrayView name, QByteArrayView token) const;

    friend bool operator==(const HttpRequest&, const HttpRequest&) = default;
};

// Length of the head with its empty line in what has arrived so far; nothing while it is
// unfinished.
std::optional<qsizetype> headLength(QByteArrayView received);

} // namespace hs::control
