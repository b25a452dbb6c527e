// SoundSettings: how the operator wants to speak, to hear and to be rung, and SoundStatus: which
// devices there are and which of them are used. A device is known by its stable id; its description
// is remembered with it, to be shown while it is unplugged. Thread: values.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace hs::model {

struct SoundDevice {
    QByteArray id; // stable from one start to the next; empty: none
    QString description;
    friend bool operator==(const SoundDevice&, const SoundDevice&) = default;
};

// One device for one purpose, and what is taken while it is not there: those that were chosen
// before it, and at last the system's default.
struct SoundChoice {
    static constexpr qsizetype mostRemembered = 5;

    bool followsDefault = true; // whatever the system's default is, also when that changes
    QList<SoundDevice> remembered; // the last one chosen first; kept while the default is followed

    void choose(const SoundDevice& device);
    friend bool operator==(const SoundChoice&, const SoundChoice&) = default;
};

struct SoundSettings {
    static constexpr int mostPercent = 150;
    static constexpr qsizetype mostRingDevices = 8;

    SoundChoice speak; // the microphone
    SoundChoice listen; // the speaker
    bool ringsOnDefault = true; // the system's default speaker
    QList<SoundDevice> ringDevices; // all of them ring; none there: the system's default

    // 0 to mostPercent, 100 leaves it as it is. By ear: see soundGain().
    int speakerPercent = 100;
    int microphonePercent = 100;
    int ringPercent = 100;

    bool cancelsEcho = true;
    bool reducesNoise = true;
    bool controlsGain = true;

    bool callWaitingTone = true; // in the ear, when another call rings during a call
    QString toneCountry; // ISO 3166, lower case: "tw"; empty or unknown: tones known everywhere
    QString ringFile; // any sound file; empty: the built-in one

    friend bool operator==(const SoundSettings&, const SoundSettings&) = default;
};

// What samples are multiplied with: 0 for 0 %, 1 for 100 %, and the cube between, as sound servers
// do, since a step then sounds as large everywhere.
float soundGain(int percent);

enum class SoundUse { Speak, Listen, Ring };

struct SoundStatus {
    QList<SoundDevice> microphones;
    QList<SoundDevice> speakers;
    // What is used, or would be if there were a call; no id: there is none.
    SoundDevice speaking;
    SoundDevice listening;
    QList<SoundDevice> ringing;

    friend bool operator==(const SoundStatus&, const SoundStatus&) = default;
};

// That another device is used than before, for a sentence to the operator.
struct SoundChange {
    enum class Cause {
        FellBack, // the one before is gone
        Returned, // the one that was chosen is back
        DefaultMoved, // the system's default is another one now
    };
    SoundUse use = SoundUse::Speak;
    Cause cause = Cause::FellBack;
    QString from; // descriptions
    QString to;
    friend bool operator==(const SoundChange&, const SoundChange&) = default;
};

// The sound check: the level of the microphone, and on demand a few seconds of it to be heard
// again.
enum class SoundCheck { Off, Level, Record };

struct SoundLevels {
    enum class Phase { Listening, Recording, Playing };
    Phase phase = Phase::Listening;
    quint16 microphone = 0; // peak since the last time, 0 to 32767, after gain and noise reduction
    qint32 leftMs = 0; // of recording or playing
    bool triesRing = false; // the ring is being tried; a call ends that
    bool isInCall = false; // the far end would hear it: nothing is recorded and no ring tried
    friend bool operator==(const SoundLevels&, const SoundLevels&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::SoundSettings)
Q_DECLARE_METATYPE(hs::model::SoundStatus)
Q_DECLARE_METATYPE(hs::model::SoundChange)
Q_DECLARE_METATYPE(hs::model::SoundLevels)
