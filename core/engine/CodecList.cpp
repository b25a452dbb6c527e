#include "engine/CodecList.h"

#include "base/Text.h"
#include "engine/ConfigurationValues.h"
#include "model/Account.h"

#include <algorithm>

namespace hs::engine {

using base::Error;

namespace {
QString quotedPart(const QString& part)
{
    return QStringLiteral("'%1' ").arg(base::printable(part, 100));
}
} // namespace

base::Result<QStringList> parseCodecs(const QString& text)
{
    const QStringList known = model::allCodecs();
    QStringList result;
    for (const QString& each : text.split(u',')) {
        const QString part = each.trimmed();
        const auto name = std::find_if(known.begin(), known.end(), [&part](const QString& one) {
            return one.compare(part, Qt::CaseInsensitive) == 0;
        });
        if (part.isEmpty()) {
            return Error{quotedPart(text)
                         + QStringLiteral("has nothing between two commas or at an end; remove the "
                                          "comma that is too many")};
        }
        if (name == known.end()) {
            return Error{quotedPart(part)
                         + QStringLiteral("is no codec that can be spoken; give some of %1")
                               .arg(printCodecs(known))
                         + suggestion(part, known)};
        }
        if (result.contains(*name)) {
            return Error{quotedPart(part) + QStringLiteral("stands there twice; remove one")};
        }
        result << *name;
    }
    return result;
}

QString printCodecs(const QStringList& codecs)
{
    return codecs.join(QStringLiteral(", "));
}

} // namespace hs::engine
