extension Grammar {
  /// Python 3.11's grammar without `async def` and `match`, for recognition only, with the rules by which CPython words
  /// its errors.
  ///
  /// A line is one rule; an alternative may continue on the next, indented, line. Alternatives are tried in order and
  /// the first that fits is taken. `'x'` is a token as written and `'x'!` one whose absence is an error at once;
  /// words in capitals are kinds of tokens. `s.x+` is `x (s x)*`, `&x` and `!x` look ahead, `~` commits to the
  /// alternative. `@` before a rule's name remembers its results. An alternative behind `` is tried only in search of
  /// an error; `a:` and `b:` name what it has found and `=>` says what it means:
  ///
  ///   =>a message      the error is at `a`; {a} in a message is what kind of expression `a` is
  ///   =>ab message     … reaches from `a` to `b`
  ///   =>a. message     … reaches from `a` to the last token read
  ///   =>. message      … is at the last token read
  ///   =>> message      an IndentationError there; {line} is the line `a` is on
  ///   =>#name          worked out by `Diagnosis`
  static let text = #"""
    file = [statements] END
    fstring = star_expressions
    statements = statement+
    statement = compound | simple_line
    simple_line = simple !';' NEWLINE | ';'.simple+ [';'] NEWLINE
    @simple = assignment | star_expressions | &'return' return | &('import' | 'from') import | &'raise' raise
      | 'pass' | &'del' del | &'yield' yield | &'assert' assert | 'break' | 'continue'
      | &'global' global | &'nonlocal' nonlocal
    compound = &('def' | '@') function | &'if' if | &('class' | '@') class | &'with' with | &'for' for
      | &'try' try | &'while' while

    assignment = NAME ':' expression ['=' right]
      | ('(' single_target ')' | single_subscript_attribute) ':' expression ['=' right]
      | (star_targets '=')+ right !'=' | single_target augmented ~ right | ?invalid_assignment
    right = yield | star_expressions
    augmented = '+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//='
    return = 'return' [star_expressions]
    raise = 'raise' expression ['from' expression] | 'raise'
    global = 'global' ','.NAME+
    nonlocal = 'nonlocal' ','.NAME+
    del = 'del' del_targets &(';' | NEWLINE) | ?invalid_del
    assert = 'assert' expression [',' expression]
    import = 'import' ','.dotted_as+ | 'from' ('.' | '...')* dotted 'import' import_targets
      | 'from' ('.' | '...')+ 'import' import_targets
    import_targets = '(' import_names [','] ')' | import_names !',' | '*' | ?invalid_import_targets
    import_names = ','.import_name+
    import_name = NAME ['as' NAME]
    dotted_as = dotted ['as' NAME]
    dotted = '.'.NAME+

    @block = NEWLINE INDENT statements DEDENT | simple_line | ?invalid_block
    decorators = ('@' named_expression NEWLINE)+
    class = decorators class_raw | class_raw
    class_raw = ?invalid_class | 'class' NAME ['(' [arguments] ')'] ':' block
    function = decorators function_raw | function_raw
    function_raw = ?invalid_def | 'def' NAME '('! [params] ')' ['->' expression] ':'! block
    params = ?invalid_params | parameters
    parameters = slash_no_default param_no_default* param_with_default* [star_etc]
      | slash_with_default param_with_default* [star_etc] | param_no_default+ param_with_default* [star_etc]
      | param_with_default+ [star_etc] | star_etc
    slash_no_default = param_no_default+ '/' ',' | param_no_default+ '/' &')'
    slash_with_default = param_no_default* param_with_default+ '/' ',' | param_no_default* param_with_default+ '/' &')'
    star_etc = ?invalid_star_etc | '*' param_no_default param_maybe_default* [kwds]
      | '*' param_star_annotation param_maybe_default* [kwds] | '*' ',' param_maybe_default+ [kwds] | kwds
    kwds = ?invalid_kwds | '**' param_no_default
    param_no_default = param ',' | param &')'
    param_star_annotation = NAME ':' star_expression ',' | NAME ':' star_expression &')'
    param_with_default = param default ',' | param default &')'
    param_maybe_default = param [default] ',' | param [default] &')'
    param = NAME [':' expression]
    default = '=' expression | ?invalid_default
    if = ?invalid_if | 'if' named_expression ':' block elif | 'if' named_expression ':' block [else]
    elif = ?invalid_elif | 'elif' named_expression ':' block elif | 'elif' named_expression ':' block [else]
    else = ?invalid_else | 'else' ':'! block
    while = ?invalid_while | 'while' named_expression ':' block [else]
    for = ?invalid_for | 'for' star_targets 'in' ~ star_expressions ':' block [else] | ?invalid_for_target
    with = ?invalid_with_indent | 'with' '(' ','.with_item+ [','] ')' ':' block | 'with' ','.with_item+ ':' block
      | ?invalid_with
    with_item = expression 'as' star_target &(',' | ')' | ':') | ?invalid_with_item | expression
    try = ?invalid_try | 'try' ':'! block finally | 'try' ':'! block except+ [else] [finally]
      | 'try' ':'! block except_star+ [else] [finally]
    except = ?invalid_except_indent | 'except' expression ['as' NAME] ':' block | 'except' ':' block | ?invalid_except
    except_star = ?invalid_except_star_indent | 'except' '*' expression ['as' NAME] ':' block | ?invalid_except
    finally = ?invalid_finally | 'finally' ':'! block

    expressions = expression (',' expression)+ [','] | expression ',' | expression
    @expression = ?invalid_expression | ?invalid_legacy | disjunction 'if' disjunction 'else' expression
      | disjunction | lambda
    yield = 'yield' 'from' expression | 'yield' [star_expressions]
    star_expressions = star_expression (',' star_expression)+ [','] | star_expression ',' | star_expression
    @star_expression = '*' bitwise_or | expression
    star_named_expressions = ','.star_named_expression+ [',']
    star_named_expression = '*' bitwise_or | named_expression
    assignment_expression = NAME ':=' ~ expression
    named_expression = assignment_expression | ?invalid_named_expression | expression !':='
    @disjunction = conjunction ('or' conjunction)+ | conjunction
    @conjunction = inversion ('and' inversion)+ | inversion
    @inversion = 'not' inversion | comparison
    comparison = bitwise_or comparator+ | bitwise_or
    comparator = ('==' | '!=' | '<=' | '<' | '>=' | '>' | 'not' 'in' | 'in' | 'is' 'not' | 'is') bitwise_or
      | 'is' bitwise_or
    @bitwise_or = bitwise_xor ('|' bitwise_xor)*
    @bitwise_xor = bitwise_and ('^' bitwise_and)*
    @bitwise_and = shift ('&' shift)*
    @shift = sum (('<<' | '>>') sum)*
    @sum = term (('+' | '-') term)*
    @term = factor (('*' | '/' | '//' | '%' | '@') factor)*
    @factor = ('+' | '-' | '~') factor | power
    power = await_primary '**' factor | await_primary
    @await_primary = 'await' primary | primary
    @primary = atom ('.' NAME | genexp | '(' [arguments] ')' | '[' slices ']')*
    slices = slice !',' | ','.(slice | starred_expression)+ [',']
    slice = [expression] ':' [expression] [':' [expression]] | named_expression
    atom = NAME | 'True' | 'False' | 'None' | &STRING strings | NUMBER | &'(' (tuple | group | genexp)
      | &'[' (list | listcomp) | &'{' (dict | set | dictcomp | setcomp) | '...'
    group = '(' (yield | named_expression) ')' | ?invalid_group
    @strings = STRINGS
    list = '[' [star_named_expressions] ']'
    tuple = '(' [star_named_expression ',' [star_named_expressions]] ')'
    set = '{' star_named_expressions '}'
    dict = '{' [double_starred_kvpairs] '}' | '{' invalid_double_starred_kvpairs '}'
    double_starred_kvpairs = ','.double_starred_kvpair+ [',']
    double_starred_kvpair = '**' bitwise_or | kvpair
    kvpair = expression ':' expression
    for_if_clauses = for_if_clause+
    for_if_clause = 'for' star_targets 'in' ~ disjunction ('if' disjunction)* | ?invalid_for_target
    listcomp = '[' named_expression for_if_clauses ']' | ?invalid_comprehension
    setcomp = '{' named_expression for_if_clauses '}' | ?invalid_comprehension
    genexp = '(' (assignment_expression | expression !':=') for_if_clauses ')' | ?invalid_comprehension
    dictcomp = '{' kvpair for_if_clauses '}' | ?invalid_dict_comprehension
    lambda = 'lambda' [lambda_params] ':' expression
    lambda_params = ?invalid_lambda_params | lambda_parameters
    lambda_parameters = lambda_slash_no_default lambda_no_default* lambda_with_default* [lambda_star_etc]
      | lambda_slash_with_default lambda_with_default* [lambda_star_etc]
      | lambda_no_default+ lambda_with_default* [lambda_star_etc] | lambda_with_default+ [lambda_star_etc]
      | lambda_star_etc
    lambda_slash_no_default = lambda_no_default+ '/' ',' | lambda_no_default+ '/' &':'
    lambda_slash_with_default = lambda_no_default* lambda_with_default+ '/' ','
      | lambda_no_default* lambda_with_default+ '/' &':'
    lambda_star_etc = ?invalid_lambda_star_etc | '*' lambda_no_default lambda_maybe_default* [lambda_kwds]
      | '*' ',' lambda_maybe_default+ [lambda_kwds] | lambda_kwds
    lambda_kwds = ?invalid_lambda_kwds | '**' lambda_no_default
    lambda_no_default = NAME ',' | NAME &':'
    lambda_with_default = NAME default ',' | NAME default &':'
    lambda_maybe_default = NAME [default] ',' | NAME [default] &':'

    @arguments = args [','] &')' | ?invalid_arguments
    args = ','.(starred_expression | (assignment_expression | expression !':=') !'=')+ [',' kwargs] | kwargs
    kwargs = ','.kwarg_or_starred+ ',' ','.kwarg_or_double_starred+ | ','.kwarg_or_starred+
      | ','.kwarg_or_double_starred+
    starred_expression = '*' expression
    kwarg_or_starred = ?invalid_kwarg | NAME '=' expression | starred_expression
    kwarg_or_double_starred = ?invalid_kwarg | NAME '=' expression | '**' expression

    star_targets = star_target !',' | star_target (',' star_target)* [',']
    @star_target = '*' !'*' star_target | target_with_star_atom
    @target_with_star_atom = t_primary '.' NAME !t_lookahead | t_primary '[' slices ']' !t_lookahead | star_atom
    star_atom = NAME | '(' target_with_star_atom ')' | '(' [star_targets_tuple] ')' | '[' [','.star_target+ [',']] ']'
    star_targets_tuple = star_target (',' star_target)+ [','] | star_target ','
    single_target = single_subscript_attribute | NAME | '(' single_target ')'
    single_subscript_attribute = t_primary '.' NAME !t_lookahead | t_primary '[' slices ']' !t_lookahead
    @t_primary = atom &t_lookahead ('.' NAME &t_lookahead | '[' slices ']' &t_lookahead | genexp &t_lookahead
      | '(' [arguments] ')' &t_lookahead)*
    t_lookahead = '(' | '[' | '.'
    del_targets = ','.del_target+ [',']
    @del_target = t_primary '.' NAME !t_lookahead | t_primary '[' slices ']' !t_lookahead | del_atom
    del_atom = NAME | '(' del_target ')' | '(' [del_targets] ')' | '[' [del_targets] ']'

    invalid_arguments = (','.(starred_expression | (assignment_expression | expression !':=') !'=')+ ',' kwargs | kwargs) ',' a:'*' =>a iterable argument unpacking follows keyword argument unpacking
      | a:expression b:for_if_clauses ',' [args | expression for_if_clauses] =>ab Generator expression must be parenthesized
      | a:NAME b:'=' expression for_if_clauses =>ab invalid syntax. Maybe you meant '==' or ':=' instead of '='?
      | a:args b:for_if_clauses =>#generatorInCall
      | args ',' a:expression b:for_if_clauses =>ab Generator expression must be parenthesized
      | a:args ',' args =>#positionalAfterKeyword
    invalid_kwarg = a:('True' | 'False' | 'None') b:'=' =>#constantKeyword
      | a:NAME b:'=' expression for_if_clauses =>ab invalid syntax. Maybe you meant '==' or ':=' instead of '='?
      | !(NAME '=') a:expression b:'=' =>ab expression cannot contain assignment, perhaps you meant "=="?
    ^expression_without_invalid = disjunction 'if' disjunction 'else' expression | disjunction | lambda
    invalid_legacy = a:NAME !'(' b:star_expressions =>#legacy
    invalid_expression = !(NAME STRING | SOFT_KEYWORD) a:disjunction b:expression_without_invalid =>#forgottenComma
      | a:disjunction 'if' b:disjunction !('else' | ':') =>ab expected 'else' after 'if' expression
    @invalid_named_expression = a:expression ':=' expression =>a cannot use assignment expressions with {a}
      | a:NAME '=' b:bitwise_or !('=' | ':=') =>ab invalid syntax. Maybe you meant '==' or ':=' instead of '='?
      | !(list | tuple | genexp | 'True' | 'None' | 'False') a:bitwise_or b:'=' bitwise_or !('=' | ':=')
        =>a cannot assign to {a} here. Maybe you meant '==' instead of '='?
    invalid_assignment = a:invalid_annotated_target ':' expression =>a only single target (not {a}) can be annotated
      | a:star_named_expression ',' star_named_expressions* ':' expression =>a only single target (not tuple) can be annotated
      | a:expression ':' expression =>a illegal target for annotation
      | (star_targets '=')* a:star_expressions '=' =>#target
      | (star_targets '=')* a:yield '=' =>a assignment to yield expression not possible
      | a:star_expressions augmented right =>a '{a}' is an illegal expression for augmented assignment
    invalid_annotated_target = list | tuple | '(' invalid_annotated_target ')'
    invalid_del = 'del' a:star_expressions =>#deleteTarget
    invalid_block = NEWLINE !INDENT =>> expected an indented block
    invalid_comprehension = ('[' | '(' | '{') a:starred_expression for_if_clauses =>a iterable unpacking cannot be used in comprehension
      | ('[' | '{') a:star_named_expression ',' b:star_named_expressions for_if_clauses =>ab did you forget parentheses around the comprehension target?
      | ('[' | '{') a:star_named_expression b:',' for_if_clauses =>ab did you forget parentheses around the comprehension target?
    invalid_dict_comprehension = '{' a:'**' bitwise_or for_if_clauses '}' =>a dict unpacking cannot be used in dict comprehension
    invalid_params = param_no_default* invalid_params_helper a:param_no_default =>a non-default argument follows default argument
      | param_no_default* a:'(' param_no_default+ [','] b:')' =>ab Function parameters cannot be parenthesized
      | a:'/' ',' =>a at least one argument must precede /
      | (slash_no_default | slash_with_default) param_maybe_default* a:'/' =>a / may appear only once
      | [slash_no_default | slash_with_default] param_maybe_default* '*' (',' | param_no_default) param_maybe_default* a:'/' =>a / must be ahead of *
      | param_maybe_default+ '/' a:'*' =>a expected comma between / and *
    invalid_params_helper = slash_with_default | param_with_default+
    invalid_default = a:'=' &(')' | ',') =>a expected default value expression
    invalid_star_etc = a:'*' (')' | ',' (')' | '**')) =>a named arguments must follow bare *
      | '*' param a:'=' =>a var-positional argument cannot have default value
      | '*' (param_no_default | ',') param_maybe_default* a:'*' (param_no_default | ',') =>a * argument may appear only once
    invalid_kwds = '**' param a:'=' =>a var-keyword argument cannot have default value
      | '**' param ',' a:param =>a arguments cannot follow var-keyword argument
      | '**' param ',' a:('*' | '**' | '/') =>a arguments cannot follow var-keyword argument
    invalid_lambda_params = lambda_no_default* invalid_lambda_params_helper a:lambda_no_default =>a non-default argument follows default argument
      | lambda_no_default* a:'(' ','.NAME+ [','] b:')' =>ab Lambda expression parameters cannot be parenthesized
      | a:'/' ',' =>a at least one argument must precede /
      | (lambda_slash_no_default | lambda_slash_with_default) lambda_maybe_default* a:'/' =>a / may appear only once
      | [lambda_slash_no_default | lambda_slash_with_default] lambda_maybe_default* '*' (',' | lambda_no_default) lambda_maybe_default* a:'/' =>a / must be ahead of *
      | lambda_maybe_default+ '/' a:'*' =>a expected comma between / and *
    invalid_lambda_params_helper = lambda_slash_with_default | lambda_with_default+
    invalid_lambda_star_etc = '*' (':' | ',' (':' | '**')) =>. named arguments must follow bare *
      | '*' NAME a:'=' =>a var-positional argument cannot have default value
      | '*' (lambda_no_default | ',') lambda_maybe_default* a:'*' (lambda_no_default | ',') =>a * argument may appear only once
    invalid_lambda_kwds = '**' NAME a:'=' =>a var-keyword argument cannot have default value
      | '**' NAME ',' a:NAME =>a arguments cannot follow var-keyword argument
      | '**' NAME ',' a:('*' | '**' | '/') =>a arguments cannot follow var-keyword argument
    invalid_with_item = expression 'as' a:expression &(',' | ')' | ':') =>#target
    invalid_for_target = 'for' a:star_expressions =>#forTarget
    invalid_group = '(' a:starred_expression ')' =>a cannot use starred expression here
      | '(' a:'**' expression ')' =>a cannot use double starred expression here
    invalid_import_targets = import_names ',' NEWLINE =>. trailing comma not allowed without surrounding parentheses
    invalid_with = 'with' ','.(expression ['as' star_target])+ NEWLINE =>. expected ':'
      | 'with' '(' ','.(expressions ['as' star_target])+ [','] ')' NEWLINE =>. expected ':'
    invalid_with_indent = a:'with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT =>> expected an indented block after 'with' statement on line {line}
      | a:'with' '(' ','.(expressions ['as' star_target])+ [','] ')' ':' NEWLINE !INDENT =>> expected an indented block after 'with' statement on line {line}
    invalid_try = a:'try' ':' NEWLINE !INDENT =>> expected an indented block after 'try' statement on line {line}
      | 'try' ':' block !('except' | 'finally') =>. expected 'except' or 'finally' block
      | 'try' ':' block* except+ a:'except' b:'*' expression ['as' NAME] ':' =>ab cannot have both 'except' and 'except*' on the same 'try'
      | 'try' ':' block* except_star+ a:'except' [expression ['as' NAME]] ':' =>a cannot have both 'except' and 'except*' on the same 'try'
    invalid_except = 'except' ['*'] a:expression ',' expressions ['as' NAME] ':' =>a. multiple exception types must be parenthesized
      | 'except' ['*'] expression ['as' NAME] NEWLINE =>. expected ':'
      | 'except' NEWLINE =>. expected ':'
      | 'except' '*' (NEWLINE | ':') =>. expected one or more exception types
    invalid_finally = a:'finally' ':' NEWLINE !INDENT =>> expected an indented block after 'finally' statement on line {line}
    invalid_except_indent = a:'except' expression ['as' NAME] ':' NEWLINE !INDENT =>> expected an indented block after 'except' statement on line {line}
      | a:'except' ':' NEWLINE !INDENT =>> expected an indented block after 'except' statement on line {line}
    invalid_except_star_indent = a:'except' '*' expression ['as' NAME] ':' NEWLINE !INDENT =>> expected an indented block after 'except*' statement on line {line}
    invalid_if = 'if' named_expression NEWLINE =>. expected ':'
      | a:'if' named_expression ':' NEWLINE !INDENT =>> expected an indented block after 'if' statement on line {line}
    invalid_elif = 'elif' named_expression NEWLINE =>. expected ':'
      | a:'elif' named_expression ':' NEWLINE !INDENT =>> expected an indented block after 'elif' statement on line {line}
    invalid_else = a:'else' ':' NEWLINE !INDENT =>> expected an indented block after 'else' statement on line {line}
    invalid_while = 'while' named_expression NEWLINE =>. expected ':'
      | a:'while' named_expression ':' NEWLINE !INDENT =>> expected an indented block after 'while' statement on line {line}
    invalid_for = 'for' star_targets 'in' star_expressions NEWLINE =>. expected ':'
      | a:'for' star_targets 'in' star_expressions ':' NEWLINE !INDENT =>> expected an indented block after 'for' statement on line {line}
    invalid_def = a:'def' NAME '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT =>> expected an indented block after function definition on line {line}
    invalid_class = 'class' NAME ['(' [arguments] ')'] NEWLINE =>. expected ':'
      | a:'class' NAME ['(' [arguments] ')'] ':' NEWLINE !INDENT =>> expected an indented block after class definition on line {line}
    invalid_double_starred_kvpairs = ','.double_starred_kvpair+ ',' invalid_kvpair
      | expression ':' a:'*' bitwise_or =>a. cannot use a starred expression in a dictionary value
      | expression a:':' &('}' | ',') =>a expression expected after dictionary key and ':'
    invalid_kvpair = a:expression !':' =>#keyWithoutColon
      | expression ':' a:'*' bitwise_or =>a. cannot use a starred expression in a dictionary value
      | expression a:':' &('}' | ',') =>a expression expected after dictionary key and ':'
    """#
}
