// TextLog: the table of texts that came in (RFC 3428), one row for each, as they came. They are
// strangers' words: what is longer than mostCharacters (the text) or mostNameCharacters (the rest)
// is cut, and only the newest are kept. Errors are the database's. Thread: that of the database.
#pragma once

#include "model/TextMessage.h"
#include "store/Database.h"

#include <QList>

namespace hs::store {

class TextLog {
public:
    static constexpr qsizetype mostCharacters = 8192; // UTF-16
    static constexpr qsizetype mostNameCharacters = 512;
    static constexpr int mostRows = 1000;
    static constexpr qint64 mostKept = 10'000;

    explicit TextLog(Database& database, qint64 kept = mostKept)
        : m_database(database)
        , m_kept(kept)
    {
    }

    // As it is stored: cut to what a row holds.
    static model::TextMessage bounded(const model::TextMessage& message);

    // Returns the row's id; the rows that are too many go. (rowId of `message` is not read.)
    base::Result<qint64> add(const model::TextMessage& message);
    // Newest first; at most `limit`, 1..1000.
    base::Result<QList<model::TextMessage>> newest(int limit);

private:
    base::Result<void> forgetUpTo(qint64 rowId);

    Database& m_database;
    qint64 m_kept;
};

} // namespace hs::store
