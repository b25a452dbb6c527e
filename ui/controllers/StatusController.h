// StatusController: how the engine is doing, between it and the window: the last status told, and
// the seconds that auto-answer had when it was last on, for the click that puts it on again.
// Thread: GUI.
#pragma once

#include "model/EngineStatus.h"

#include <QObject>

namespace hs::engine {
class StatusFacade;
}

namespace hs::ui {

class StatusController : public QObject {
    Q_OBJECT
public:
    // The facade outlives the controller.
    explicit StatusController(engine::StatusFacade& status, QObject* parent = nullptr);

    const model::EngineStatus& status() const { return m_status; }
    int rememberedAutoAnswer() const { return m_rememberedAutoAnswer; } // seconds
    void rememberAutoAnswer(int seconds);

Q_SIGNALS:
    void changed();

private:
    void accept(const model::EngineStatus& status);

    model::EngineStatus m_status;
    int m_rememberedAutoAnswer = 0;
};

} // namespace hs::ui
