// Console: the operator's program put together: engine, log, translations, theme, window. Thread:
// GUI.
#pragma once

#include "engine/CommandServer.h"
#include "engine/Configuration.h"
#include "engine/LocalEngineFacade.h"
#include "engine/LogSink.h"
#include "ui/theme/PortalColorScheme.h"
#include "ui/windows/MainWindow.h"

#include <QTranslator>

namespace hs::app {

class Console {
public:
    explicit Console(const engine::Configuration& configuration);

    // Until the window is closed. Returns the exit code.
    int run();

private:
    void loadTranslations();
    engine::LogOptions logOptions() const;
    engine::EngineCore::Options engineOptions() const;
    ui::ConsoleOptions consoleOptions() const;
    void tellLogProblem(const QString& sentence);
    void take(const engine::Command& command, const engine::CommandServer::Reply& reply);
    void runInEngine(const engine::Command& command, const engine::CommandServer::Reply& reply);
    void tellOfLink(const engine::Command& command, const engine::CommandResult& result);
    void dialOnceUp(const engine::Command& command);
    void prefill(const QString& target);

    const engine::Configuration& m_configuration;
    engine::CommandServer m_commands; // outlives the engine, which replies to it
    engine::LocalEngineFacade m_engine; // outlives the log, which tells it when it can't write
    engine::LogSink m_log;
    QTranslator m_ownTranslations;
    QTranslator m_qtTranslations;
    const ui::PortalColorScheme m_portal;
    ui::Theme m_theme;
    std::unique_ptr<ui::MainWindow> m_window; // once translations are loaded
};

} // namespace hs::app
