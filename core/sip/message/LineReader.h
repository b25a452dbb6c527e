// LineReader: the lines of a message head, one by one, ended by CRLF or LF alone (RFC 3261 section
// 7). Views into the text. Thread: a value.
#pragma once

#include <QByteArrayView>

namespace hs::sip {

class LineReader {
public:
    explicit LineReader(QByteArrayView text)
        : m_text(text)
    {
    }

    // The next line without its end; false when nothing is left.
    bool next(QByteArrayView& line)
    {
        if (m_position >= m_text.size()) {
            return false;
        }
        const qsizetype lineFeed = m_text.indexOf('\n', m_position);
        m_isCut = lineFeed < 0;
        line = m_text.sliced(m_position, (m_isCut ? m_text.size() : lineFeed) - m_position);
        m_position = m_isCut ? m_text.size() : lineFeed + 1;
        if (!m_isCut && line.endsWith('\r')) {
            line.chop(1);
        }
        return true;
    }
    // The text ended before the last line did.
    bool isCut() const { return m_isCut; }
    // The next line continues the last one (folding, section 7.3.1).
    bool continues() const
    {
        return m_position < m_text.size()
            && (m_text[m_position] == ' ' || m_text[m_position] == '\t');
    }
    QByteArrayView rest() const { return m_text.sliced(m_position); }

private:
    QByteArrayView m_text;
    qsizetype m_position = 0;
    bool m_isCut = false;
};

} // namespace hs::sip
