#include "sip/message/StreamParser.h"

#include "sip/message/Grammar.h"
#include "sip/message/HeaderSection.h"
#include "sip/message/StartLine.h"

namespace hs::sip {

namespace {
// A body larger than is read may pass by, so that the calls of the same connection live; not one
// that keeps it busy for good.
constexpr qint64 mostSkipped = 1 << 20;
// Consumed octets in front are given back when they are so many.
constexpr qsizetype compactFrom = 64 * 1024;

bool isPadding(char c)
{
    return c == '\r' || c == '\n' || c == '\0';
}
} // namespace

StreamParser::StreamParser(const ParserLimits& limits)
    : m_limits(limits)
{
}

void StreamParser::append(QByteArrayView bytes)
{
    m_itemSize = 0;
    if (m_ended) {
        return;
    }
    if (m_start == m_bytes.size() || m_start >= compactFrom) {
        m_bytes.remove(0, m_start);
        m_scanned -= m_start;
        m_lineStart -= m_start;
        m_start = 0;
    }
    m_bytes.append(bytes);
}

QByteArrayView StreamParser::text() const
{
    return QByteArrayView(m_bytes).sliced(m_itemStart, m_itemSize);
}

std::optional<StreamItem> StreamParser::next()
{
    m_itemSize = 0;
    if (m_ended || !skipRest()) {
        return std::nullopt;
    }
    if (m_headSize == 0 && m_scanned == m_start) {
        if (auto lineEnds = takeLineEnds()) {
            return lineEnds;
        }
        if (m_start == m_bytes.size()) {
            return std::nullopt;
        }
        if (!grammar::isTokenChar(m_bytes.at(m_start))) {
            return end(QByteArrayLiteral("what came is no SIP"), 0, 0, {});
        }
    }
    if (m_headSize == 0 && !findHead()) {
        // RFC 3261 section 21.4.24; what has come of the head may be enough to answer it.
        if (m_bytes.size() - m_start > m_limits.messageBytes) {
            return end(QByteArrayLiteral("a header section too long"), m_lineStart - m_start, 513,
                       QByteArrayLiteral("Message Too Large"));
        }
        return std::nullopt;
    }
    if (!m_lengthFault.isEmpty()) {
        return end(m_lengthFault, m_headSize, 400, m_lengthFault);
    }
    const qint64 size = m_headSize + m_bodySize;
    if (size > m_limits.messageBytes) {
        return takeTooLarge();
    }
    if (size > m_bytes.size() - m_start) {
        return std::nullopt;
    }
    return takeMessage(static_cast<qsizetype>(size));
}

std::optional<StreamItem> StreamParser::takeLineEnds()
{
    // A CR alone may be half a line end: RFC 3261 section 7.5 has them ignored before a message.
    StreamLineEnds lineEnds;
    qsizetype size = 0;
    while (m_start + size < m_bytes.size() && isPadding(m_bytes.at(m_start + size))) {
        lineEnds.count += m_bytes.at(m_start + size) == '\n' ? 1 : 0;
        ++size;
    }
    consume(size);
    return lineEnds.count > 0 ? std::optional<StreamItem>(lineEnds) : std::nullopt;
}

// False while octets of a body are missing that nobody will read.
bool StreamParser::skipRest()
{
    const qint64 here = qMin<qint64>(m_skip, m_bytes.size() - m_start);
    if (here > 0) {
        consume(static_cast<qsizetype>(here));
        m_skip -= here;
    }
    return m_skip == 0;
}

bool StreamParser::findHead()
{
    for (;;) {
        const qsizetype lineFeed = m_bytes.indexOf('\n', m_scanned);
        if (lineFeed < 0) {
            m_scanned = m_bytes.size();
            return false;
        }
        const QByteArrayView line =
            QByteArrayView(m_bytes).sliced(m_lineStart, lineFeed - m_lineStart);
        m_scanned = m_lineStart = lineFeed + 1;
        if (line.isEmpty() || line == QByteArrayView("\r")) {
            m_headSize = m_lineStart - m_start;
            measure();
            return true;
        }
    }
}

// Read as the parser reads it, or a peer could hide a message in the difference.
void StreamParser::measure()
{
    LineReader lines(QByteArrayView(m_bytes).sliced(m_start, m_headSize));
    QByteArrayView startLine;
    lines.next(startLine);
    const HeaderSection section(lines, m_limits);
    m_bodySize = 0;
    m_lengthFault.clear();
    if (section.contentLengthCount() == 0) {
        m_lengthFault = QByteArrayLiteral("Missing Content-Length"); // section 20.14
    } else if (section.contentLengthCount() > 1) {
        m_lengthFault = QByteArrayLiteral("More Than One Content-Length");
    } else if (!section.contentLength()) {
        m_lengthFault = QByteArrayLiteral("Bad Content-Length");
    } else {
        m_bodySize = *section.contentLength();
    }
}

StreamItem StreamParser::takeMessage(qsizetype size)
{
    Parsed parsed = parseDatagram(QByteArrayView(m_bytes).sliced(m_start, size), m_limits);
    if (auto* unparsable = std::get_if<Unparsable>(&parsed)) {
        if (!beginsLikeResponse(QByteArrayView(m_bytes).sliced(m_start))) {
            return end(std::move(unparsable->why), size, 0, {});
        }
        consume(size);
        return std::move(*unparsable);
    }
    consume(size);
    if (auto* response = std::get_if<ParsedResponse>(&parsed)) {
        return std::move(*response);
    }
    return std::get<ParsedRequest>(std::move(parsed));
}

StreamItem StreamParser::takeTooLarge()
{
    const qint64 skip = m_bodySize;
    StreamItem item = end(QByteArrayLiteral("a message too large"), m_headSize, 513,
                          QByteArrayLiteral("Message Too Large"));
    StreamEnd& ending = std::get<StreamEnd>(item);
    if (m_headSize > m_limits.messageBytes || skip > mostSkipped) {
        return item;
    }
    m_ended = false;
    consume(m_headSize);
    m_skip = skip;
    if (ending.request) {
        return std::move(*ending.request);
    }
    return Unparsable{ending.why, false};
}

StreamItem StreamParser::end(QByteArray why, qsizetype size, int statusCode,
                             const QByteArray& reason)
{
    m_ended = true;
    m_itemStart = m_start;
    m_itemSize = m_bytes.size() - m_start;
    StreamEnd ending{std::move(why), std::nullopt};
    if (statusCode != 0) {
        Parsed parsed = parseDatagram(QByteArrayView(m_bytes).sliced(m_start, size), m_limits);
        if (auto* request = std::get_if<ParsedRequest>(&parsed)) {
            request->defect = Defect{statusCode, reason};
            ending.request = std::move(*request);
        }
    }
    return ending;
}

void StreamParser::consume(qsizetype size)
{
    m_itemStart = m_start;
    m_itemSize = size;
    m_start += size;
    m_scanned = m_lineStart = m_start;
    m_headSize = 0;
}

} // namespace hs::sip
