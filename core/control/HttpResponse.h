// HttpResponse: one answer of ours to a request that does not become a WebSocket. The connection is
// closed behind each. Thread: a value.
#pragma once

#include <QByteArray>
#include <QString>

namespace hs::control {

struct HttpResponse {
    int status = 200;
    QByteArray body;
    QByteArray contentType = QByteArrayLiteral("text/plain; charset=utf-8");
    QByteArray extraField; // "Allow: GET, HEAD", without a line end; empty for none

    // A sentence as the body.
    static HttpResponse refusal(int status, const QString& why, const QByteArray& extraField = {});

    // The bytes to send; without the body for the answer to a HEAD.
    QByteArray toBytes(bool withBody = true) const;

    friend bool operator==(const HttpResponse&, const HttpResponse&) = default;
};

} // namespace hs::control
