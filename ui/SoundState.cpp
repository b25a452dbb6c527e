#include "ui/SoundState.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace hs::ui {

namespace {

const auto group = QStringLiteral("sound-1");
constexpr qsizetype longestId = 1000;
constexpr qsizetype longestName = 300;

void saveDevices(QSettings& file, const QString& key, const QList<model::SoundDevice>& devices)
{
    QStringList ids;
    QStringList names;
    for (const model::SoundDevice& device : devices) {
        ids << QString::fromUtf8(device.id);
        names << device.description;
    }
    file.setValue(key + QStringLiteral("Ids"), ids);
    file.setValue(key + QStringLiteral("Names"), names);
}

QList<model::SoundDevice> loadDevices(const QSettings& file, const QString& key, qsizetype most)
{
    const QStringList ids = file.value(key + QStringLiteral("Ids")).toStringList();
    const QStringList names = file.value(key + QStringLiteral("Names")).toStringList();
    QList<model::SoundDevice> devices;
    for (qsizetype i = 0; i < std::min(ids.size(), most); ++i) {
        if (!ids.at(i).isEmpty() && ids.at(i).size() <= longestId) {
            devices.append({ids.at(i).toUtf8(), names.value(i).left(longestName)});
        }
    }
    return devices;
}

void saveChoice(QSettings& file, const QString& key, const model::SoundChoice& choice)
{
    file.setValue(key + QStringLiteral("FollowsDefault"), choice.followsDefault);
    saveDevices(file, key, choice.remembered);
}

model::SoundChoice loadChoice(const QSettings& file, const QString& key)
{
    model::SoundChoice choice;
    choice.remembered = loadDevices(file, key, model::SoundChoice::mostRemembered);
    choice.followsDefault = choice.remembered.isEmpty()
        || file.value(key + QStringLiteral("FollowsDefault"), true).toBool();
    return choice;
}

void loadPercent(const QSettings& file, const QString& key, int& percent)
{
    bool ok = false;
    const int value = file.value(key).toInt(&ok);
    if (ok) {
        percent = std::clamp(value, 0, model::SoundSettings::mostPercent);
    }
}

} // namespace

model::SoundSettings loadSound(const QString& path)
{
    model::SoundSettings settings;
    // QSettings takes gigabytes as readily as kilobytes; ours is small.
    if (path.isEmpty() || QFileInfo(path).size() > 1024 * 1024) {
        return settings;
    }
    QSettings file(path, QSettings::IniFormat);
    if (file.status() != QSettings::NoError) {
        return settings;
    }
    file.beginGroup(group);
    settings.speak = loadChoice(file, QStringLiteral("speak"));
    settings.listen = loadChoice(file, QStringLiteral("listen"));
    settings.ringDevices =
        loadDevices(file, QStringLiteral("ring"), model::SoundSettings::mostRingDevices);
    settings.ringsOnDefault = file.value(QStringLiteral("ringsOnDefault"), true).toBool();
    loadPercent(file, QStringLiteral("speakerPercent"), settings.speakerPercent);
    loadPercent(file, QStringLiteral("microphonePercent"), settings.microphonePercent);
    loadPercent(file, QStringLiteral("ringPercent"), settings.ringPercent);
    settings.cancelsEcho = file.value(QStringLiteral("cancelsEcho"), true).toBool();
    settings.reducesNoise = file.value(QStringLiteral("reducesNoise"), true).toBool();
    settings.controlsGain = file.value(QStringLiteral("controlsGain"), true).toBool();
    settings.callWaitingTone = file.value(QStringLiteral("callWaitingTone"), true).toBool();
    settings.toneCountry = file.value(QStringLiteral("toneCountry")).toString().left(2);
    settings.ringFile = file.value(QStringLiteral("ringFile")).toString();
    return settings;
}

bool saveSound(const model::SoundSettings& settings, const QString& path)
{
    if (path.isEmpty() || !QDir().mkpath(QFileInfo(path).absolutePath())) {
        return path.isEmpty();
    }
    QSettings file(path, QSettings::IniFormat);
    file.beginGroup(group);
    saveChoice(file, QStringLiteral("speak"), settings.speak);
    saveChoice(file, QStringLiteral("listen"), settings.listen);
    saveDevices(file, QStringLiteral("ring"), settings.ringDevices);
    file.setValue(QStringLiteral("ringsOnDefault"), settings.ringsOnDefault);
    file.setValue(QStringLiteral("speakerPercent"), settings.speakerPercent);
    file.setValue(QStringLiteral("microphonePercent"), settings.microphonePercent);
    file.setValue(QStringLiteral("ringPercent"), settings.ringPercent);
    file.setValue(QStringLiteral("cancelsEcho"), settings.cancelsEcho);
    file.setValue(QStringLiteral("reducesNoise"), settings.reducesNoise);
    file.setValue(QStringLiteral("controlsGain"), settings.controlsGain);
    file.setValue(QStringLiteral("callWaitingTone"), settings.callWaitingTone);
    file.setValue(QStringLiteral("toneCountry"), settings.toneCountry);
    file.setValue(QStringLiteral("ringFile"), settings.ringFile);
    file.sync();
    return file.status() == QSettings::NoError;
}

} // namespace hs::ui
