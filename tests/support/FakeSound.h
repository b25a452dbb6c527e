// FakeSound: the sound of an engine that has none, for tests of the window: keeps what it is asked
// for, and tells what the test wants told. Thread: GUI.
#pragma once

#include "engine/SoundFacade.h"

namespace hs::test {

class FakeSound final : public engine::SoundFacade {
    Q_OBJECT
public:
    model::SoundStatus status() const override { return m_status; }
    QStringList toneCountries() const override
    {
        return {QStringLiteral("de"), QStringLiteral("tw"), QStringLiteral("us")};
    }
    void apply(const model::SoundSettings& settings) override { applied = settings; }
    void setCheck(model::SoundCheck check) override { checks << check; }
    void setRingCheck(bool ringing) override { ringChecks << ringing; }

    model::SoundSettings applied; // the last ones
    QList<model::SoundCheck> checks;
    QList<bool> ringChecks;
    void set(const model::SoundStatus& status)
    {
        m_status = status;
        Q_EMIT statusChanged(m_status);
    }

private:
    model::SoundStatus m_status;
};

} // namespace hs::test
