#include "interrupt.h"

_Atomic int tnb_interrupt_flag = 0;
