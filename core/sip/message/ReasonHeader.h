// ReasonHeader: why a request was sent (RFC 3326): "SIP;cause=200;text="Call completed elsewhere"".
// Of several values the SIP one's cause and the first text count. Thread: a value.
#pragma once

#include <QByteArrayView>
#include <QString>

namespace hs::sip {

struct ReasonHeader {
    int sipCause = 0; // a status code; 0: not said
    QString text; // printable; empty: not said

    // What is malformed says nothing.
    static ReasonHeader parse(QByteArrayView value);
};

} // namespace hs::sip
