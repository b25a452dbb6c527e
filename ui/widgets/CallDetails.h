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

class SymbolLine;

class CallDetails : public QFrame {
    Q_OBJECT
public:
    explicit CallDetails(QWidget* parent = nullptr);

    // The pane of details is seen, which says the same and more; from the next setCall() on.
    void setElsewhere(bool elsewhere);
    void setKeypad(QAction* action); // the button for its digits
    void setCall(const std::optional<model::Call>& call, qint64 now); // none: hides it

private:
    QLabel* m_facts;
    QLabel* m_digits;
    SymbolLine* m_trouble;
    SymbolLine* m_transfer;
    bool m_elsewhere = false;
};

} // namespace hs::ui
