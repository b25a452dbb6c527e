// LevelBar: how loud it is, from silence (-50 dB) to full scale. Said in per cent to a screen
// reader; drawn a few times a second, never per packet. Thread: GUI.
#pragma once

#include <QWidget>

namespace hs::ui {

class LevelBar : public QWidget {
    Q_OBJECT
public:
    explicit LevelBar(QWidget* parent = nullptr);

    void setPeak(quint16 peak); // 0 to 32767
    static bool isLoud(int percent); // nearly full scale: will soon be cut off
    int percent() const { return m_percent; }
    QSize sizeHint() const override { return {80, 6}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_percent = 0;
};

} // namespace hs::ui
