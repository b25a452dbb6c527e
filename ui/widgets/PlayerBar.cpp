#include "ui/widgets/PlayerBar.h"

#include "ui/Formatting.h"
#include "ui/NoticeWords.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/SeekSlider.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace hs::ui {

PlayerBar::PlayerBar(QWidget* parent)
    : QWidget(parent)
    , m_play(new QAction(tr("Play"), this))
    , m_stop(new QAction(tr("Stop"), this))
    , m_playButton(new ActionButton(m_play, ActionButton::Kind::Neutral, QStringLiteral("play"),
                                    {tr("Play"), tr("Pause")}, this))
    , m_slider(new SeekSlider(this))
    , m_time(new QLabel(this))
    , m_title(new ElidedLabel(this))
{
    m_play->setObjectName(QStringLiteral("play"));
    m_stop->setObjectName(QStringLiteral("stop"));
    auto* stopButton =
        new ActionButton(m_stop, ActionButton::Kind::Neutral, QStringLiteral("stop"), {}, this);
    QWidget::setTabOrder(m_playButton, stopButton);
    QWidget::setTabOrder(stopButton, m_slider);
    m_slider->setObjectName(QStringLiteral("seek"));
    m_slider->setAccessibleName(tr("Place in the recording"));
    m_time->setTextFormat(Qt::PlainText);
    m_title->setObjectName(QStringLiteral("playerTitle"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 8, 10, 8);
    row->setSpacing(8);
    row->addWidget(m_playButton);
    row->addWidget(stopButton);
    row->addWidget(m_slider, 3);
    row->addWidget(m_time);
    row->addWidget(m_title, 2);
    connect(m_play, &QAction::triggered, this, [this] {
        if (m_playing) {
            Q_EMIT pauseRequested();
        } else {
            Q_EMIT playRequested();
        }
    });
    connect(m_stop, &QAction::triggered, this, &PlayerBar::stopRequested);
    connect(m_slider, &SeekSlider::seekRequested, this, &PlayerBar::seekRequested);
    setState({}, {}, false);
}

void PlayerBar::setState(const PlaybackController::State& state, const QString& title,
                         bool playable)
{
    const bool loaded = !state.path.isEmpty();
    m_playing = state.playing;
    m_play->setText(m_playing ? tr("Pause") : tr("Play"));
    m_playButton->setIconName(m_playing ? QStringLiteral("pause") : QStringLiteral("play"));
    m_play->setEnabled(playable || loaded);
    m_stop->setEnabled(loaded);
    m_slider->setEnabled(loaded && state.durationMs > 0);
    m_slider->setPosition(state.positionMs, state.durationMs);
    m_time->setText(
        tr("%1 / %2", "place and length of a recording")
            .arg(Formatting::duration(state.positionMs), Formatting::duration(state.durationMs)));
    const bool bad = !state.error.isEmpty();
    m_title->setText(bad ? Formatting::plain(NoticeWords::sound(state.error), 300) : title);
    m_title->setToolTip(Formatting::toolTip(m_title->text()));
    if (m_title->property("bad").toBool() != bad) {
        m_title->setProperty("bad", bad);
        m_title->style()->unpolish(m_title);
        m_title->style()->polish(m_title);
    }
}

} // namespace hs::ui
