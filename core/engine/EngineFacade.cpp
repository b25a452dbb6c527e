#include "engine/EngineFacade.h"
