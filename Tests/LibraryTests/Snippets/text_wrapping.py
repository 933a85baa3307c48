import random
import textwrap


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


def check(TextWrapper):
    r = random.Random(5)
    out = []
    for n in range(300):
        words = []
        for _ in range(r.randrange(1, 14)):
            words.append(''.join(r.choice("abcxyz-'.,!1é_?") for _ in range(r.randrange(1, 9))))
            words.append(r.choice([' ', ' ', ' ', '  ', '\n', '\t', '--', '-', ' -- ', '\n\n', ' \u00a0', '.  ']))
        text = ''.join(words)
        kw = dict(width=r.randrange(8, 30))
        for k in ('expand_tabs','replace_whitespace','fix_sentence_endings','break_long_words','drop_whitespace','break_on_hyphens'):
            if r.random() < .3: kw[k] = r.random() < .5
        if r.random() < .3: kw['initial_indent'] = r.choice(['  ', '* ', '>>>> '])
        if r.random() < .3: kw['subsequent_indent'] = r.choice(['  ', '....', '      '])
        if r.random() < .3: kw['max_lines'] = r.randrange(1, 4)
        if r.random() < .2: kw['placeholder'] = r.choice(['...', ' …', ''])
        if r.random() < .2: kw['tabsize'] = 4
        try: v = TextWrapper(**kw).wrap(text)
        except Exception as e: v = repr(e)
        out.append(v)
    return out


for lines in check(textwrap.TextWrapper):
    print(lines)
show(lambda: textwrap.wrap('a b c', 0))
show(lambda: textwrap.wrap('self-explanatory words', 12))
show(lambda: textwrap.wrap('state-of-the-art', 8))
show(lambda: textwrap.fill('a  b\n\nc', 20))
show(lambda: textwrap.shorten('Hello  world!', width=12))
show(lambda: textwrap.shorten('Hello world!', width=11))
show(lambda: textwrap.shorten('Hello world and all', width=10, placeholder='...'))
show(lambda: textwrap.shorten('Hello', width=2))
show(lambda: textwrap.wrap('hello', max_lines=1, width=3, placeholder='....'))
show(lambda: textwrap.TextWrapper(width=10).fill('the quick brown fox'))
show(lambda: textwrap.indent('a\n\n b\n', '> '))
show(lambda: textwrap.dedent('  a\n   b\n\n  c'))
