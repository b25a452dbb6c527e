// CallDetails: what there is to know of one call beside its row: what is wrong with it and how its
// transfer goes, for whom it is, how it sounds, and the digits that were sent and received.
// Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QFrame>

#include <optional>

class QAction;
class QLabel;

namespace hs::ui {

class SymbolWidget;

class CallDetails : public QFrame {
    Q_OBJECT
public:
    explicit CallDetails(QWidget* parent = nullptr);

    void setKeypad(QAction* action); // the button for its digits
    void setCall(const std::optional<model::Call>& call, qint64 now); // none: hides it

private:
    struct Line {
        QWidget* box;
        SymbolWidget* symbol;
        QLabel* words;
    };
    Line makeLine(const QString& name);
    static void set(const Line& line, const QString& icon, int tone, const QString& words);

    QLabel* m_facts;
    QLabel* m_digits;
    Line m_trouble;
    Line m_transfer;
};

} // namespace hs::ui
