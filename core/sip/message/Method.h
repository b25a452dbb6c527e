// Method: the request methods of RFC 3261 and of the extensions that we know. Method names are
// case-sensitive (RFC 3261 section 7.1): "invite" is Other. Thread: pure functions.
#pragma once

#include <QByteArrayView>

namespace hs::sip {

enum class Method {
    Invite,
    Ack,
    Bye,
    Cancel,
    Options,
    Register,
    Prack,
    Update,
    Info,
    Refer,
    Subscribe,
    Notify,
    Message,
    Publish,
    Other
};

Method methodFromName(QByteArrayView name);
// Empty for Other.
QByteArrayView methodName(Method method);

} // namespace hs::sip
