#include "ui/windows/WindowState.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int mostSizes = 64;
constexpr int largestSize = 20000;
const auto group = QStringLiteral("console-1");
const auto sizesGroup = QStringLiteral("sizes");

QList<int> toSizes(const QString& text)
{
    QList<int> sizes;
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        bool ok = false;
        const int size = word.toInt(&ok);
        if (!ok || size < 0 || size > largestSize || sizes.size() == mostSizes) {
            return {};
        }
        sizes << size;
    }
    return sizes;
}
} // namespace

WindowState WindowState::load(const QString& path)
{
    WindowState state;
    // QSettings takes gigabytes as readily as kilobytes; ours is small.
    if (path.isEmpty() || QFileInfo(path).size() > 1024 * 1024) {
        return state;
    }
    QSettings file(path, QSettings::IniFormat);
    if (file.status() != QSettings::NoError) {
        return state;
    }
    file.beginGroup(group);
    state.geometry = file.value(QStringLiteral("geometry")).toByteArray();
    state.panes = file.value(QStringLiteral("panes")).toByteArray();
    state.paneNames = file.value(QStringLiteral("paneNames")).toStringList();
    state.isCompact = file.value(QStringLiteral("compact")).toBool();
    state.compactGeometry = file.value(QStringLiteral("compactGeometry")).toByteArray();
    state.theme = file.value(QStringLiteral("theme")).toString();
    state.autoAnswerSeconds =
        std::clamp(file.value(QStringLiteral("autoAnswerSeconds")).toInt(), 0, 3600);
    file.beginGroup(sizesGroup);
    for (const QString& name : file.childKeys()) {
        const QList<int> sizes = toSizes(file.value(name).toString());
        if (!sizes.isEmpty()) {
            state.sizes[name] = sizes;
        }
    }
    return state;
}

bool WindowState::save(const QString& path) const
{
    if (path.isEmpty() || !QDir().mkpath(QFileInfo(path).absolutePath())) {
        return path.isEmpty();
    }
    QSettings file(path, QSettings::IniFormat);
    file.beginGroup(group);
    file.setValue(QStringLiteral("geometry"), geometry);
    file.setValue(QStringLiteral("panes"), panes);
    file.setValue(QStringLiteral("paneNames"), paneNames);
    file.setValue(QStringLiteral("compact"), isCompact);
    file.setValue(QStringLiteral("compactGeometry"), compactGeometry);
    file.setValue(QStringLiteral("theme"), theme);
    file.setValue(QStringLiteral("autoAnswerSeconds"), autoAnswerSeconds);
    file.beginGroup(sizesGroup);
    for (auto at = sizes.begin(); at != sizes.end(); ++at) {
        QStringList words;
        for (const int size : at.value()) {
            words << QString::number(size);
        }
        file.setValue(at.key(), words.join(QLatin1Char(' ')));
    }
    file.sync();
    return file.status() == QSettings::NoError;
}

} // namespace hs::ui
