#include "Impairments.h"

#include <QHash>

#include <functional>
#include <optional>

namespace hs::test {

namespace {

using namespace Qt::Literals::StringLiterals;
constexpr double mostMs = 600'000;

// Takes the value, or says what it should have been.
using Reader = std::function<std::optional<QString>(Impairments&, const QJsonValue&)>;

Reader number(double Impairments::*member, double least, double most)
{
    return [=](Impairments& into, const QJsonValue& value) -> std::optional<QString> {
        if (!value.isDouble() || value.toDouble() < least || value.toDouble() > most) {
            return u"a number from %1 to %2"_s.arg(least).arg(most);
        }
        into.*member = value.toDouble();
        return std::nullopt;
    };
}

Reader milliseconds(base::Duration Impairments::*member)
{
    return [=](Impairments& into, const QJsonValue& value) -> std::optional<QString> {
        if (!value.isDouble() || value.toDouble() < 0 || value.toDouble() > mostMs) {
            return u"milliseconds from 0 to %1"_s.arg(mostMs);
        }
        into.*member = base::Duration(static_cast<std::int64_t>(value.toDouble() * 1e6));
        return std::nullopt;
    };
}

std::optional<QString> readKind(Impairments& into, const QJsonValue& value)
{
    static const QHash<QString, JitterKind> kinds{{u"uniform"_s, JitterKind::Uniform},
                                                  {u"normal"_s, JitterKind::Normal},
                                                  {u"exponential"_s, JitterKind::Exponential},
                                                  {u"pareto"_s, JitterKind::Pareto}};
    const auto kind = kinds.constFind(value.toString());
    if (kind == kinds.cend()) {
        return u"uniform, normal, exponential or pareto"_s;
    }
    into.jitterKind = *kind;
    return std::nullopt;
}

std::optional<QString> readOrder(Impairments& into, const QJsonValue& value)
{
    if (!value.isBool()) {
        return u"true or false"_s;
    }
    into.keepsOrder = value.toBool();
    return std::nullopt;
}

const QHash<QString, Reader>& readers()
{
    static const QHash<QString, Reader> table{
        {u"loss"_s, number(&Impairments::loss, 0, 1)},
        {u"enter_burst"_s, number(&Impairments::enterBurst, 0, 1)},
        {u"leave_burst"_s, number(&Impairments::leaveBurst, 0, 1)},
        {u"loss_in_burst"_s, number(&Impairments::lossInBurst, 0, 1)},
        {u"duplicates"_s, number(&Impairments::duplicates, 0, 1)},
        {u"duplicate_after_ms"_s, milliseconds(&Impairments::duplicateAfter)},
        {u"reorders"_s, number(&Impairments::reorders, 0, 1)},
        {u"reorder_by_ms"_s, milliseconds(&Impairments::reorderBy)},
        {u"delay_ms"_s, milliseconds(&Impairments::delay)},
        {u"jitter_ms"_s, milliseconds(&Impairments::jitter)},
        {u"jitter"_s, readKind},
        {u"keeps_order"_s, readOrder},
        {u"drift_ppm"_s, number(&Impairments::driftPpm, -1000, 1000)},
    };
    return table;
}

} // namespace

base::Result<Impairments> Impairments::fromJson(const QJsonObject& json)
{
    Impairments result;
    for (auto it = json.begin(); it != json.end(); ++it) {
        const auto reader = readers().constFind(it.key());
        if (reader == readers().cend()) {
            return base::Error{u"%1: there is no such impairment"_s.arg(it.key())};
        }
        if (const std::optional<QString> wanted = (*reader)(result, it.value())) {
            return base::Error{u"%1: this should be %2"_s.arg(it.key(), *wanted)};
        }
    }
    return result;
}

} // namespace hs::test
