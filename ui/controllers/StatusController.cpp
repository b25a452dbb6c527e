#include "ui/controllers/StatusController.h"

#include "engine/EngineFacade.h"

#include <algorithm>

namespace hs::ui {

StatusController::StatusController(engine::StatusFacade& status, QObject* parent)
    : QObject(parent)
{
    connect(&status, &engine::StatusFacade::changed, this, &StatusController::accept);
    accept(status.status());
}

void StatusController::accept(const model::EngineStatus& status)
{
    if (status.autoAnswerAfter >= 0) {
        rememberAutoAnswer(status.autoAnswerAfter);
    }
    if (!(status == m_status)) {
        m_status = status;
        Q_EMIT changed();
    }
}

void StatusController::rememberAutoAnswer(int seconds)
{
    m_rememberedAutoAnswer = std::clamp(seconds, 0, 3600);
}

} // namespace hs::ui
