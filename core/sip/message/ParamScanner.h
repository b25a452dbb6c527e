// ParamScanner: the parameters behind a header value, ";name=value;name" (generic-param of RFC 3261
// section 25.1), one by one, without copying. The value is raw: a quoted string keeps its quotes.
// An empty parameter (";;") or anything else that is none ends the scan with failed().
// Thread: a value.
#pragma once

#include <QByteArrayView>

namespace hs::sip {

struct ParamSpan {
    QByteArrayView name;
    QByteArrayView value;
    bool hasValue = false;
};

class ParamScanner {
public:
    // The text starts at the first semicolon, blanks before it allowed.
    explicit ParamScanner(QByteArrayView text)
        : m_text(text)
    {
    }

    bool next(ParamSpan& param);
    bool failed() const { return m_failed; }
    // After a failure: goes on behind what could not be read, at the next semicolon.
    void skipFault();

private:
    bool fail();

    QByteArrayView m_text;
    qsizetype m_position = 0;
    bool m_failed = false;
};

} // namespace hs::sip
