#include "base/LogCategories.h"

namespace hs::base {

Q_LOGGING_CATEGORY(lcSip, "hs.sip")
Q_LOGGING_CATEGORY(lcCall, "hs.call")
Q_LOGGING_CATEGORY(lcMedia, "hs.media")
Q_LOGGING_CATEGORY(lcControl, "hs.control")
Q_LOGGING_CATEGORY(lcStore, "hs.store")
Q_LOGGING_CATEGORY(lcEngine, "hs.engine")
Q_LOGGING_CATEGORY(lcDevice, "hs.device")

} // namespace hs::base
