#include "epoch.h"

uint16_t tnb_change_epoch;
