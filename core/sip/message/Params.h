// Params: the parameters of a header value or a SIP URI, in their order and with the case in which
// they were written; names are compared without case (RFC 3261 section 7.3.1). Values are raw, as
// on the wire: a quoted string keeps its quotes, unquoted() takes them off. Of a name that stands
// twice the first counts. Thread: a value.
#pragma once

#include "sip/message/Grammar.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace hs::sip {

struct Param {
    QByteArray name;
    QByteArray value;
    bool hasValue = false; // ";lr" has none, ";lr=" an empty one

    friend bool operator==(const Param&, const Param&) = default;
};

class Params {
public:
    // ";name=value;name" behind a header value. Nothing if a part of it is no parameter; an empty
    // text is an empty list.
    static std::optional<Params> parse(QByteArrayView text);

    // The raw value; empty (but there) for a parameter without one.
    std::optional<QByteArrayView> find(QByteArrayView name) const;
    bool has(QByteArrayView name) const { return indexOf(name) >= 0; }
    // The value without quotes and quoted-pairs; empty if there is none.
    QByteArray unquoted(QByteArrayView name) const;

    // Replaces the first of that name in its place, or appends. A value that can't stand as it is
    // (blanks, separators) is put in quotes.
    void set(QByteArrayView name, const QByteArray& value);
    void set(QByteArrayView name); // without a value
    void remove(QByteArrayView name); // all of that name
    // Behind the others, as it stands.
    void append(Param param) { m_params.append(std::move(param)); }

    bool isEmpty() const { return m_params.isEmpty(); }
    qsizetype size() const { return m_params.size(); }
    auto begin() const { return m_params.cbegin(); }
    auto end() const { return m_params.cend(); }

    // Adds ";name=value" for each.
    void appendTo(QByteArray& out) const;

    friend bool operator==(const Params&, const Params&) = default;

private:
    qsizetype indexOf(QByteArrayView name) const;
    void put(Param param);

    QList<Param> m_params;
};

// A header value with parameters that is no address: "refer;id=93809824", "1800;refresher=uac",
// "active;expires=60". Nothing if the value is empty or the parameters are malformed.
struct ParameterizedValue {
    QByteArray value;
    Params params;

    static std::optional<ParameterizedValue> parse(QByteArrayView text);
    QByteArray toBytes() const;
    friend bool operator==(const ParameterizedValue&, const ParameterizedValue&) = default;
};

} // namespace hs::sip
