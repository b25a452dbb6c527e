#include "ui/widgets/DeviceCombo.h"

#include "ui/Formatting.h"

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int shortestText = 18; // characters: long names are cut off rather than widen the dialog
}

DeviceCombo::DeviceCombo(QWidget* parent)
    : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(shortestText);
    connect(this, &QComboBox::activated, this, [this](int row) {
        if (row >= 0 && row < m_devices.size()) {
            Q_EMIT chosen(m_devices.at(row));
        }
    });
}

void DeviceCombo::show(const QList<model::SoundDevice>& devices, const model::SoundChoice& choice)
{
    QList<model::SoundDevice> rows{model::SoundDevice()};
    rows += devices;
    QStringList names{tr("The system's default")};
    for (const model::SoundDevice& device : devices) {
        names << Formatting::plain(device.description);
    }
    int current = 0;
    if (!choice.followsDefault && !choice.remembered.isEmpty()) {
        const model::SoundDevice& wanted = choice.remembered.first();
        const auto found = std::ranges::find(rows, wanted.id, &model::SoundDevice::id);
        current = static_cast<int>(found - rows.begin());
        if (found == rows.end()) {
            rows.append(wanted);
            const QString name = Formatting::plain(wanted.description);
            names << tr("%1 (not connected)")
                         .arg(name.isEmpty() ? QString::fromUtf8(wanted.id) : name);
        }
    }
    QStringList shown;
    for (int row = 0; row < count(); ++row) {
        shown << itemText(row);
    }
    m_devices = rows;
    if (shown != names) {
        clear(); // nothing is told: only what a person picks is a choice
        addItems(names);
    }
    setCurrentIndex(current);
    setToolTip(currentText());
}

} // namespace hs::ui
