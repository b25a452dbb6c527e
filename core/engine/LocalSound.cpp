#include "engine/LocalSound.h"

namespace hs::engine {

QStringList LocalSound::toneCountries() const
{
    QStringList codes;
    for (const std::string_view code : audio::toneCountries()) {
        codes << QString::fromLatin1(code.data(), qsizetype(code.size()));
    }
    return codes;
}

void LocalSound::apply(const model::SoundSettings& settings)
{
    m_engine.post([settings](EngineCore& core) { core.device().setSettings(settings); });
}

void LocalSound::setCheck(model::SoundCheck check)
{
    m_engine.post([check](EngineCore& core) { core.device().setSoundCheck(check); });
}

void LocalSound::setRingCheck(bool ringing)
{
    m_engine.post([ringing](EngineCore& core) { core.device().setRingCheck(ringing); });
}

void LocalSound::addTo(EngineCore::Outputs& outputs)
{
    outputs.soundStatus = [this](const model::SoundStatus& status) {
        m_gui.post([this, status] {
            m_status = status;
            Q_EMIT statusChanged(m_status);
        });
    };
    outputs.soundChange = [this](const model::SoundChange& change) {
        m_gui.post([this, change] { Q_EMIT deviceChanged(change); });
    };
    outputs.soundLevels = [this](const model::SoundLevels& now) {
        m_gui.post([this, now] { Q_EMIT levels(now); });
    };
}

} // namespace hs::engine
