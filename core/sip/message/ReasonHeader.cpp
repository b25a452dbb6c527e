#include "sip/message/ReasonHeader.h"

#include "base/Text.h"
#include "sip/message/ListSplitter.h"
#include "sip/message/Params.h"
#include "sip/message/StatusCode.h"

#include <algorithm>
#include <array>

namespace hs::sip {

namespace {
struct Q850Cause {
    int cause;
    const char* words;
};

// ITU-T Q.850 table 1, what ends calls in practice, in the words of its table: "not implemented"
// (65) is what a network says of itself, not what is missing here.
constexpr std::array q850Causes{
    Q850Cause{1, "Unallocated number"},
    Q850Cause{16, "Normal call clearing"},
    Q850Cause{17, "User busy"},
    Q850Cause{18, "No user responding"},
    Q850Cause{19, "No answer from user"},
    Q850Cause{20, "Subscriber absent"},
    Q850Cause{21, "Call rejected"},
    Q850Cause{22, "Number changed"},
    Q850Cause{26, "Answered elsewhere"},
    Q850Cause{27, "Destination out of order"},
    Q850Cause{28, "Invalid number format"},
    Q850Cause{31, "Normal, unspecified"},
    Q850Cause{34, "No circuit available"},
    Q850Cause{38, "Network out of order"},
    Q850Cause{41, "Temporary failure"},
    Q850Cause{42, "Switching equipment congestion"},
    Q850Cause{58, "Bearer capability not available"},
    Q850Cause{65, "Bearer capability not implemented"},
    Q850Cause{88, "Incompatible destination"},
    Q850Cause{102, "Recovery on timer expiry"},
    Q850Cause{111, "Protocol error"},
    Q850Cause{127, "Interworking, unspecified"},
};
} // namespace

QByteArray ReasonHeader::valueOf(const Headers& headers)
{
    QByteArray value;
    for (const QByteArrayView line : headers.all(HeaderId::Reason)) {
        value += (value.isEmpty() ? "" : ", ") + line.toByteArray();
    }
    return value;
}

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
        const auto take = [&](const char* protocol, std::uint32_t end, int& taken) {
            if (cause && *cause < end && taken == 0
                && base::equalsIgnoreCase(one->value, protocol)) {
                taken = static_cast<int>(*cause);
            }
        };
        take("SIP", 700, reason.sipCause);
        take("Q.850", 128, reason.q850Cause);
        if (reason.text.isEmpty()) {
            reason.text = base::printable(one->params.unquoted("text"));
        }
    }
    return reason;
}

QString ReasonHeader::words() const
{
    if (!text.isEmpty()) {
        return text;
    }
    if (sipCause >= 100) {
        return QString::fromLatin1(reasonPhrase(sipCause));
    }
    const auto known =
        std::find_if(q850Causes.begin(), q850Causes.end(),
                     [this](const Q850Cause& one) { return one.cause == q850Cause; });
    if (known != q850Causes.end()) {
        return QLatin1String(known->words);
    }
    return q850Cause == 0 ? QString() : QStringLiteral("Q.850 cause %1").arg(q850Cause);
}

} // namespace hs::sip
