#include "ui/theme/Theme.h"

#include "ui/theme/ConsoleStyle.h"
#include "ui/theme/PortalColorScheme.h"

#include <QApplication>

namespace hs::ui {

std::optional<Theme::Choice> Theme::choiceFromWord(const QString& word)
{
    for (const Choice choice : {Choice::System, Choice::Light, Choice::Dark}) {
        if (word == toWord(choice)) {
            return choice;
        }
    }
    return std::nullopt;
}

QString Theme::toWord(Choice choice)
{
    switch (choice) {
    case Choice::Light:
        return QStringLiteral("light");
    case Choice::Dark:
        return QStringLiteral("dark");
    case Choice::System:
        break;
    }
    return QStringLiteral("system");
}

Theme::Theme(Choice choice, const PortalColorScheme* portal, QObject* parent)
    : QObject(parent)
    , m_portal(portal)
    , m_platform(schemeOf(QApplication::palette()))
    , m_choice(choice)
    , m_scheme(wanted())
{
    QApplication::setStyle(new ConsoleStyle); // the application's from then on
    apply();
    if (m_portal != nullptr) {
        connect(m_portal, &PortalColorScheme::changed, this, &Theme::update);
    }
}

void Theme::setChoice(Choice choice)
{
    if (choice == m_choice) {
        return;
    }
    m_choice = choice;
    update();
    Q_EMIT choiceChanged(choice);
}

Scheme Theme::wanted() const
{
    if (m_choice != Choice::System) {
        return m_choice == Choice::Dark ? Scheme::Dark : Scheme::Light;
    }
    if (m_portal != nullptr && m_portal->preference()) {
        switch (*m_portal->preference()) {
        case PortalColorScheme::Preference::Dark:
            return Scheme::Dark;
        case PortalColorScheme::Preference::Light:
            return Scheme::Light;
        case PortalColorScheme::Preference::None:
            break;
        }
    }
    return m_platform;
}

void Theme::apply()
{
    QApplication::setPalette(palette(m_scheme));
}

void Theme::update()
{
    const Scheme scheme = wanted();
    if (scheme == m_scheme) {
        return;
    }
    m_scheme = scheme;
    apply();
    Q_EMIT schemeChanged(scheme);
}

} // namespace hs::ui
