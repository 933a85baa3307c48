x = 'ab' [31m + y
