// What the tables of configuration keys are written with, and the tables that ConfigurationKeys
// joins. Thread: constant.
#pragma once

#include "engine/ConfigurationKeys.h"

namespace hs::engine {

std::span<const ConfigurationKey> sipKeys(); // SIP and what a call does

using Draft = ConfigurationDraft;

// The variable that gives its key's whole value.
constexpr std::array<EnvironmentVariable, 2> variable(const char* name,
                                                      QString (*apply)(Draft&, const QString&))
{
    return {EnvironmentVariable{name, KeyPart::Whole, apply}, EnvironmentVariable{}};
}

struct KeyText {
    const char* name;
    const char* option;
    const char* valueName;
    const char* help;
    const char* defaultText = nullptr;
};

constexpr ConfigurationKey key(const KeyText& text, QString (*apply)(Draft&, const QString&),
                               QString (*print)(const model::Settings&), const char* variableName)
{
    return {text.name,        text.option, text.valueName, text.help,
            text.defaultText, apply,       print,          variable(variableName, apply)};
}

constexpr ConfigurationKey key(const KeyText& text, QString (*apply)(Draft&, const QString&),
                               QString (*print)(const model::Settings&),
                               const EnvironmentVariable& first, const EnvironmentVariable& second)
{
    return {text.name,        text.option, text.valueName, text.help,
            text.defaultText, apply,       print,          {first, second}};
}

inline QString yesNo(bool value)
{
    return value ? QStringLiteral("yes") : QStringLiteral("no");
}

inline QString orNone(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("none") : text;
}

// Made absolute when all is known.
inline QString applyOptionalPath(const QString& value, QString& path)
{
    path = value == QStringLiteral("none") ? QString() : value;
    return {};
}

} // namespace hs::engine
