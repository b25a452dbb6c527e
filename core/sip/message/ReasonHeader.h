// ReasonHeader: why a request was sent (RFC 3326): "SIP;cause=200;text="Call completed elsewhere"".
// Of several values the first cause of each protocol and the first text count. Thread: a value.
#pragma once

#include "sip/message/Headers.h"

#include <QString>

namespace hs::sip {

struct ReasonHeader {
    int sipCause = 0; // a status code; 0: not said
    int q850Cause = 0; // of the telephone network, 1 to 127; 0: not said
    QString text; // printable; empty: not said

    // The values of all its lines as one list; empty: there is none.
    static QByteArray valueOf(const Headers& headers);
    // What is malformed says nothing.
    static ReasonHeader parse(QByteArrayView value);
    // Somebody else has answered the call (RFC 3326 section 3.1; of a telephone network 26).
    bool isAnsweredElsewhere() const { return sipCause == 200 || q850Cause == 26; }
    // The text, else what the cause stands for; empty: nobody knows.
    QString words() const;
};

} // namespace hs::sip
