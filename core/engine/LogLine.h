// LogLine: one thing that was logged, and how it is written:
//   [LEVEL] - yyyy-MM-dd HH:mm:ss,zzz - MESSAGE - FILE:LINE
// in local time. Whatever the message holds, it stays one line: line ends, control characters and
// direction marks become visible escapes, and what is longer than 4000 characters is cut.
// Thread: values.
#pragma once

#include "model/Settings.h"

#include <QByteArray>

namespace hs::engine {

struct LogLine {
    model::LogLevel level = model::LogLevel::Info;
    qint64 at = 0; // UTC milliseconds
    QString message;
    QByteArray file; // with or without its folders; empty: unknown
    int line = 0;

    QByteArray formatted() const; // UTF-8, with a line end
};

} // namespace hs::engine
