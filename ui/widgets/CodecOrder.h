// CodecOrder: the codecs of an account in order of choice: those of all calls, or its own, of which
// each can be left out (Space) and moved (Alt+Up, Alt+Down, or by the mouse), but not all left out.
// Thread: GUI.
#pragma once

#include <QListWidget>
#include <QWidget>

class QCheckBox;
class QLabel;

namespace hs::ui {

class CodecList : public QListWidget {
    Q_OBJECT
public:
    using QListWidget::QListWidget;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

class CodecOrder : public QWidget {
    Q_OBJECT
public:
    // Of model::allCodecs(). No own ones: those of all calls, which are the general ones, or all of
    // them if there are none of these.
    CodecOrder(const QStringList& own, const QStringList& general, QWidget* parent = nullptr);

    QStringList own() const;
    // False, with a sentence below the list, if it is to be an order of its own and has nothing.
    bool check();

private:
    struct Shown {
        QStringList order{}; // all there are
        QStringList ticked{};
    };
    static Shown from(const QStringList& ticked);
    Shown shown() const;
    void fill(const Shown& codecs);
    void setOwn(bool isOwn);

    QCheckBox* m_isOwn;
    CodecList* m_list;
    QLabel* m_problem;
    Shown m_general;
    Shown m_own; // while it is not shown
};

} // namespace hs::ui
