// RingDevices: on which devices calls ring: a list to be ticked, with the system's default at its
// head, and those that were ticked also while they are not there. One is ticked always, and no more
// than there may be. Thread: GUI.
#pragma once

#include "model/SoundSettings.h"

#include <QListWidget>

namespace hs::ui {

class RingDevices : public QListWidget {
    Q_OBJECT
public:
    explicit RingDevices(QWidget* parent = nullptr);

    void show(const QList<model::SoundDevice>& speakers, const model::SoundSettings& settings);
    // As it is ticked.
    bool onDefault() const;
    QList<model::SoundDevice> devices() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void ticked();

private:
    void ensureOne();
    void limit();

    QList<model::SoundDevice> m_devices; // by row, the first one is the default
};

} // namespace hs::ui
