"""Names and the patterns of shells."""

def _in_set(character, pattern, start):
    """Whether a character is in the set that begins at start, and where the pattern goes on; None: it is no set."""
    i = start + 1
    negated = pattern[i:i + 1] == '!'
    if negated:
        i += 1
    end = pattern.find(']', i + 1)
    if end < 0:
        return None
    found = False
    while i < end:
        if pattern[i + 1:i + 2] == '-' and i + 2 < end:
            found = found or pattern[i] <= character <= pattern[i + 2]
            i += 3
        else:
            found = found or pattern[i] == character
            i += 1
    return found != negated, end + 1

def fnmatchcase(name, pat):
    """Whether a name matches a pattern with *, ?, [abc] and [!abc]."""
    i = j = 0
    star = mark = -1
    while i < len(name):
        step = None
        if j < len(pat) and pat[j] != '*':
            if pat[j] == '?':
                step = j + 1
            else:
                group = _in_set(name[i], pat, j) if pat[j] == '[' else None
                if group is not None:
                    step = group[1] if group[0] else None
                elif pat[j] == name[i]:
                    step = j + 1
        elif j < len(pat):
            star, mark = j, i
            j += 1
            continue
        if step is not None:
            i, j = i + 1, step
        elif star >= 0:
            mark += 1
            i, j = mark, star + 1
        else:
            return False
    return all(c == '*' for c in pat[j:])

fnmatch = fnmatchcase

def filter(names, pat):
    """The names that match a pattern."""
    return [name for name in names if fnmatchcase(name, pat)]
