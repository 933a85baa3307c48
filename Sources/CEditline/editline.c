#define _GNU_SOURCE
#include "CEditline.h"

#include <stdarg.h>
#include <string.h>

static ssize_t take(void *cookie, const char *bytes, size_t count) {
  struct tnb_editor_output *output = cookie;
  if (memchr(bytes, '\a', count)) output->rang = true;
  if (output->text) {
    size_t room = output->capacity - output->count;
    size_t kept = count < room ? count : room;
    memcpy(output->text + output->count, bytes, kept);
    output->count += kept;
  }
  return (ssize_t)count;
}

EditLine *tnb_el_init(const char *program, struct tnb_editor_output *output) {
  cookie_io_functions_t functions = {NULL, take, NULL, NULL};
  FILE *drawing = fopencookie(output, "w", functions);
  FILE *errors = fopen("/dev/null", "we");
  if (!drawing || !errors) return NULL;
  return el_init_fd(program, stdin, drawing, errors, 0, 1, 2);
}

static tnb_history_function history_function;

// libedit calls it with what each operation needs: H_SET has a number.
static int history_step(void *context, HistEventW *event, int operation, ...) {
  int number = 0;
  switch (operation) {
  case H_FIRST:
  case H_NEXT:
  case H_PREV:
  case H_LAST:
  case H_CURR: break;
  case H_SET: {
    va_list arguments;
    va_start(arguments, operation);
    number = va_arg(arguments, int);
    va_end(arguments);
    break;
  }
  default: return -1;
  }
  const wchar_t *text = history_function(context, operation, number);
  if (!text) return -1;
  event->num = number;
  event->str = text;
  return 0;
}

void tnb_el_set_history(EditLine *editor, tnb_history_function function, void *context) {
  history_function = function;
  el_wset(editor, EL_HIST, history_step, context);
}
