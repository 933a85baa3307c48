#pragma once
#include <stdbool.h>

// What a program that edits on a terminal needs of signals. Everything here is for one terminal, standard input's.

/// Remembers the terminal's modes; whatever ends the process by a signal from now on, a crash too, puts them back first.
/// Ctrl-C sets the interrupt flag (interrupt.h) and never ends the process. False when `descriptor` is no terminal.
bool tnb_terminal_guard(int descriptor);

/// To be called before a cell runs: its first Ctrl-C discards what was typed ahead and, as terminals do, output that is not yet on
/// the screen. Later ones discard no output, so the message of the first is seen. Also called when the process ends by itself.
void tnb_terminal_begin_cell(void);

/// Puts the remembered modes back and ends bracketed paste.
void tnb_terminal_restore(void);

/// Becomes readable when the terminal changed its size or the process was continued.
int tnb_terminal_event_descriptor(void);

/// What happened since the last call: 1 the size changed, 2 the process was continued, 4 an interrupt came; added up.
int tnb_terminal_take_events(void);

/// Columns and rows; false when the terminal does not know.
bool tnb_terminal_size(int *columns, int *rows);

/// Stops the process as Ctrl-Z does, and returns when it is continued.
void tnb_terminal_suspend(void);

/// Runs `command` with /bin/sh in the foreground; Ctrl-C goes to it alone. Gives its wait status, or -1.
int tnb_terminal_run(const char *command);
