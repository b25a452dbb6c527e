// SeekSlider: the place in a recording, in milliseconds. A click goes there at once; the arrow keys
// go five seconds, the page keys thirty. While it is dragged it follows the hand, not the player.
// Thread: GUI.
#pragma once

#include <QSlider>

namespace hs::ui {

class SeekSlider : public QSlider {
    Q_OBJECT
public:
    explicit SeekSlider(QWidget* parent = nullptr);
    void setPosition(qint64 positionMs, qint64 durationMs); // what the player tells

Q_SIGNALS:
    void seekRequested(qint64 positionMs);

protected:
    void mousePressEvent(QMouseEvent* event) override;
};

} // namespace hs::ui
