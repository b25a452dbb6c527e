// SdpParser: reads one SDP text line by line into a SessionDescription. Linear in the text; every
// number is checked. Used once. Thread: a value.
#pragma once

#include "sdp/SessionDescription.h"

namespace hs::sdp {

class SdpParser {
public:
    // The text must outlive the parser.
    explicit SdpParser(QByteArrayView text);

    base::Result<SessionDescription, SdpError> run();

private:
    using Failure = std::optional<QString>; // nothing: the line was read

    Failure readLine(QByteArrayView line);
    Failure readSessionLine(char type, QByteArrayView value);
    Failure readMediaLine(char type, QByteArrayView value);
    Failure readVersion(QByteArrayView value);
    Failure readOrigin(QByteArrayView value);
    Failure readConnection(QByteArrayView value, std::optional<Connection>& into,
                           QList<OtherLine>& others);
    Failure readTiming(QByteArrayView value);
    Failure readMedia(QByteArrayView value);
    Failure readAttribute(QByteArrayView value, QList<Attribute>& into);
    Failure keep(char type, QByteArrayView value, QList<OtherLine>& into);

    QByteArrayView m_rest;
    SessionDescription m_result;
    bool m_hasVersion = false;
    bool m_hasOrigin = false;
    bool m_hasName = false;
};

} // namespace hs::sdp
