#include "sip/message/Params.h"

#include "base/Text.h"
#include "sip/message/ParamScanner.h"

#include <algorithm>

namespace hs::sip {

namespace {
bool canStandUnquoted(QByteArrayView value)
{
    if (value.startsWith('"')) {
        return grammar::skipQuotedString(value, 0) == value.size();
    }
    return !value.isEmpty() && std::all_of(value.begin(), value.end(), grammar::isParamValueChar);
}
} // namespace

std::optional<Params> Params::parse(QByteArrayView text)
{
    Params params;
    ParamScanner scanner(text);
    for (ParamSpan span; scanner.next(span);) {
        params.append({span.name.toByteArray(), span.value.toByteArray(), span.hasValue});
    }
    return scanner.failed() ? std::nullopt : std::optional(std::move(params));
}

qsizetype Params::indexOf(QByteArrayView name) const
{
    for (qsizetype i = 0; i < m_params.size(); ++i) {
        if (base::equalsIgnoreCase(m_params.at(i).name, name)) {
            return i;
        }
    }
    return -1;
}

std::optional<QByteArrayView> Params::find(QByteArrayView name) const
{
    const qsizetype index = indexOf(name);
    return index < 0 ? std::nullopt : std::optional(QByteArrayView(m_params.at(index).value));
}

QByteArray Params::unquoted(QByteArrayView name) const
{
    const std::optional<QByteArrayView> raw = find(name);
    return raw ? grammar::unquoted(*raw) : QByteArray();
}

void Params::set(QByteArrayView name, const QByteArray& value)
{
    put({name.toByteArray(), canStandUnquoted(value) ? value : grammar::quoted(value), true});
}

void Params::set(QByteArrayView name)
{
    put({name.toByteArray(), {}, false});
}

void Params::put(Param param)
{
    const qsizetype index = indexOf(param.name);
    if (index < 0) {
        m_params.append(std::move(param));
    } else {
        m_params[index] = std::move(param);
    }
}

void Params::remove(QByteArrayView name)
{
    m_params.removeIf(
        [name](const Param& param) { return base::equalsIgnoreCase(param.name, name); });
}

void Params::appendTo(QByteArray& out) const
{
    for (const Param& param : m_params) {
        out += ';';
        out += param.name;
        if (param.hasValue) {
            out += '=';
            out += param.value;
        }
    }
}

std::optional<ParameterizedValue> ParameterizedValue::parse(QByteArrayView text)
{
    const qsizetype semicolon = text.indexOf(';');
    const QByteArrayView value = base::trimmed(semicolon < 0 ? text : text.first(semicolon));
    std::optional<Params> params =
        Params::parse(semicolon < 0 ? QByteArrayView() : text.sliced(semicolon));
    if (value.isEmpty() || !params) {
        return std::nullopt;
    }
    return ParameterizedValue{value.toByteArray(), std::move(*params)};
}

QByteArray ParameterizedValue::toBytes() const
{
    QByteArray out = value;
    params.appendTo(out);
    return out;
}

} // namespace hs::sip
