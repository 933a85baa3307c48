#pragma once
#include <histedit.h>
#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

// libedit's set and get functions are variadic, which Swift cannot call: one function here for each use of theirs.

/// Reads the next character into `*character`: 1, 0 at the end of input, -1 for an error.
typedef int (*tnb_read_function)(EditLine *editor, wchar_t *character);
/// What a key runs; gives one of the CC_ codes.
typedef unsigned char (*tnb_key_function)(EditLine *editor, wint_t character);
/// One step in the history: `operation` is H_FIRST, H_NEXT …; `number` is H_SET's. NULL where there is no entry; a text stays
/// until the next call.
typedef const wchar_t *(*tnb_history_function)(void *context, int operation, int number);

/// What libedit wrote, in place of a screen: it edits, and the caller draws.
struct tnb_editor_output {
  /// It rang the bell.
  bool rang;
  /// When not NULL, what it writes is kept here, up to `capacity` bytes.
  char *text;
  size_t capacity;
  size_t count;
};

/// An editor on the terminal of descriptors 0 and 1 whose drawing goes to `output`; NULL when there is no memory.
EditLine *tnb_el_init(const char *program, struct tnb_editor_output *output);

static inline void tnb_el_set_context(EditLine *editor, void *context) { el_wset(editor, EL_CLIENTDATA, context); }

static inline void *tnb_el_context(EditLine *editor) {
  void *context = NULL;
  el_wget(editor, EL_CLIENTDATA, &context);
  return context;
}

static inline void tnb_el_set_reader(EditLine *editor, tnb_read_function reader) {
  el_wset(editor, EL_GETCFN, reader);
}

/// Lets libedit's own history commands (vi's `/`, those bound in .editrc) see the history. One history a process.
void tnb_el_set_history(EditLine *editor, tnb_history_function function, void *context);

/// Emacs' keys: some builds of libedit begin with vi's.
static inline void tnb_el_use_emacs(EditLine *editor) { el_wset(editor, EL_EDITOR, L"emacs"); }

/// Whether the keys are vi's.
static inline bool tnb_el_is_vi(EditLine *editor) {
  const wchar_t *mode = NULL;
  el_wget(editor, EL_EDITOR, &mode);
  return mode && mode[0] == L'v';
}

/// False after `edit off`.
static inline bool tnb_el_is_editing(EditLine *editor) {
  int on = 1;
  el_wget(editor, EL_EDITMODE, &on);
  return on != 0;
}

/// Declares a command that keys can be bound to. libedit keeps the two texts, which live as long as the process.
static inline int tnb_el_add_function(
  EditLine *editor, const wchar_t *name, const wchar_t *help, tnb_key_function function) {
  return el_wset(editor, EL_ADDFN, wcsdup(name), wcsdup(help), function);
}

/// While a cell is typed, Ctrl-C, Ctrl-Z and Ctrl-\ arrive as characters, and Ctrl-S, Ctrl-Q, Ctrl-O and Ctrl-V are keys.
static inline void tnb_el_keep_control_keys(EditLine *editor) {
  el_wset(editor, EL_SETTY, L"-d", L"-isig", L"-ixon", L"-iexten", NULL);
}

/// Enters the editor's terminal mode, or leaves it.
static inline void tnb_el_prepare_terminal(EditLine *editor, bool on) { el_wset(editor, EL_PREP_TERM, on ? 1 : 0); }

/// Hands what libedit wrote over to its `tnb_editor_output`.
static inline void tnb_el_flush(EditLine *editor) {
  FILE *drawing = NULL;
  el_get(editor, EL_GETFP, 1, &drawing);
  if (drawing) fflush(drawing);
}
