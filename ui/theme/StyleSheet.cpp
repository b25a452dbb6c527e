#include "ui/theme/StyleSheet.h"

#include <utility>

namespace hs::ui {

namespace {

// Colours stand as @name@. Selectors by objectName; sizes in em where they must follow the font.
constexpr const char* sheet = R"(
QMainWindow, QWidget#console { background: @window@; }
QMenuBar { background: @window@; border-bottom: 1px solid @border@; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @chip@; }
QToolTip { color: @text@; background: @panel@; border: 1px solid @border@; padding: 3px; }

QFrame#panel { background: @panel@; border: 1px solid @border@; border-radius: 6px; }
QFrame#transferBar { background: @selection@; border: none; border-top: 1px solid @border@; }
QFrame#callDetails { background: @window@; border: none; border-top: 1px solid @border@;
                     border-bottom-left-radius: 5px; border-bottom-right-radius: 5px; }
QScrollArea#details, QWidget#detailsBody { background: @panel@; border: none; }
QLabel#detailsNumber { font-weight: 600; font-size: 115%; }
QFrame#sentenceBox { background: @window@; border: none; border-left: 4px solid @border@; }
QFrame#sentenceBox[tone="active"] { border-left-color: @active@; }
QFrame#sentenceBox[tone="bad"] { border-left-color: @bad@; }
QFrame#sentenceBox[tone="ringing"] { border-left-color: @ringing@; }
QFrame#sentenceBox[tone="held"] { border-left-color: @held@; }
QDialog { background: @window@; }
QPlainTextEdit { background: @panel@; color: @text@; border: none;
                 border-top: 1px solid @border@; padding: 4px; }
QFrame#headsetCard { background: @window@; border: 1px solid @border@; border-radius: 6px; }
QFrame#headsetCard[tone="live"] { border: 2px solid @active@; }
QFrame#headsetCard[tone="muted"] { border: 2px solid @bad@; }
QLabel { background: transparent; }
QLabel#panelTitle, QLabel#cardTitle, QLabel#bannerTitle, QLabel#headsetWho { font-weight: 600; }
QLabel#secondary, QLabel#dialHint { color: @secondary@; }
QLabel#cardTitle { color: @secondary@; }
QLabel#dialMessage, QLabel#transferMessage, QLabel#fieldProblem, QLabel#accountsMessage {
     color: @bad@; font-weight: 600; }
QLabel[bad="true"] { color: @bad@; font-weight: 600; }

QLineEdit { background: @field@; color: @text@; border: 1px solid @border@; border-radius: 5px;
            padding: 5px 6px; selection-background-color: @accent@;
            selection-color: @onAccent@; }
QLineEdit:focus { border: 2px solid @accent@; padding: 4px 5px; }
QLineEdit#dialField { padding: 8px 8px; }
QLineEdit#dialField:focus { padding: 7px 7px; }

QPushButton#callButton, QPushButton#transferSend { background: @accent@; color: @onAccent@; border: 1px solid @accent@;
                         border-radius: 5px; padding: 7px 12px; font-weight: 600; }
QPushButton#callButton:hover, QPushButton#transferSend:hover { background: @accent@; border: 1px solid @text@; }
QPushButton#callButton:focus, QPushButton#transferSend:focus { border: 2px solid @text@; padding: 6px 11px; }
QPushButton#callButton:disabled, QPushButton#transferSend:disabled { background: @chip@; color: @secondary@; border-color: @border@; }

QToolButton { background: @panel@; color: @text@; border: 1px solid @border@; border-radius: 5px;
              padding: 4px 10px; }
QToolButton:hover { background: @chip@; }
QToolButton:pressed { background: @selection@; }
QToolButton:focus { border: 2px solid @accent@; padding: 3px 9px; }
QToolButton:disabled { color: @faint@; }
QToolButton[flat="true"] { border: 1px solid transparent; background: transparent;
                           padding: 2px 8px; font-weight: 600; }
QToolButton[flat="true"]:hover { background: @chip@; }
QToolButton[flat="true"]:focus { border: 2px solid @accent@; padding: 1px 7px; }
QToolButton[bad="true"] { color: @bad@; }
QToolButton#chip { border-radius: 11px; background: @chip@; border: 1px solid @chip@;
                   padding: 2px 11px; }
QToolButton#chip:hover { border: 1px solid @secondary@; }
QToolButton#chip:checked { background: @selection@; border: 1px solid @accent@;
                           font-weight: 600; }
QToolButton#chip:focus { border: 2px solid @accent@; padding: 1px 10px; }
QToolButton#autoAnswer { padding: 6px 24px 6px 10px; font-weight: 600; }
QToolButton#autoAnswer:focus { padding: 5px 23px 5px 9px; }
QToolButton#autoAnswer:checked { background: @notice@; border-color: @ringing@; }
QToolButton#autoAnswer::menu-button { border: none; border-left: 1px solid @border@;
                                      width: 18px; }
QToolButton#missedBadge { background: @hangUp@; color: @onHangUp@; border: none;
                          border-radius: 8px; padding: 1px 8px; font-weight: 700; }
QToolButton#missedBadge:focus { border: 2px solid @text@; padding: 0px 6px; }
QToolButton#bannerClose, QToolButton#transferClose { border: 1px solid transparent; background: transparent; padding: 3px; }
QToolButton#bannerClose:hover, QToolButton#transferClose:hover { background: @panel@; }
QToolButton#bannerClose:focus, QToolButton#transferClose:focus { border: 2px solid @accent@; padding: 2px; }
QFrame#banner { background: @notice@; border: 1px solid @ringing@; border-radius: 6px; }

QTableView { background: @panel@; color: @text@; border: none; outline: none; }
QHeaderView, QHeaderView::section { background: @panel@; }
QHeaderView::section { color: @secondary@; border: none; border-bottom: 1px solid @border@;
                       padding: 4px 8px; font-weight: 600; }
QTabWidget::pane { border: none; border-top: 1px solid @border@; }
QTabWidget::tab-bar { left: 6px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @secondary@; border: none;
               border-bottom: 3px solid transparent; padding: 7px 12px 5px 12px;
               margin-right: 2px; }
QTabBar::tab:selected { color: @text@; border-bottom: 3px solid @accent@; font-weight: 600; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:focus { background: @selection@; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @border@; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: @secondary@; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; background: @chip@; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: @accent@; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
                             background: @accent@; }
QSlider::handle:horizontal:focus { border: 2px solid @text@; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {
    background: @border@; }

QSlider#cardMicrophoneVolume, QSlider#cardSpeakerVolume { min-height: 16px; }
QToolButton#cardSound { padding: 1px 6px; }
QToolButton#cardSound:focus { padding: 0px 5px; border: 2px solid @accent@; }

QSplitter::handle { background: transparent; }
QMainWindow::separator { background: transparent; width: 8px; height: 8px; }
QDockWidget { color: @secondary@; font-weight: 600; }
QDockWidget::title { background: @window@; padding: 4px 8px; text-align: left; }
QStatusBar { background: @window@; border-top: 1px solid @border@; }
QStatusBar::item { border: none; }
)";

} // namespace

QString styleSheet(const Colors& colors)
{
    const std::pair<const char*, QColor> names[] = {{"@window@", colors.window},
                                                    {"@panel@", colors.panel},
                                                    {"@field@", colors.field},
                                                    {"@selection@", colors.selection},
                                                    {"@chip@", colors.chip},
                                                    {"@border@", colors.border},
                                                    {"@notice@", colors.notice},
                                                    {"@text@", colors.text},
                                                    {"@secondary@", colors.secondary},
                                                    {"@ringing@", colors.ringing},
                                                    {"@bad@", colors.bad},
                                                    {"@accent@", colors.accent},
                                                    {"@onAccent@", colors.onAccent},
                                                    {"@hangUp@", colors.hangUp},
                                                    {"@onHangUp@", colors.onHangUp},
                                                    {"@faint@", colors.faint},
                                                    {"@active@", colors.active},
                                                    {"@held@", colors.held}};
    QString text = QLatin1String(sheet);
    for (const auto& [name, color] : names) {
        text.replace(QLatin1String(name), color.name());
    }
    return text;
}

} // namespace hs::ui
