// LogEntry: one row of the call log, and what can be asked of the log. Thread: values.
#pragma once

#include "model/Call.h"

#include <QList>

namespace hs::model {

struct LogEntry {
    qint64 rowId = 0; // 0: not yet stored
    QString engineId; // which engine wrote it
    bool cutOff = false; // the engine died while the call was alive
    Call call; // final or, for a live call, as last stored; its trouble: the last there was
    qint64 recordingBytes = 0;

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

struct LogQuery {
    QString text; // in number, name, URI, account, who diverted or transferred; empty: all
    bool missedOnly = false;
    bool recordedOnly = false;
    qint64 beforeRowId = 0; // only older rows than this; 0: from the newest
    int limit = 200; // 1..1000

    friend bool operator==(const LogQuery&, const LogQuery&) = default;
};

struct LogPage {
    QList<LogEntry> entries; // newest first
    bool more = false; // older rows match as well
    int missedTotal = 0; // in the whole log, since it was last looked at
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::LogPage)
