// LogCells: the cells of one row of the call log. Thread: GUI (pure functions).
#pragma once

#include "model/LogEntry.h"
#include "ui/models/Cell.h"

#include <QCoreApplication>

namespace hs::ui {

enum class LogColumn { Time, Kind, Who, For, Account, By, Duration, Ended, Recording };
constexpr int logColumnCount = 9;

class LogCells {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::LogCells)
public:
    static Cell cell(LogColumn column, const model::LogEntry& entry, qint64 now);
    static QString header(LogColumn column);
    static QString sample(LogColumn column); // a text as wide as the column should be

private:
    static Cell kind(const model::LogEntry& entry);
    static Cell who(const model::Call& call);
    static Cell duration(const model::Call& call, qint64 now);
    static QString by(const model::Call& call);
    static QString ended(const model::LogEntry& entry);
};

} // namespace hs::ui
