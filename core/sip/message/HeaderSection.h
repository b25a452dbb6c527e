// HeaderSection: the header lines of a message taken apart: unfolded, names and values split, the
// end of the section found (RFC 3261 section 7.3.1). Thread: a value.
#pragma once

#include "sip/message/LineReader.h"
#include "sip/message/Parser.h"

namespace hs::sip {

class HeaderSection {
public:
    // `lines` is behind the start line.
    HeaderSection(LineReader lines, const ParserLimits& limits);

    // Without Content-Length. Beyond the limit of header lines only what an answer needs.
    Headers& headers() { return m_headers; }
    // The first that is wrong with a line, as a reason phrase; empty if nothing is.
    const QByteArray& fault() const { return m_fault; }
    // The body as Content-Length cuts it from what follows the section; nothing, and a reason in
    // `fault`, if that can't be told.
    std::optional<QByteArrayView> body(QByteArray& fault) const;
    int contentLengthCount() const { return m_contentLengthCount; }
    // Of the last, if it is a number.
    std::optional<quint32> contentLength() const { return m_contentLength; }

private:
    void takeLogicalLine(QByteArrayView first);
    void takeField(QByteArrayView line);
    void setFault(const QByteArray& fault);

    LineReader m_lines;
    const ParserLimits& m_limits;
    Headers m_headers;
    QByteArray m_fault;
    QByteArray m_unfolded;
    qsizetype m_fieldCount = 0;
    int m_contentLengthCount = 0;
    std::optional<quint32> m_contentLength;
};

} // namespace hs::sip
