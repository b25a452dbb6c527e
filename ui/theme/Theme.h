// Theme: light or dark, as the desktop wishes or as the operator chose, applied to the whole
// application (Fusion with one of our two palettes) at once and whenever it changes.
// One for the application, built after QApplication and before the first window. Thread: GUI.
#pragma once

#include "ui/theme/Palettes.h"

#include <QObject>

#include <optional>

namespace hs::ui {

class PortalColorScheme;

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    // "system", "light", "dark"; nothing for another word.
    static std::optional<Choice> choiceFromWord(const QString& word);
    static QString toWord(Choice choice);

    // `portal` may be null: System is then what the platform's palette was at the start.
    explicit Theme(Choice choice, const PortalColorScheme* portal, QObject* parent = nullptr);

    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    Scheme scheme() const { return m_scheme; }

Q_SIGNALS:
    void schemeChanged(hs::ui::Scheme scheme);
    void choiceChanged(hs::ui::Theme::Choice choice);

private:
    Scheme wanted() const;
    void apply();
    void update();

    const PortalColorScheme* m_portal;
    Scheme m_platform; // of the palette that the platform gave the application
    Choice m_choice;
    Scheme m_scheme;
};

} // namespace hs::ui
