#include "sip/message/ListSplitter.h"

#include "base/Text.h"

namespace hs::sip {

namespace {
// Past the quoted string that opens at `from`, whatever it holds; the end if it never closes.
qsizetype pastQuotes(QByteArrayView text, qsizetype from)
{
    for (qsizetype i = from + 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            return i + 1;
        }
        if (text[i] == '\\') {
            ++i;
        }
    }
    return text.size();
}

// Comments nest (RFC 3261 section 25.1). Where they do not balance, parentheses are plain text.
bool commentsBalance(QByteArrayView text)
{
    qsizetype depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"' && depth == 0) {
            i = pastQuotes(text, i) - 1;
        } else if (text[i] == '\\' && depth > 0) {
            ++i;
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')' && --depth < 0) {
            return false;
        }
    }
    return depth == 0;
}
} // namespace

ListSplitter::ListSplitter(QByteArrayView text, Comments comments)
    : m_text(text)
    , m_comments(comments == Comments::Respected && text.contains('(') && commentsBalance(text))
{
}

bool ListSplitter::next(QByteArrayView& element)
{
    if (m_position > m_text.size()) {
        return false;
    }
    const qsizetype end = elementEnd(m_position);
    element = base::trimmed(m_text.sliced(m_position, end - m_position));
    m_position = end + 1;
    return true;
}

qsizetype ListSplitter::elementEnd(qsizetype from) const
{
    qsizetype commentDepth = 0;
    bool inBrackets = false;
    for (qsizetype i = from; i < m_text.size(); ++i) {
        const char c = m_text[i];
        if (commentDepth > 0) {
            if (c == '\\') {
                ++i;
            } else {
                commentDepth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        } else if (inBrackets) {
            inBrackets = c != '>';
        } else if (c == '"') {
            i = pastQuotes(m_text, i) - 1;
        } else if (c == '<') {
            inBrackets = true;
        } else if (c == '(' && m_comments) {
            ++commentDepth;
        } else if (c == ',') {
            return i;
        }
    }
    return m_text.size();
}

} // namespace hs::sip
