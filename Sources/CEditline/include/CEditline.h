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
typedef wchar_t *(*tnb_prompt_function)(EditLine *editor);

static inline void tnb_el_set_prompt(EditLine *editor, tnb_prompt_function prompt) {
  el_wset(editor, EL_PROMPT, prompt);
}

static inline void tnb_el_set_context(EditLine *editor, void *context) { el_wset(editor, EL_CLIENTDATA, context); }

static inline void *tnb_el_context(EditLine *editor) {
  void *context = NULL;
  el_wget(editor, EL_CLIENTDATA, &context);
  return context;
}

static inline void tnb_el_set_reader(EditLine *editor, tnb_read_function reader) {
  el_wset(editor, EL_GETCFN, reader);
}

static inline void tnb_el_set_editor(EditLine *editor, const wchar_t *mode) { el_wset(editor, EL_EDITOR, mode); }

static inline int tnb_el_add_function(
  EditLine *editor, const wchar_t *name, const wchar_t *help, tnb_key_function function) {
  return el_wset(editor, EL_ADDFN, name, help, function);
}

/// Binds a key sequence; in vi's command map when `alternative`.
static inline int tnb_el_bind(EditLine *editor, bool alternative, const wchar_t *keys, const wchar_t *function) {
  return alternative ? el_wset(editor, EL_BIND, L"-a", keys, function, NULL)
                     : el_wset(editor, EL_BIND, keys, function, NULL);
}

/// While a cell is typed, Ctrl-C and Ctrl-Z arrive as characters.
static inline void tnb_el_keep_signal_keys(EditLine *editor) {
  el_wset(editor, EL_SETTY, L"-d", L"-isig", NULL);
}

/// Enters the editor's terminal mode, or leaves it.
static inline void tnb_el_prepare_terminal(EditLine *editor, bool on) { el_wset(editor, EL_PREP_TERM, on ? 1 : 0); }
