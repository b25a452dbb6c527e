// OpenFailure: why a stream was not opened, as a sentence; and whether that says anything of the
// device. Thread: a value.
#pragma once

#include <QString>

namespace hs::device {

struct OpenFailure {
    QString text;
    // Qt Multimedia has no connection to the sound server: it comes back only three seconds after
    // it lost one, and lists the devices all the while. No device would open.
    bool isUnconnected = false;
};

} // namespace hs::device
