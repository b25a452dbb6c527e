#include "ui/controllers/LogController.h"

#include "engine/EngineFacade.h"
#include "ui/models/CallLogModel.h"

namespace hs::ui {

LogController::LogController(engine::LogFacade& log, CallLogModel& model, QObject* parent)
    : QObject(parent)
    , m_log(log)
    , m_model(model)
{
    connect(&m_model, &CallLogModel::queryNeeded, this,
            [this](quint64 id, const model::LogQuery& query) { m_log.query(id, query); });
    connect(&m_log, &engine::LogFacade::page, &m_model, &CallLogModel::accept);
    connect(&m_log, &engine::LogFacade::failed, this, [this](quint64 id, const QString& problem) {
        m_model.giveUp(id);
        Q_EMIT failed(problem);
    });
    connect(&m_log, &engine::LogFacade::rowsChanged, &m_model, &CallLogModel::refresh);
    m_model.refresh();
}

void LogController::markMissedSeen()
{
    m_log.markMissedSeen();
    m_model.refresh();
}

} // namespace hs::ui
