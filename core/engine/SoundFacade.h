// SoundFacade: the operator's microphone, speakers and ring, as the window sees them: which there
// are, which are wanted, which are used, and a sound check. Commands return at once. Thread: the
// GUI thread, for every call and every signal.
#pragma once

#include "model/SoundSettings.h"

#include <QObject>
#include <QStringList>

namespace hs::engine {

class SoundFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual model::SoundStatus status() const = 0; // the last one told
    virtual QStringList toneCountries() const = 0; // whose tones are known: "de", "tw" ...

    virtual void apply(const model::SoundSettings& settings) = 0;
    // Levels come while it is not Off. Record begins anew each time.
    virtual void setCheck(model::SoundCheck check) = 0;
    virtual void setRingCheck(bool ringing) = 0; // rings to be tried

Q_SIGNALS:
    void statusChanged(const hs::model::SoundStatus& status);
    void deviceChanged(const hs::model::SoundChange& change); // worth a sentence
    void levels(const hs::model::SoundLevels& levels);
};

} // namespace hs::engine
