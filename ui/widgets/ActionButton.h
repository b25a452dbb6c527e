// ActionButton: a button of an action, with its key written beside its word and, where it answers
// or hangs up, in a colour of its own. Keeps its width when the word changes. Thread: GUI.
#pragma once

#include "ui/theme/Palettes.h"

#include <QToolButton>

namespace hs::ui {

class ActionButton : public QToolButton {
    Q_OBJECT
public:
    enum class Kind { Neutral, Answer, HangUp, Accent };

    // `words`: every text that the action can have. `icon` names a symbolic icon, may be empty.
    ActionButton(QAction* action, Kind kind, QString icon, QStringList words,
                 QWidget* parent = nullptr);

    void setIconName(const QString& icon);
    enum class Form { Whole, WithoutKey, IconOnly };
    void setForm(Form form); // what is left out says the tool tip
    QSize sizeOf(Form form) const;
    QSize sizeHint() const override { return sizeOf(m_form); }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Paint {
        QColor ground;
        QColor border;
        QColor text;
        QColor key;
    };
    Paint paintOf(const Colors& colors) const;
    QString keyText() const;
    QString word() const;

    Kind m_kind;
    QString m_icon;
    Form m_form = Form::Whole;
    QStringList m_words;
};

} // namespace hs::ui
