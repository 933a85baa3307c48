#pragma once
#include <jansson.h>
#include <stdbool.h>

// jansson's loops over objects are macros, which Swift does not see.

/// The type of a value; `JSON_NULL` of a missing one.
static inline int tnb_json_type(const json_t *value) { return value ? (int)json_typeof(value) : JSON_NULL; }
static inline bool tnb_json_true(const json_t *value) { return json_is_true(value); }
