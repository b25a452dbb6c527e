#include "ui/widgets/VolumeSlider.h"

#include "ui/SoundWords.h"

#include <QSignalBlocker>

namespace hs::ui {

VolumeSlider::VolumeSlider(const QString& name, int most, QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
{
    setRange(0, most);
    setSingleStep(5);
    setPageStep(10);
    setAccessibleName(name);
    connect(this, &QSlider::valueChanged, this, [this](int percent) {
        setToolTip(accessibleName() + QStringLiteral(": ") + SoundWords::percent(percent));
        Q_EMIT moved(percent);
    });
}

void VolumeSlider::show(int percent)
{
    const QSignalBlocker quiet(this);
    setValue(percent);
    setToolTip(accessibleName() + QStringLiteral(": ") + SoundWords::percent(percent));
}

} // namespace hs::ui
