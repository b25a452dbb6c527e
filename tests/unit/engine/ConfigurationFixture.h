// A folder with a home, a working folder and a configuration file in it, and what is loaded there.
#pragma once

#include "engine/Configuration.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace hs::test {

class ConfigurationFixture {
public:
    ConfigurationFixture()
    {
        input.workingFolder = path(QStringLiteral("work"));
        QDir().mkpath(input.workingFolder);
        QDir().mkpath(path(QStringLiteral("home/.config/hookswitch")));
        setVariable("HOME", path(QStringLiteral("home")));
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString file() const { return path(QStringLiteral("home/.config/hookswitch/hookswitch.conf")); }
    QString makeFile(const QString& name, const QByteArray& content)
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile made(path(name));
        if (!made.open(QIODevice::WriteOnly) || made.write(content) != content.size()) {
            qFatal("can't make %s", qPrintable(name));
        }
        return made.fileName();
    }
    void setFile(const QByteArray& content)
    {
        makeFile(QStringLiteral("home/.config/hookswitch/hookswitch.conf"), content);
    }
    void setVariable(const char* name, const QString& value)
    {
        input.environment.insert(QLatin1String(name), value);
    }

    auto load() const { return engine::Configuration::load(input); }
    QStringList errors() const
    {
        const auto loaded = load();
        return loaded ? QStringList() : loaded.error();
    }

    engine::Configuration::Input input;

private:
    QTemporaryDir m_folder;
};

} // namespace hs::test
