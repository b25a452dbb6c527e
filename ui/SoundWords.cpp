#include "ui/SoundWords.h"

#include "ui/Formatting.h"

#include <iterator>

namespace hs::ui {

using Cause = model::SoundChange::Cause;

namespace {

constexpr struct {
    const char* code;
    const char* name;
} countries[] = {
    {"at", QT_TRANSLATE_NOOP("hs::ui::Countries", "Austria")},
    {"au", QT_TRANSLATE_NOOP("hs::ui::Countries", "Australia")},
    {"be", QT_TRANSLATE_NOOP("hs::ui::Countries", "Belgium")},
    {"br", QT_TRANSLATE_NOOP("hs::ui::Countries", "Brazil")},
    {"ch", QT_TRANSLATE_NOOP("hs::ui::Countries", "Switzerland")},
    {"cn", QT_TRANSLATE_NOOP("hs::ui::Countries", "China")},
    {"de", QT_TRANSLATE_NOOP("hs::ui::Countries", "Germany")},
    {"es", QT_TRANSLATE_NOOP("hs::ui::Countries", "Spain")},
    {"fr", QT_TRANSLATE_NOOP("hs::ui::Countries", "France")},
    {"gb", QT_TRANSLATE_NOOP("hs::ui::Countries", "United Kingdom")},
    {"hk", QT_TRANSLATE_NOOP("hs::ui::Countries", "Hong Kong")},
    {"in", QT_TRANSLATE_NOOP("hs::ui::Countries", "India")},
    {"it", QT_TRANSLATE_NOOP("hs::ui::Countries", "Italy")},
    {"jp", QT_TRANSLATE_NOOP("hs::ui::Countries", "Japan")},
    {"kr", QT_TRANSLATE_NOOP("hs::ui::Countries", "South Korea")},
    {"nl", QT_TRANSLATE_NOOP("hs::ui::Countries", "Netherlands")},
    {"nz", QT_TRANSLATE_NOOP("hs::ui::Countries", "New Zealand")},
    {"se", QT_TRANSLATE_NOOP("hs::ui::Countries", "Sweden")},
    {"tw", QT_TRANSLATE_NOOP("hs::ui::Countries", "Taiwan")},
    {"us", QT_TRANSLATE_NOOP("hs::ui::Countries", "United States")},
};

QString words(const model::SoundChange& change)
{
    switch (change.use) {
    case model::SoundUse::Speak:
        return change.cause == Cause::FellBack
            ? SoundWords::tr("The microphone \"%1\" is gone or does not work. You speak through "
                             "\"%2\" meanwhile.")
            : change.cause == Cause::Returned
            ? SoundWords::tr("The microphone \"%2\" is back. You speak through it again.")
            : SoundWords::tr("You speak through the microphone \"%2\" now, the system's new "
                             "default.");
    case model::SoundUse::Listen:
        return change.cause == Cause::FellBack
            ? SoundWords::tr("The speaker \"%1\" is gone or does not work. You hear calls through "
                             "\"%2\" meanwhile.")
            : change.cause == Cause::Returned
            ? SoundWords::tr("The speaker \"%2\" is back. You hear calls through it again.")
            : SoundWords::tr("You hear calls through the speaker \"%2\" now, the system's new "
                             "default.");
    case model::SoundUse::Ring:
        break;
    }
    return change.cause == Cause::FellBack
        ? SoundWords::tr("A speaker that rings is gone. Calls ring on: %2.")
        : SoundWords::tr("Calls ring on: %2.");
}

} // namespace

QString SoundWords::sentence(const model::SoundChange& change)
{
    QString text = words(change);
    // Names of devices may hold "%2" themselves.
    text.replace(QLatin1String("%1"), QChar(0x1)).replace(QLatin1String("%2"), QChar(0x2));
    const QString from = Formatting::plain(change.from);
    const QString to = Formatting::plain(change.to);
    return text.replace(QChar(0x1), from).replace(QChar(0x2), to);
}

QString SoundWords::country(const QString& code)
{
    for (const auto& known : countries) {
        if (code == QLatin1String(known.code)) {
            return QCoreApplication::translate("hs::ui::Countries", known.name);
        }
    }
    return code.toUpper();
}

QString SoundWords::percent(int percent)
{
    return tr("%1 %").arg(percent);
}

} // namespace hs::ui
