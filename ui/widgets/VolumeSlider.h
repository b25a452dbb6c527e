// VolumeSlider: how loud, in per cent; 100 leaves the sound as it is. Thread: GUI.
#pragma once

#include <QSlider>

namespace hs::ui {

class VolumeSlider : public QSlider {
    Q_OBJECT
public:
    // `name` is what a screen reader calls it.
    VolumeSlider(const QString& name, int most, QWidget* parent = nullptr);

    void show(int percent); // moved by nobody
    QSize sizeHint() const override { return {90, QSlider::sizeHint().height()}; }

Q_SIGNALS:
    void moved(int percent); // by the operator
};

} // namespace hs::ui
