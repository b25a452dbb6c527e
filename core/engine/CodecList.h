// The codecs of a call as a configuration writes them: names with commas between, in order of
// choice. Thread: pure functions.
#pragma once

#include "base/Result.h"

#include <QStringList>

namespace hs::engine {

// In any case; the result is spelled as model::allCodecs() is. An Error says what is wrong with the
// text and what to give instead.
base::Result<QStringList> parseCodecs(const QString& text);
QString printCodecs(const QStringList& codecs);

} // namespace hs::engine
