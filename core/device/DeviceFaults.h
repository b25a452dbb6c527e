// DeviceFaults: which devices do not work, until something says that they may again: others were
// plugged, the sound server went, the operator chose. A device that can't be opened or never moves
// is refused where there are others. Where there is none, it is left alone for fifteen times as
// long as it took to fail, as nothing else is heard or said while a device is being opened.
// Thread: a value.
#pragma once

#include "device/SoundServer.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace hs::device {

class DeviceFaults {
public:
    using Time = SoundServer::Time;

    void forget();
    void devicesAre(const SoundServer::Devices& devices); // forgets, if they are others
    // Something is wanted anew: what is left alone is not any more.
    void tryAgain() { m_failed.clear(); }

    void refuse(const QByteArray& id) { m_refused.insert(id); }
    bool isRefused(const QByteArray& id) const { return m_refused.contains(id); }

    // The only one there is, tried since `began`.
    void failed(const QByteArray& id, const QString& why, Time began, Time now);
    // Why it is left alone just now; empty: it is not.
    QString whyLeftAlone(const QByteArray& id, Time now) const;

    // It was opened and took or gave nothing until it was closed. True: that is no chance any more.
    bool wasStillborn(const QByteArray& id);
    bool isStill(const QByteArray& id) const;
    bool anyStillborn() const { return !m_stillborn.isEmpty(); }
    bool moved(const QByteArray& id) { return m_stillborn.remove(id); } // false: nothing is new

private:
    struct Failure {
        QString why;
        Time until;
    };
    SoundServer::Devices m_among;
    QSet<QByteArray> m_refused;
    QHash<QByteArray, Failure> m_failed;
    QHash<QByteArray, int> m_stillborn; // how often
};

} // namespace hs::device
