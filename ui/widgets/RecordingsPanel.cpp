#include "ui/widgets/RecordingsPanel.h"

#include "ui/Formatting.h"
#include "ui/controllers/PlaybackController.h"
#include "ui/controllers/RecordingsController.h"
#include "ui/models/RecordingListModel.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/PlayerBar.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>

namespace hs::ui {

RecordingsPanel::RecordingsPanel(RecordingsController& recordings, PlaybackController& playback,
                                 RecordingListModel& model, QWidget* parent)
    : QWidget(parent)
    , m_recordings(recordings)
    , m_playback(playback)
    , m_model(model)
    , m_text(new SearchField(tr("Search number or name"), this))
    , m_count(new QLabel(this))
{
    m_text->setObjectName(QStringLiteral("recordingFilter"));
    m_count->setObjectName(QStringLiteral("secondary"));
    auto* folder = new QAction(tr("Open folder"), this);
    folder->setObjectName(QStringLiteral("openFolder"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 8, 10, 8);
    head->setSpacing(6);
    head->addWidget(m_text, 8);
    head->addWidget(
        new ActionButton(folder, ActionButton::Kind::Neutral, QStringLiteral("folder"), {}, this));
    head->addStretch(1);
    head->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    m_table = new Table(this); // in the order of the Tab key
    m_player = new PlayerBar(this);
    column->addWidget(m_table, 1);
    column->addWidget(m_player);

    m_table->setObjectName(QStringLiteral("recordings"));
    m_table->setAccessibleName(tr("Recordings"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    Table::Columns columns;
    for (int i = 0; i < recordingColumnCount; ++i) {
        columns.samples << RecordingListModel::sample(RecordingColumn(i));
    }
    columns.stretched = int(RecordingColumn::Who);
    columns.shedFirst = {int(RecordingColumn::File), int(RecordingColumn::Size)};
    m_table->setUp(&m_model, columns, false);

    connect(folder, &QAction::triggered, this, &RecordingsPanel::folderRequested);
    connect(m_text, &QLineEdit::textChanged, this,
            [this] { m_recordings.setFilter(m_text->text().trimmed()); });
    connect(&m_recordings, &RecordingsController::listed, this, &RecordingsPanel::refreshList);
    connectPlayer();
    refreshList();
}

void RecordingsPanel::connectPlayer()
{
    connect(m_table, &Table::chosen, this,
            [this](const QModelIndex& index) { play(index.data(IdRole).toString()); });
    connect(m_table, &Table::selectionMoved, this, &RecordingsPanel::refreshPlayer);
    connect(m_player, &PlayerBar::playRequested, this, &RecordingsPanel::playOrGoOn);
    connect(m_player, &PlayerBar::pauseRequested, this, [this] { m_playback.pause(); });
    connect(m_player, &PlayerBar::stopRequested, this, [this] { m_playback.stop(); });
    connect(m_player, &PlayerBar::seekRequested, this,
            [this](qint64 position) { m_playback.seek(position); });
    connect(&m_playback, &PlaybackController::stateChanged, this, &RecordingsPanel::refreshPlayer);
}

void RecordingsPanel::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void RecordingsPanel::play(const QString& path)
{
    if (path.isEmpty()) {
        return;
    }
    m_table->selectRowOf(path);
    m_playback.play(path);
}

// What is chosen; without a choice, what is loaded and paused.
void RecordingsPanel::playOrGoOn()
{
    const QString chosen = m_table->selectedId().toString();
    play(chosen.isEmpty() ? m_playback.state().path : chosen);
}

void RecordingsPanel::refreshPlayer()
{
    const auto& state = m_playback.state();
    m_model.setPlaying(state.playing ? state.path : QString());
    QString title;
    if (const model::Recording* loaded = m_model.recording(m_model.indexOf(state.path))) {
        title = Formatting::plain(loaded->number, 80);
        const QString name = Formatting::plain(loaded->displayName, 80);
        title += name.isEmpty() || name == title ? QString() : QStringLiteral(" \u00b7 ") + name;
    } else if (!state.path.isEmpty()) {
        title = Formatting::plain(QFileInfo(state.path).fileName());
    }
    m_player->setState(state, title, m_table->selectedId().isValid());
}

void RecordingsPanel::refreshList()
{
    const int rows = m_model.rowCount();
    m_count->setText(rows == 1 ? tr("1 recording") : tr("%n recordings", nullptr, rows));
    m_count->setVisible(rows > 0);
    if (m_recordings.filter().isEmpty()) {
        m_table->setEmptyText(tr("No recordings yet"),
                              tr("They appear here when a recorded call has ended."));
    } else {
        m_table->setEmptyText(tr("No recording fits the filter"),
                              tr("Press Esc in the search field to see all recordings."));
    }
    refreshPlayer();
}

} // namespace hs::ui
