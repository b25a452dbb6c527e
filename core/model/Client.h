// Client: one program's WebSocket connection, as the console shows it. Thread: a value.
#pragma once

#include <QMetaType>
#include <QString>

namespace hs::model {

struct Client {
    quint64 id = 0;
    QString name; // "127.0.0.1:40312", what an owner of a call is called
    QString protocol; // "text"
    QString userAgent;
    qint64 connectedAt = 0; // UTC ms
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 framesDropped = 0; // audio not sent because the client did not read
    qint64 queuedBytes = 0; // not yet taken by its socket

    friend bool operator==(const Client&, const Client&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::Client)
