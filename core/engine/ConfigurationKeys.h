// The keys of the configuration, each with its option and environment variables and with how its
// text becomes part of the settings and is made from them. Everything that depends on one key alone
// is in this table. Thread: constant.
#pragma once

#include "engine/ConfigurationDraft.h"

#include <QStringList>

#include <array>
#include <span>

namespace hs::engine {

// An environment variable may give only a part of its key's value: the address or the port.
enum class KeyPart { Whole, First, Second };

struct EnvironmentVariable {
    const char* name = nullptr;
    KeyPart part = KeyPart::Whole;
    // Nothing if the value was taken, else what is wrong with it and what to give instead.
    QString (*apply)(ConfigurationDraft&, const QString& value) = nullptr;
};

struct ConfigurationKey {
    const char* name; // in the file
    const char* option; // without its dashes; nullptr: there is none
    const char* valueName; // for the help
    const char* help;
    const char* defaultText; // for the help; nullptr: as print() shows the default
    QString (*apply)(ConfigurationDraft&, const QString& value); // of file and option
    QString (*print)(const model::Settings&); // what apply() takes
    std::array<EnvironmentVariable, 2> environment; // the second may have no name
};

std::span<const ConfigurationKey> configurationKeys();
const ConfigurationKey* configurationKey(const QString& name);
QStringList configurationKeyNames();
QStringList configurationOptionNames();

// The value as it stands in a file, for ConfigFile::setValue(); empty for a key that there is not.
QString configurationValue(const model::Settings& settings, const QString& key);

} // namespace hs::engine
