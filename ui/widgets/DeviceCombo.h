// DeviceCombo: the choice of one sound device: the system's default, those that are there, and the
// chosen one also while it is not. Thread: GUI.
#pragma once

#include "model/SoundSettings.h"

#include <QComboBox>

namespace hs::ui {

class DeviceCombo : public QComboBox {
    Q_OBJECT
public:
    explicit DeviceCombo(QWidget* parent = nullptr);

    void show(const QList<model::SoundDevice>& devices, const model::SoundChoice& choice);

Q_SIGNALS:
    void chosen(const hs::model::SoundDevice& device); // without an id: the system's default

private:
    QList<model::SoundDevice> m_devices; // by row; the first one is the default
};

} // namespace hs::ui
