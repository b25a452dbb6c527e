#include "engine/TextTable.h"

#include <algorithm>

namespace hs::engine {

QString textTable(const QList<QStringList>& rows)
{
    QStringList lines(rows.size());
    const qsizetype columns = rows.isEmpty() ? 0 : rows.constFirst().size();
    for (qsizetype column = 0; column < columns; ++column) {
        qsizetype width = 0;
        for (const QStringList& row : rows) {
            width = std::max(width, row.at(column).size() + 2);
        }
        for (qsizetype i = 0; i < rows.size(); ++i) {
            lines[i] += rows.at(i).at(column).leftJustified(width);
        }
    }
    QString table;
    for (const QString& line : lines) {
        qsizetype end = line.size();
        while (end > 0 && line.at(end - 1) == u' ') {
            --end;
        }
        table += line.left(end) + u'\n';
    }
    return table;
}

} // namespace hs::engine
