#include "ui/windows/CodecMenu.h"

#include "ui/controllers/CallChoice.h"
#include "ui/controllers/CallController.h"

namespace hs::ui {

CodecMenu::CodecMenu(CallController& controller, const CallChoice& choice, QWidget* parent)
    : QMenu(parent)
    , m_controller(controller)
    , m_choice(choice)
{
    setTitle(tr("Codec"));
    menuAction()->setObjectName(QStringLiteral("codec"));
    connect(this, &QMenu::aboutToShow, this, &CodecMenu::fill);
    update(false);
}

void CodecMenu::update(bool several)
{
    const auto call = m_choice.current();
    const bool isTalk =
        call && (call->state == model::CallState::Active || call->state == model::CallState::Held);
    menuAction()->setEnabled(isTalk && call->codecs.size() > 1 && !several);
}

void CodecMenu::fill()
{
    clear();
    const auto call = m_choice.current();
    if (!call) {
        return;
    }
    for (const QString& name : call->codecs) {
        QAction* action = addAction(name);
        action->setCheckable(true);
        action->setChecked(name.compare(call->codec, Qt::CaseInsensitive) == 0);
        connect(action, &QAction::triggered, this, [this, name, call = *call] {
            QStringList order = call.codecs; // the others stay, for a far end without this one
            order.removeAll(name);
            order.prepend(name);
            m_controller.setCodecs(call.id, order);
        });
    }
}

} // namespace hs::ui
