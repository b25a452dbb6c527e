// MessageTrace: a message as the log at DEBUG shows it: printable, cut at 4000 characters, and
// without the answers to challenges (RFC 7616 response and rspauth), by which whoever reads the log
// could try out passwords. Thread: pure function.
#pragma once

#include <QByteArrayView>
#include <QString>

namespace hs::sip {

QString traceOf(QByteArrayView message);

} // namespace hs::sip
