#include "ui/widgets/SeekSlider.h"

#include <QMouseEvent>
#include <QStyle>
#include <QStyleOptionSlider>

#include <algorithm>
#include <limits>

namespace hs::ui {

namespace {
constexpr int stepMs = 5000;
constexpr int pageMs = 30000;

int toRange(qint64 ms)
{
    return int(std::clamp<qint64>(ms, 0, std::numeric_limits<int>::max()));
}
} // namespace

SeekSlider::SeekSlider(QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
{
    setSingleStep(stepMs);
    setPageStep(pageMs);
    setRange(0, 0);
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QSlider::sliderReleased, this, [this] { Q_EMIT seekRequested(value()); });
    connect(this, &QSlider::actionTriggered, this, [this](int action) {
        if (action != SliderMove && action != SliderNoAction) {
            Q_EMIT seekRequested(sliderPosition());
        }
    });
}

void SeekSlider::setPosition(qint64 positionMs, qint64 durationMs)
{
    if (isSliderDown()) {
        return;
    }
    setRange(0, toRange(durationMs));
    setValue(toRange(positionMs));
}

void SeekSlider::mousePressEvent(QMouseEvent* event)
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect grip =
        style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    if (event->button() == Qt::LeftButton && !grip.contains(event->position().toPoint())) {
        // The grip comes under the mouse; what follows is a drag from there.
        setValue(QStyle::sliderValueFromPosition(minimum(), maximum(),
                                                 int(event->position().x()) - grip.width() / 2,
                                                 width() - grip.width(), option.upsideDown));
    }
    QSlider::mousePressEvent(event);
}

} // namespace hs::ui
