// TextMessage: a text that came in (RFC 3428), as it is shown and logged. Thread: a value.
#pragma once

#include <QMetaType>
#include <QString>

namespace hs::model {

struct TextMessage {
    qint64 rowId = 0; // 0: not yet stored
    qint64 at = 0; // UTC ms
    QString account; // for whom it came; empty: none
    QString number; // of the sender, as in calls
    QString displayName;
    QString uri; // of the sender
    QString text; // untrusted: shown as plain text

    friend bool operator==(const TextMessage&, const TextMessage&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::TextMessage)
