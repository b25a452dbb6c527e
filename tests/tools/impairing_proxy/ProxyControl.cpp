#include "ProxyControl.h"

#include <QJsonDocument>

namespace hs::test {

namespace {

using namespace Qt::Literals::StringLiterals;

base::Result<base::Endpoint> endpointOf(const QString& key, const QJsonValue& value)
{
    const QByteArray text = value.toString().toLatin1();
    const qsizetype colon = text.lastIndexOf(':');
    const auto address = base::IpAddress::parse(text.left(colon));
    bool isNumber = false;
    const int port = text.mid(colon + 1).toInt(&isNumber);
    if (colon < 0 || !address || !isNumber || port < 1 || port > 65534) {
        return base::Error{u"%1: this should be ADDRESS:PORT"_s.arg(key)};
    }
    return base::Endpoint(*address, static_cast<std::uint16_t>(port));
}

base::Result<NatRules::Behaviour> behaviourOf(const QString& key, const QJsonValue& value)
{
    const QString text = value.toString();
    if (text == u"independent") {
        return NatRules::Behaviour::EndpointIndependent;
    }
    if (text == u"address") {
        return NatRules::Behaviour::AddressDependent;
    }
    if (text == u"address_and_port") {
        return NatRules::Behaviour::AddressAndPortDependent;
    }
    return base::Error{u"%1: this should be independent, address or address_and_port"_s.arg(key)};
}

base::Result<NatRules> natOf(const QJsonObject& json)
{
    NatRules rules = NatRules::symmetric();
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() == u"timeout_ms" && it.value().toInt() > 0) {
            rules.timeout = std::chrono::milliseconds(it.value().toInt());
        } else if (it.key() == u"mapping" || it.key() == u"filtering") {
            const auto behaviour = behaviourOf(it.key(), it.value());
            if (!behaviour) {
                return behaviour.error();
            }
            (it.key() == u"mapping" ? rules.mapping : rules.filtering) = *behaviour;
        } else {
            return base::Error{
                u"nat: %1: there is no such rule, or not with this value"_s.arg(it.key())};
        }
    }
    return rules;
}

template <class T, class U>
std::optional<base::Error> put(base::Result<T> read, U& into)
{
    if (!read) {
        return read.error();
    }
    into = std::move(read).value();
    return std::nullopt;
}

QJsonObject countsOf(const ImpairedLine& line)
{
    const ImpairedLine::Counts& counts = line.counts();
    return {{u"sent"_s, qint64(counts.sent)},
            {u"lost"_s, qint64(counts.lost)},
            {u"bursts"_s, qint64(counts.bursts)},
            {u"duplicated"_s, qint64(counts.duplicated)},
            {u"reordered"_s, qint64(counts.reordered)}};
}

} // namespace

base::Result<UdpProxy::Options> ProxyControl::options(const QJsonObject& json)
{
    UdpProxy::Options options;
    std::optional<base::Error> error;
    for (auto it = json.begin(); it != json.end() && !error; ++it) {
        if (it.key() == u"to_near") {
            error = put(Impairments::fromJson(it.value().toObject()), options.toNear);
        } else if (it.key() == u"to_far") {
            error = put(Impairments::fromJson(it.value().toObject()), options.toFar);
        } else if (it.key() == u"nat") {
            error = put(natOf(it.value().toObject()), options.nat);
        } else if (it.key() == u"rtcp" && it.value().isBool()) {
            options.carriesRtcp = it.value().toBool();
        } else if (it.key() == u"seed" && it.value().isDouble()) {
            options.seed = static_cast<std::uint64_t>(it.value().toInteger());
        } else {
            error =
                base::Error{u"%1: there is no such option, or not with this value"_s.arg(it.key())};
        }
    }
    return error ? base::Result<UdpProxy::Options>(*error) : options;
}

base::Result<ProxyControl::Orders> ProxyControl::read(const QByteArray& line) const
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject()) {
        return base::Error{u"this is no JSON object"_s};
    }
    Orders orders;
    std::optional<base::Error> error;
    const QJsonObject json = document.object();
    for (auto it = json.begin(); it != json.end() && !error; ++it) {
        if (it.key() == u"near") {
            error = put(endpointOf(it.key(), it.value()), orders.nearEnd);
        } else if (it.key() == u"far") {
            error = put(endpointOf(it.key(), it.value()), orders.farEnd);
        } else if (it.key() == u"to_near") {
            error = put(Impairments::fromJson(it.value().toObject()), orders.toNear);
        } else if (it.key() == u"to_far") {
            error = put(Impairments::fromJson(it.value().toObject()), orders.toFar);
        } else if (it.key() == u"rebind" && m_proxy.nat()) {
            orders.rebind = it.value().toBool();
        } else if (it.key() == u"statistics") {
            orders.statistics = it.value().toBool();
        } else {
            error = base::Error{u"%1: there is no such order"_s.arg(it.key())};
        }
    }
    return error ? base::Result<Orders>(*error) : orders;
}

QJsonObject ProxyControl::obey(const QByteArray& line)
{
    const auto orders = read(line);
    if (!orders) {
        return {{u"error"_s, orders.error().text}};
    }
    m_proxy.setNear(orders->nearEnd.value_or(m_proxy.nearEnd()));
    m_proxy.setFar(orders->farEnd.value_or(m_proxy.farEnd()));
    m_proxy.toNear().change(orders->toNear.value_or(m_proxy.toNear().impairments()));
    m_proxy.toFar().change(orders->toFar.value_or(m_proxy.toFar().impairments()));
    if (orders->rebind) {
        m_proxy.nat()->rebind();
    }
    return orders->statistics ? statistics() : QJsonObject{{u"ok"_s, true}};
}

QJsonObject ProxyControl::ports() const
{
    return {{u"near"_s, QString::fromLatin1(m_proxy.nearPort().toString())},
            {u"far"_s, QString::fromLatin1(m_proxy.farPort().toString())}};
}

QJsonObject ProxyControl::statistics() const
{
    QJsonObject result{{u"to_near"_s, countsOf(m_proxy.toNear())},
                       {u"to_far"_s, countsOf(m_proxy.toFar())}};
    if (const NatBox* nat = m_proxy.nat()) {
        result[u"nat"_s] = QJsonObject{{u"mappings"_s, qint64(nat->mappings())},
                                       {u"refused"_s, qint64(nat->refused())}};
    }
    return result;
}

} // namespace hs::test
