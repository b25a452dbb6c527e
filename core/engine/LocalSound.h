// LocalSound: the SoundFacade of an engine in this process. Thread: GUI; outputs() are for the
// engine's threads. Engine and mailbox outlive it, as does it what was posted to them.
#pragma once

#include "base/EventLoopMailbox.h"
#include "engine/Engine.h"
#include "engine/SoundFacade.h"

namespace hs::engine {

class LocalSound final : public SoundFacade {
    Q_OBJECT
public:
    LocalSound(Engine& engine, base::EventLoopMailbox& gui)
        : m_engine(engine)
        , m_gui(gui)
    {
    }

    model::SoundStatus status() const override { return m_status; }
    QStringList toneCountries() const override;
    void apply(const model::SoundSettings& settings) override;
    void setCheck(model::SoundCheck check) override;
    void setRingCheck(bool ringing) override;

    void addTo(EngineCore::Outputs& outputs);

private:
    Engine& m_engine;
    base::EventLoopMailbox& m_gui;
    model::SoundStatus m_status;
};

} // namespace hs::engine
