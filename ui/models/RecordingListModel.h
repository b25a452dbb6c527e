// RecordingListModel: the recordings, newest first, brought from one answer of the engine to the
// next by inserted, removed and changed rows. Marks the one that is playing. Thread: GUI.
#pragma once

#include "model/Recording.h"
#include "ui/models/Cell.h"

#include <QAbstractTableModel>

#include <functional>

namespace hs::ui {

enum class RecordingColumn { Time, Direction, Who, Duration, Size, File };
constexpr int recordingColumnCount = 6;

class RecordingListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit RecordingListModel(std::function<qint64()> now, QObject* parent = nullptr);

    void setRecordings(QList<model::Recording> recordings);
    void setPlaying(const QString& path); // empty: none
    const model::Recording* recording(const QModelIndex& index) const; // null for none
    QModelIndex indexOf(const QString& path) const;
    static QString sample(RecordingColumn column);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Sink;
    Cell cell(RecordingColumn column, const model::Recording& recording) const;
    void markRow(const QString& path);

    std::function<qint64()> m_now;
    QList<model::Recording> m_recordings;
    QString m_playing;
};

} // namespace hs::ui
