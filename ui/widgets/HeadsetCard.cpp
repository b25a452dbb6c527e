#include "ui/widgets/HeadsetCard.h"

#include "model/SoundSettings.h"
#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/LevelBar.h"
#include "ui/widgets/VolumeSlider.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace hs::ui {

namespace {
QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new ElidedLabel(parent);
    label->setObjectName(name);
    return label;
}
} // namespace

HeadsetCard::HeadsetCard(QWidget* parent)
    : QFrame(parent)
    , m_title(makeLabel(QStringLiteral("cardTitle"), this))
    , m_who(makeLabel(QStringLiteral("headsetWho"), this))
    , m_state(makeLabel(QStringLiteral("secondary"), this))
    , m_meCaption(new QLabel(tr("You", "whose sound level it is"), this))
    , m_themCaption(new QLabel(tr("They", "whose sound level it is"), this))
    , m_me(new LevelBar(this))
    , m_them(new LevelBar(this))
    , m_microphoneVolume(
          new VolumeSlider(tr("Volume of your voice"), model::SoundSettings::mostPercent, this))
    , m_speakerVolume(
          new VolumeSlider(tr("Volume of what you hear"), model::SoundSettings::mostPercent, this))
    , m_sound(new QToolButton(this))
{
    setObjectName(QStringLiteral("headsetCard"));
    m_title->setText(tr("Your headset"));
    m_state->setToolTip(tr("Only one call, or one conference, is on your headset at a time."));
    m_meCaption->setObjectName(QStringLiteral("secondary"));
    m_themCaption->setObjectName(QStringLiteral("secondary"));
    m_me->setAccessibleName(tr("Sound level of your microphone"));
    m_them->setAccessibleName(tr("Sound level of the far end"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(10, 8, 10, 10);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_sound, 0, 2, Qt::AlignRight);
    grid->addWidget(m_who, 1, 0, 1, 3);
    grid->addWidget(m_state, 2, 0, 1, 3);
    grid->addWidget(m_meCaption, 3, 0);
    grid->addWidget(m_me, 3, 1);
    grid->addWidget(m_themCaption, 4, 0);
    grid->addWidget(m_them, 4, 1);
    grid->addWidget(m_microphoneVolume, 3, 2);
    grid->addWidget(m_speakerVolume, 4, 2);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    m_microphoneVolume->setObjectName(QStringLiteral("cardMicrophoneVolume"));
    m_speakerVolume->setObjectName(QStringLiteral("cardSpeakerVolume"));
    m_sound->setObjectName(QStringLiteral("cardSound"));
    m_sound->setIcon(symbolicIcon(QStringLiteral("sliders")));
    m_sound->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_sound->setText(tr("Sound"));
    m_sound->setToolTip(tr("Choose and try microphone, speaker and ring"));
    connect(m_sound, &QToolButton::clicked, this, &HeadsetCard::soundRequested);
    connect(m_microphoneVolume, &VolumeSlider::moved, this, &HeadsetCard::microphoneVolumeMoved);
    connect(m_speakerVolume, &VolumeSlider::moved, this, &HeadsetCard::speakerVolumeMoved);
    setCalls({}, 0);
}

void HeadsetCard::setVolumes(int microphonePercent, int speakerPercent)
{
    m_microphoneVolume->show(microphonePercent);
    m_speakerVolume->show(speakerPercent);
}

void HeadsetCard::setTone(const QString& tone)
{
    if (property("tone").toString() != tone) {
        setProperty("tone", tone);
        style()->unpolish(this);
        style()->polish(this);
    }
}

void HeadsetCard::setCalls(const QList<model::Call>& calls, qint64 now)
{
    const model::Call* call = calls.isEmpty() ? nullptr : &calls.first();
    quint16 loudest = 0;
    for (const model::Call& each : calls) {
        loudest = std::max(loudest, each.media.peakReceived);
    }
    setTone(!call ? QString() : call->muted ? QStringLiteral("muted") : QStringLiteral("live"));
    m_me->setPeak(call && !call->muted ? call->media.peakSent : 0);
    m_them->setPeak(loudest);
    if (!call) {
        m_who->setText(tr("Nobody hears you"));
        m_who->setToolTip({});
        m_state->setText(tr("Answer, call or take"));
        return;
    }
    const QString conference = CallWords::conference(*call);
    m_who->setText(conference.isEmpty() ? CallWords::number(*call) : conference);
    m_who->setToolTip(Formatting::toolTip(CallWords::sentence(*call, now)));
    QStringList words{conference.isEmpty()    ? CallWords::state(*call)
                          : calls.size() == 1 ? tr("1 call")
                                              : tr("%n calls", nullptr, int(calls.size()))};
    if (call->wasAnswered() && conference.isEmpty()) {
        words << Formatting::duration(call->durationMs(now));
    }
    if (call->muted) {
        words << tr("microphone muted");
    }
    m_state->setText(words.join(QStringLiteral(" \u00b7 ")));
}

} // namespace hs::ui
