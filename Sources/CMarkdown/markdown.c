#include "CMarkdown.h"

#include <dlfcn.h>
#include <stddef.h>

int tnb_markdown_parse(const char *text, unsigned size, const MD_PARSER *parser, void *context) {
  static int (*parse)(const MD_CHAR *, MD_SIZE, const MD_PARSER *, void *);
  if (!parse) {
    void *library = dlopen("libmd4c.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library) return tnb_markdown_missing;
    *(void **)&parse = dlsym(library, "md_parse");
    if (!parse) return tnb_markdown_missing;
  }
  return parse(text, size, parser, context);
}
