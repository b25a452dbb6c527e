// loggedMessage: a SIP message as the log shows it, made printable, without what proves that a
// password is known: digest responses (RFC 7616 sections 3.4, 3.5), of which one could try
// passwords at leisure. In its place is "...". Thread: pure.
#pragma once

#include <QByteArrayView>
#include <QString>

namespace hs::sip {

QString loggedMessage(QByteArrayView message);

} // namespace hs::sip
