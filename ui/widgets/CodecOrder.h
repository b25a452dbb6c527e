// CodecOrder: the codecs of an account in order of choice: those of all calls, or its own, of which
// each can be left out (Space) and moved (Alt+Up, Alt+Down, or by the mouse). Thread: GUI.
#pragma once

#include <QListWidget>
#include <QWidget>

class QCheckBox;

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
    // Of model::allCodecs(); empty: those of all calls.
    explicit CodecOrder(const QStringList& own, QWidget* parent = nullptr);

    // The same.
    QStringList own() const;

private:
    QCheckBox* m_isOwn;
    CodecList* m_list;
};

} // namespace hs::ui
