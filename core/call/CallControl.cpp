#include "call/CallControl.h"
