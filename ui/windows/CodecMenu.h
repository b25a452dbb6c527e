// CodecMenu: what the selected call may be spoken in, the codec that it is spoken in checked;
// another one is agreed on with the far end in mid-call. Thread: GUI.
#pragma once

#include <QMenu>

namespace hs::ui {

class CallChoice;
class CallController;

class CodecMenu : public QMenu {
    Q_OBJECT
public:
    // Controller and choice outlive this.
    CodecMenu(CallController& controller, const CallChoice& choice, QWidget* parent = nullptr);

    // After the calls or the choice have changed; `several`: more than one is selected.
    void update(bool several);

private:
    void fill();

    CallController& m_controller;
    const CallChoice& m_choice;
};

} // namespace hs::ui
