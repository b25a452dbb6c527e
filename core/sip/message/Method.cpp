#include "sip/message/Method.h"

#include <array>

namespace hs::sip {

namespace {
// In the order of the enumeration.
constexpr std::array<QByteArrayView, 14> names{
    "INVITE", "ACK",  "BYE",   "CANCEL",    "OPTIONS", "REGISTER", "PRACK",
    "UPDATE", "INFO", "REFER", "SUBSCRIBE", "NOTIFY",  "MESSAGE",  "PUBLISH"};
static_assert(names.size() == static_cast<std::size_t>(Method::Other));
} // namespace

Method methodFromName(QByteArrayView name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) {
            return static_cast<Method>(i);
        }
    }
    return Method::Other;
}

QByteArrayView methodName(Method method)
{
    const auto index = static_cast<std::size_t>(method);
    return index < names.size() ? names[index] : QByteArrayView();
}

} // namespace hs::sip
