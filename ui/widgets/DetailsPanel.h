// DetailsPanel: everything that is known of one call: who it is and who has it, in a sentence
// whether they hear us and we hear them, what is wrong, how its transfer goes, the figures, and
// what happened so far. Thread: GUI.
#pragma once

#include "ui/models/CallEvents.h"

#include <QScrollArea>

#include <optional>

class QAction;
class QFrame;
class QGridLayout;
class QLabel;

namespace hs::ui {

class SymbolLine;

class DetailsPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit DetailsPanel(QWidget* parent = nullptr);

    // A button of its own for what can be done with the shown call. The action outlives the panel.
    void addButton(QAction* action, const QString& icon);
    // None: says that no call is chosen.
    void setCall(const std::optional<model::Call>& call, const QList<CallEvents::Event>& events,
                 qint64 now);

private:
    enum Fact {
        State,
        Times,
        For,
        Origin,
        Owner,
        Listeners,
        Codec,
        Loss,
        Jitter,
        RoundTrip,
        Quality,
        Recording,
        Digits,
        Media,
        Address,
        FactCount
    };
    static QString caption(Fact fact);
    static QString value(Fact fact, const model::Call& call, qint64 now);
    void addFacts();
    void setHead(const model::Call& call);
    void setSentence(const model::Call& call, qint64 now);

    QWidget* m_body;
    QLabel* m_empty;
    QLabel* m_number;
    QLabel* m_name;
    QFrame* m_box;
    QLabel* m_sentence;
    SymbolLine* m_trouble;
    SymbolLine* m_transfer;
    QLayout* m_buttons;
    struct Row {
        QLabel* title;
        QLabel* words;
    };
    QGridLayout* m_facts; // a QFormLayout of Qt 6.4 whose rows come and go writes past its end
    QList<Row> m_rows;
    QLabel* m_events;
};

} // namespace hs::ui
