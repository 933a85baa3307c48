"""Features that newer versions of the language made standard."""
annotations = division = print_function = absolute_import = unicode_literals = generator_stop = True
