// textTable: rows of words as a table for people, columns two blanks apart, as --list prints it.
// Words are printed as they are: make what came from outside printable before. Thread: pure.
#pragma once

#include <QList>
#include <QStringList>

namespace hs::engine {

// Each line ends with '\n' and with no blank before it; all rows have as many words as the first.
QString textTable(const QList<QStringList>& rows);

} // namespace hs::engine
