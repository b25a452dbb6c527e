#include "sip/message/HeaderSection.h"

#include "base/Text.h"

namespace hs::sip {

namespace {
constexpr qsizetype usualFieldCount = 16;

bool isNeededForAnswer(HeaderId id)
{
    return id == HeaderId::Via || id == HeaderId::From || id == HeaderId::To
        || id == HeaderId::CallId || id == HeaderId::CSeq;
}
} // namespace

HeaderSection::HeaderSection(LineReader lines, const ParserLimits& limits)
    : m_lines(lines)
    , m_limits(limits)
{
    m_headers.reserve(usualFieldCount);
    for (QByteArrayView line; m_lines.next(line) && !line.isEmpty();) {
        takeLogicalLine(line);
    }
}

void HeaderSection::takeLogicalLine(QByteArrayView first)
{
    qsizetype length = first.size();
    QByteArrayView whole = first;
    if (m_lines.continues()) {
        m_unfolded = base::trimmed(first).toByteArray();
        for (QByteArrayView more; m_lines.continues() && m_lines.next(more);) {
            length += more.size();
            const QByteArrayView text = base::trimmed(more);
            if (!text.isEmpty()) {
                m_unfolded += ' ';
                m_unfolded += text;
            }
        }
        whole = m_unfolded;
        // What begins with a blank here follows the start line and continues no header field.
        if (grammar::isBlank(first.front())) {
            setFault(QByteArrayLiteral("Bad Header Line"));
            return;
        }
    }
    if (m_lines.isCut()) {
        setFault(QByteArrayLiteral("Incomplete Header Line"));
        return; // half an address must not be taken for one
    }
    if (length > m_limits.lineBytes) {
        setFault(QByteArrayLiteral("Header Line Too Long"));
    }
    takeField(whole);
}

void HeaderSection::takeField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    qsizetype nameEnd = qMax<qsizetype>(colon, 0);
    while (nameEnd > 0 && grammar::isBlank(line[nameEnd - 1])) {
        --nameEnd; // HCOLON: blanks before the colon
    }
    const QByteArrayView name = line.first(nameEnd);
    // A CR that ends no line: others may see two lines here.
    if (!grammar::isToken(name) || line.contains('\r')) {
        setFault(QByteArrayLiteral("Bad Header Line"));
        return;
    }
    const HeaderId id = headerId(name);
    const QByteArrayView value = base::trimmed(line.sliced(colon + 1));
    if (id == HeaderId::ContentLength) {
        ++m_contentLengthCount;
        m_contentLength = base::parseU32(value);
        return;
    }
    if (++m_fieldCount > m_limits.headers) {
        setFault(QByteArrayLiteral("Too Many Header Lines"));
        if (!isNeededForAnswer(id) || m_headers.has(id)) {
            return;
        }
    }
    m_headers.append(
        {id, id == HeaderId::Other ? name.toByteArray() : headerName(id), value.toByteArray()});
}

void HeaderSection::setFault(const QByteArray& fault)
{
    if (m_fault.isEmpty()) {
        m_fault = fault;
    }
}

std::optional<QByteArrayView> HeaderSection::body(QByteArray& fault) const
{
    const QByteArrayView rest = m_lines.rest();
    if (m_contentLengthCount == 0) {
        return rest; // section 18.3: to the end of the datagram
    }
    if (m_contentLengthCount > 1) {
        fault = QByteArrayLiteral("More Than One Content-Length");
        return std::nullopt;
    }
    if (!m_contentLength) {
        fault = QByteArrayLiteral("Bad Content-Length");
        return std::nullopt;
    }
    if (*m_contentLength > static_cast<std::uint64_t>(rest.size())) {
        fault = QByteArrayLiteral("Content-Length Beyond the End");
        return std::nullopt;
    }
    return rest.first(static_cast<qsizetype>(*m_contentLength));
}

} // namespace hs::sip
