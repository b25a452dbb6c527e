// Recording: one WAV file of a call, as lists show it. Thread: a value.
#pragma once

#include "model/CallTypes.h"

#include <QMetaType>

namespace hs::model {

struct Recording {
    qint64 logRowId = 0;
    QString path;
    Direction direction = Direction::Incoming;
    QString number;
    QString displayName;
    qint64 startedAt = 0; // UTC ms
    qint64 durationMs = 0;
    qint64 bytes = 0;
    bool fileExists = true;

    friend bool operator==(const Recording&, const Recording&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::Recording)
