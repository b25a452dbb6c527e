#include "ui/widgets/RingDevices.h"

#include "ui/Formatting.h"

#include <QSignalBlocker>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int shownRows = 4;
}

RingDevices::RingDevices(QWidget* parent)
    : QListWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QListWidget::itemChanged, this, [this] {
        ensureOne();
        limit();
        Q_EMIT ticked();
    });
}

QSize RingDevices::sizeHint() const
{
    const int row = std::max(sizeHintForRow(0), fontMetrics().height() + 6);
    return {fontMetrics().averageCharWidth() * 24, row * shownRows + 2 * frameWidth()};
}

void RingDevices::show(const QList<model::SoundDevice>& speakers,
                       const model::SoundSettings& settings)
{
    const QSignalBlocker quiet(this);
    const int row = currentRow();
    m_devices = {model::SoundDevice()};
    m_devices += speakers;
    QStringList names{tr("The system's default")};
    for (const model::SoundDevice& speaker : speakers) {
        names << Formatting::plain(speaker.description);
    }
    for (const model::SoundDevice& device : settings.ringDevices) {
        if (std::ranges::find(m_devices, device.id, &model::SoundDevice::id) == m_devices.end()) {
            m_devices.append(device);
            names << tr("%1 (not connected)").arg(Formatting::plain(device.description));
        }
    }
    clear();
    for (qsizetype i = 0; i < names.size(); ++i) {
        auto* item = new QListWidgetItem(names.at(i), this);
        const bool isOn = i == 0
            ? settings.ringsOnDefault || settings.ringDevices.isEmpty()
            : std::ranges::find(settings.ringDevices, m_devices.at(i).id, &model::SoundDevice::id)
                != settings.ringDevices.end();
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
    }
    limit();
    setCurrentRow(std::clamp(row, 0, count() - 1));
}

// With none of them calls ring on the default all the same.
void RingDevices::ensureOne()
{
    if (count() > 0 && !onDefault() && devices().isEmpty()) {
        const QSignalBlocker quiet(this);
        item(0)->setCheckState(Qt::Checked);
    }
}

// A tick too many would be lost.
void RingDevices::limit()
{
    const QSignalBlocker quiet(this);
    constexpr auto most = model::SoundSettings::mostRingDevices;
    const bool isFull = devices().size() >= most;
    for (int row = 0; row < count(); ++row) {
        const bool isTooMany = isFull && row > 0 && item(row)->checkState() != Qt::Checked;
        Qt::ItemFlags flags = item(row)->flags();
        item(row)->setFlags(flags.setFlag(Qt::ItemIsEnabled, !isTooMany));
        item(row)->setToolTip(
            isTooMany ? tr("Calls ring on %n devices at most: untick another one first.", nullptr,
                           int(most))
                      : item(row)->text());
    }
}

bool RingDevices::onDefault() const
{
    return count() > 0 && item(0)->checkState() == Qt::Checked;
}

QList<model::SoundDevice> RingDevices::devices() const
{
    QList<model::SoundDevice> devices;
    for (int row = 1; row < count() && row < m_devices.size(); ++row) {
        if (item(row)->checkState() == Qt::Checked
            && devices.size() < model::SoundSettings::mostRingDevices) {
            devices.append(m_devices.at(row));
        }
    }
    return devices;
}

} // namespace hs::ui
