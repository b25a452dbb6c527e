// The log's categories, all of them. DEBUG is for messages and states, INFO for what a call does,
// WARNING for what went wrong and was survived, ERROR for what needs a human.
#pragma once

#include <QLoggingCategory>

namespace hs::base {

Q_DECLARE_LOGGING_CATEGORY(lcSip)
Q_DECLARE_LOGGING_CATEGORY(lcCall)
Q_DECLARE_LOGGING_CATEGORY(lcMedia)
Q_DECLARE_LOGGING_CATEGORY(lcControl)
Q_DECLARE_LOGGING_CATEGORY(lcStore)
Q_DECLARE_LOGGING_CATEGORY(lcEngine)
Q_DECLARE_LOGGING_CATEGORY(lcDevice)

} // namespace hs::base
