#define _GNU_SOURCE
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"

static int guarded = -1;
static struct termios saved;
static int event_pipe[2] = {-1, -1};
static _Atomic int events;
static _Atomic bool keeps_output;

void tnb_terminal_restore(void) {
  if (guarded < 0) return;
  static const char end_of_paste_mode[] = "\033[?2004l";
  int error = errno;
  ssize_t written = write(guarded, end_of_paste_mode, sizeof end_of_paste_mode - 1);
  (void)written;
  // TCSADRAIN would wait for a terminal that is gone or stopped.
  tcsetattr(guarded, TCSANOW, &saved);
  errno = error;
}

static void on_end(int number) {
  tnb_terminal_restore();
  // SA_RESETHAND: now the signal has its own effect, and the parent sees which it was.
  raise(number);
}

static void wake(int event) {
  int error = errno;
  atomic_fetch_or(&events, event);
  char byte = 0;
  ssize_t written = write(event_pipe[1], &byte, 1);
  (void)written;
  errno = error;
}

static void on_resize(int number) { wake(1); }
static void on_continue(int number) { wake(2); }

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The driver discards what is on its way to the screen at each Ctrl-C, and with a second one the message that the first brought.
// So the first of a cell turns that off; what was typed ahead is then for the later ones to discard.
static void keep_output(void) {
  struct termios modes;
  int error = errno;
  if (tcgetattr(guarded, &modes) == 0) {
    if (modes.c_lflag & NOFLSH) {
      tcflush(guarded, TCIFLUSH);
    } else {
      modes.c_lflag |= NOFLSH;
      tcsetattr(guarded, TCSANOW, &modes);
      keeps_output = true;
    }
  }
  errno = error;
}

void tnb_terminal_begin_cell(void) {
  if (!atomic_exchange(&keeps_output, false) || saved.c_lflag & NOFLSH) return;
  struct termios modes;
  if (tcgetattr(guarded, &modes) != 0) return;
  modes.c_lflag &= ~(tcflag_t)NOFLSH;
  tcsetattr(guarded, TCSANOW, &modes);
}

static void on_interrupt(int number) {
  static long first;
  static bool told;
  keep_output();
  if (tnb_interrupt_pending() == 0) {
    tnb_interrupt_set(1);
    first = milliseconds();
    told = false;
  } else if (!told && milliseconds() - first > 300) {
    static const char text[] = "\r\nStopping when the operation ends; Ctrl-\\ ends the shell at once, the next one offers its cells.\r\n";
    ssize_t written = write(guarded, text, sizeof text - 1);
    (void)written;
    told = true;
  }
  wake(4);
}

static void handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(number, &action, NULL);
}

bool tnb_terminal_guard(int descriptor) {
  if (tcgetattr(descriptor, &saved) != 0) return false;
  if (event_pipe[0] < 0 && pipe2(event_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  if (guarded < 0) atexit(tnb_terminal_begin_cell);
  guarded = descriptor;
  static const int ends[] = {SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) handle(ends[i], on_end, SA_RESETHAND | SA_NODEFER);
  handle(SIGINT, on_interrupt, SA_RESTART);
  handle(SIGWINCH, on_resize, SA_RESTART);
  handle(SIGCONT, on_continue, SA_RESTART);
  return true;
}

int tnb_terminal_event_descriptor(void) { return event_pipe[0]; }

int tnb_terminal_take_events(void) {
  char bytes[64];
  while (read(event_pipe[0], bytes, sizeof bytes) > 0) {
  }
  return atomic_exchange(&events, 0);
}

bool tnb_terminal_size(int *columns, int *rows) {
  struct winsize size;
  if (ioctl(guarded < 0 ? 0 : guarded, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

void tnb_terminal_suspend(void) {
  tnb_terminal_begin_cell();
  // To the whole group, as the terminal's driver sends it: a script that runs the program stops with it.
  kill(0, SIGTSTP);
}

int tnb_terminal_run(const char *command) {
  tnb_terminal_begin_cell();
  // As system(3), but a process of many gigabytes is not copied.
  struct sigaction ignore, old_interrupt, old_quit;
  memset(&ignore, 0, sizeof ignore);
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGINT, &ignore, &old_interrupt);
  sigaction(SIGQUIT, &ignore, &old_quit);
  pid_t child = vfork();
  if (child == 0) {
    // Handlers are reset by exec; what is ignored is not.
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  int status = -1;
  if (child > 0) {
    while (waitpid(child, &status, 0) < 0) {
      if (errno != EINTR) {
        status = -1;
        break;
      }
    }
  }
  sigaction(SIGINT, &old_interrupt, NULL);
  sigaction(SIGQUIT, &old_quit, NULL);
  return status;
}
