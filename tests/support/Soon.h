// SOON_COMPARE, SOON_VERIFY, SOON_VERIFY2: QTest's QTRY_ with a deadline that a busy machine keeps
// too: what is waited for comes from another thread or process, and its lateness is not what these
// tests are about.
#pragma once

#include <QTest>

#define SOON_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 30000)
#define SOON_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 30000)
#define SOON_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT(condition, message, 30000)
