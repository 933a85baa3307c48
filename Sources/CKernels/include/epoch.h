#pragma once
#include <stdint.h>

/// The number of the running cell (`Changes.epoch` in Sources/Tensor), where every module reaches it by one load.
extern uint16_t tnb_change_epoch;
