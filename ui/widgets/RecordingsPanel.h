// RecordingsPanel: the recordings with their filter and their player. Enter or a double click plays
// a row. Thread: GUI.
#pragma once

#include <QWidget>

class QLabel;

namespace hs::ui {

class PlaybackController;
class PlayerBar;
class RecordingListModel;
class RecordingsController;
class SearchField;
class Table;

class RecordingsPanel : public QWidget {
    Q_OBJECT
public:
    RecordingsPanel(RecordingsController& recordings, PlaybackController& playback,
                    RecordingListModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    void focusFilter();
    void play(const QString& path);

Q_SIGNALS:
    void folderRequested();

private:
    void connectPlayer();
    void playOrGoOn();
    void refreshPlayer();
    void refreshList();

    RecordingsController& m_recordings;
    PlaybackController& m_playback;
    RecordingListModel& m_model;
    SearchField* m_text;
    QLabel* m_count;
    Table* m_table = nullptr;
    PlayerBar* m_player = nullptr;
};

} // namespace hs::ui
