// Headers: the header fields of a message in their order. Names are matched without case and in
// their compact form too: first("v") finds "Via" (RFC 3261 sections 7.3.1 and 7.3.3). Names that we
// know are kept in their long form, others as they came. Content-Length is not among them: it says
// how long the body is on the wire, and the serializer writes it.
// Thread: a value. Views into it live until the next change.
#pragma once

#include "sip/message/HeaderName.h"

#include <QList>

#include <optional>

namespace hs::sip {

struct Header {
    HeaderId id = HeaderId::Other;
    QByteArray name;
    QByteArray value;

    friend bool operator==(const Header&, const Header&) = default;
};

class Headers {
public:
    void add(QByteArrayView name, QByteArray value); // behind all others
    void prepend(QByteArrayView name, QByteArray value); // before all others
    // One header of that name instead of all there are, in the place of the first.
    void set(QByteArrayView name, QByteArray value);
    void remove(QByteArrayView name); // all of that name

    std::optional<QByteArrayView> first(QByteArrayView name) const;
    // One for each header line, lists not split.
    QList<QByteArrayView> all(QByteArrayView name) const;
    // The elements of all lines of a comma-separated header, without empty ones. Not for the four
    // authentication headers, whose commas separate parameters.
    QList<QByteArrayView> values(QByteArrayView name) const;
    qsizetype count(QByteArrayView name) const; // lines
    bool has(QByteArrayView name) const { return first(name).has_value(); }

    // The same by id, without the look-up of the name.
    void add(HeaderId id, QByteArray value);
    void set(HeaderId id, QByteArray value);
    // Only the first line of that name gets another value; before all others if there is none.
    void setFirst(HeaderId id, QByteArray value);
    void remove(HeaderId id);
    std::optional<QByteArrayView> first(HeaderId id) const;
    QList<QByteArrayView> all(HeaderId id) const;
    QList<QByteArrayView> values(HeaderId id) const;
    qsizetype count(HeaderId id) const;
    bool has(HeaderId id) const { return first(id).has_value(); }

    void append(Header header) { m_headers.append(std::move(header)); }
    void reserve(qsizetype size) { m_headers.reserve(size); }
    bool isEmpty() const { return m_headers.isEmpty(); }
    qsizetype size() const { return m_headers.size(); }
    auto begin() const { return m_headers.cbegin(); }
    auto end() const { return m_headers.cend(); }

    friend bool operator==(const Headers&, const Headers&) = default;

private:
    struct Key;

    QList<Header> m_headers;
};

} // namespace hs::sip
