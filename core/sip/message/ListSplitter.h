// ListSplitter: the elements of a comma-separated header value, one by one (RFC 3261
// section 7.3.1). Commas in quoted strings, in <> and, where asked for, in comments separate
// nothing. Elements come without the blanks around them; an empty one (",,") comes as such, and an
// empty text is one empty element. Views into the text. Thread: a value.
#pragma once

#include <QByteArrayView>

namespace hs::sip {

class ListSplitter {
public:
    // Only headers whose grammar has comments may ask for them: '(' is a plain character in a URI.
    enum class Comments { None, Respected };

    explicit ListSplitter(QByteArrayView text, Comments comments = Comments::None);

    bool next(QByteArrayView& element);
    // What follows the element that next() gave last, without its comma.
    QByteArrayView rest() const { return m_text.sliced(qMin(m_position, m_text.size())); }

private:
    qsizetype elementEnd(qsizetype from) const;

    QByteArrayView m_text;
    qsizetype m_position = 0; // past the size: the last element was given
    bool m_comments;
};

} // namespace hs::sip
