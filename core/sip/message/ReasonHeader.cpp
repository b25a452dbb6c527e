#include "sip/message/ReasonHeader.h"

#include "base/Text.h"
#include "sip/message/ListSplitter.h"
#include "sip/message/Params.h"

namespace hs::sip {

ReasonHeader ReasonHeader::parse(QByteArrayView value)
{
    ReasonHeader reason;
    ListSplitter values(value);
    for (QByteArrayView element; values.next(element);) {
        const auto one = ParameterizedValue::parse(element);
        if (!one) {
            continue;
        }
        const std::optional<std::uint32_t> cause = base::parseU32(one->params.unquoted("cause"));
        if (cause && *cause < 700 && base::equalsIgnoreCase(one->value, "SIP")) {
            reason.sipCause = static_cast<int>(*cause);
        }
        if (reason.text.isEmpty()) {
            reason.text = base::printable(one->params.unquoted("text"));
        }
    }
    return reason;
}

} // namespace hs::sip
