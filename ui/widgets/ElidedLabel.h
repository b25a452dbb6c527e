// ElidedLabel: one line of plain text that is cut with an ellipsis where there is no room, and
// never widens what it stands in. Thread: GUI.
#pragma once

#include <QLabel>

namespace hs::ui {

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace hs::ui
