// SearchField: a line to filter a list by. Esc empties it. Thread: GUI.
#pragma once

#include <QLineEdit>

namespace hs::ui {

class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& what, QWidget* parent = nullptr);

Q_SIGNALS:
    void escaped();

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace hs::ui
