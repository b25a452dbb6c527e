// LogController: the call log between the engine and its model: passes the model's questions on and
// the answers back, and has it ask again when the log has changed. Thread: GUI.
#pragma once

#include <QObject>

namespace hs::engine {
class LogFacade;
}

namespace hs::ui {

class CallLogModel;

class LogController : public QObject {
    Q_OBJECT
public:
    // Facade and model outlive the controller. Asks for the first page at once.
    LogController(engine::LogFacade& log, CallLogModel& model, QObject* parent = nullptr);

    void markMissedSeen();

Q_SIGNALS:
    void failed(const QString& problem); // the log can't be read; what is shown stays

private:
    engine::LogFacade& m_log;
    CallLogModel& m_model;
};

} // namespace hs::ui
