#include "sip/message/Headers.h"

#include "base/Text.h"
#include "sip/message/ListSplitter.h"

#include <algorithm>

namespace hs::sip {

// What is looked for: an id, or a name that has none.
struct Headers::Key {
    HeaderId id;
    QByteArrayView name;

    explicit Key(HeaderId knownId)
        : id(knownId)
    {
    }
    explicit Key(QByteArrayView anyName)
        : id(headerId(anyName))
        , name(anyName)
    {
    }

    bool matches(const Header& header) const
    {
        return header.id == id
            && (id != HeaderId::Other || base::equalsIgnoreCase(header.name, name));
    }
    Header with(QByteArray value) const
    {
        return {id, id == HeaderId::Other ? name.toByteArray() : headerName(id), std::move(value)};
    }

    std::optional<QByteArrayView> first(const QList<Header>& headers) const
    {
        for (const Header& header : headers) {
            if (matches(header)) {
                return QByteArrayView(header.value);
            }
        }
        return std::nullopt;
    }
    QList<QByteArrayView> all(const QList<Header>& headers) const
    {
        QList<QByteArrayView> result;
        for (const Header& header : headers) {
            if (matches(header)) {
                result.append(header.value);
            }
        }
        return result;
    }
    void set(QList<Header>& headers, QByteArray value) const
    {
        for (qsizetype i = 0; i < headers.size(); ++i) {
            if (matches(headers.at(i))) {
                headers[i] = with(std::move(value));
                headers.erase(std::remove_if(headers.begin() + i + 1, headers.end(),
                                             [this](const Header& h) { return matches(h); }),
                              headers.end());
                return;
            }
        }
        headers.append(with(std::move(value)));
    }
    void remove(QList<Header>& headers) const
    {
        headers.removeIf([this](const Header& header) { return matches(header); });
    }
    qsizetype count(const QList<Header>& headers) const
    {
        return std::count_if(headers.begin(), headers.end(),
                             [this](const Header& header) { return matches(header); });
    }
    QList<QByteArrayView> values(const QList<Header>& headers) const
    {
        // Addresses and hops have no comments, yet '(' may be part of a URI.
        const bool addresses = id == HeaderId::Via || id == HeaderId::Contact
            || id == HeaderId::Route || id == HeaderId::RecordRoute;
        const auto comments =
            addresses ? ListSplitter::Comments::None : ListSplitter::Comments::Respected;
        QList<QByteArrayView> result;
        for (const Header& header : headers) {
            if (!matches(header)) {
                continue;
            }
            ListSplitter splitter(header.value, comments);
            for (QByteArrayView element; splitter.next(element);) {
                if (!element.isEmpty()) {
                    result.append(element);
                }
            }
        }
        return result;
    }
};

void Headers::add(QByteArrayView name, QByteArray value)
{
    m_headers.append(Key(name).with(std::move(value)));
}

void Headers::add(HeaderId id, QByteArray value)
{
    m_headers.append(Key(id).with(std::move(value)));
}

void Headers::prepend(QByteArrayView name, QByteArray value)
{
    m_headers.prepend(Key(name).with(std::move(value)));
}

void Headers::set(QByteArrayView name, QByteArray value)
{
    Key(name).set(m_headers, std::move(value));
}

void Headers::set(HeaderId id, QByteArray value)
{
    Key(id).set(m_headers, std::move(value));
}

void Headers::setFirst(HeaderId id, QByteArray value)
{
    for (qsizetype i = 0; i < m_headers.size(); ++i) {
        if (m_headers.at(i).id == id) {
            m_headers[i].value = std::move(value);
            return;
        }
    }
    m_headers.prepend(Key(id).with(std::move(value)));
}

void Headers::remove(QByteArrayView name)
{
    Key(name).remove(m_headers);
}

void Headers::remove(HeaderId id)
{
    Key(id).remove(m_headers);
}

std::optional<QByteArrayView> Headers::first(QByteArrayView name) const
{
    return Key(name).first(m_headers);
}

std::optional<QByteArrayView> Headers::first(HeaderId id) const
{
    return Key(id).first(m_headers);
}

QList<QByteArrayView> Headers::all(QByteArrayView name) const
{
    return Key(name).all(m_headers);
}

QList<QByteArrayView> Headers::all(HeaderId id) const
{
    return Key(id).all(m_headers);
}

QList<QByteArrayView> Headers::values(QByteArrayView name) const
{
    return Key(name).values(m_headers);
}

QList<QByteArrayView> Headers::values(HeaderId id) const
{
    return Key(id).values(m_headers);
}

qsizetype Headers::count(QByteArrayView name) const
{
    return Key(name).count(m_headers);
}

qsizetype Headers::count(HeaderId id) const
{
    return Key(id).count(m_headers);
}

} // namespace hs::sip
