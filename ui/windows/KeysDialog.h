// KeysDialog: the keys of the console on one page. Not modal: it can stay open beside the work.
// Thread: GUI.
#pragma once

#include <QDialog>

namespace hs::ui {

class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(QWidget* parent = nullptr);
};

} // namespace hs::ui
