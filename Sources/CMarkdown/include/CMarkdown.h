#pragma once
#include <md4c.h>

enum { tnb_markdown_missing = -1000 };
/// GitHub's dialect, with TeX between dollar signs.
enum { tnb_markdown_dialect = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS };

/// md_parse of libmd4c, which is loaded by the first call: start-up does not pay for it. Gives `tnb_markdown_missing` where it
/// is not installed.
int tnb_markdown_parse(const char *text, unsigned size, const MD_PARSER *parser, void *context);
