import typing
from typing import *


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


show(lambda: isinstance(1, Any))
show(lambda: isinstance(1, Literal))
show(lambda: isinstance(1, Literal[1]))
show(lambda: isinstance(1, Union))
show(lambda: isinstance(1, Union[int, List[int]]))
show(lambda: issubclass(int, Union[int, str]))
show(lambda: issubclass(list, List))
show(lambda: issubclass(list, List[int]))
show(lambda: isinstance(1, Optional))
show(lambda: List())
show(lambda: List[int]())
show(lambda: Dict[str,int](a=1))
show(lambda: Any())
show(lambda: Union())
show(lambda: Union[int,str]())
show(lambda: Optional[int, str])
show(lambda: Union[()])
show(lambda: Tuple[()])
show(lambda: Tuple[int, ...])
show(lambda: Generator[int, None, str])
show(lambda: Dict[int])
show(lambda: List[int,str])
show(lambda: Literal[1,'a',None])
show(lambda: Annotated[int, 'x', 3])
show(lambda: ClassVar[int])
show(lambda: Final[int])
show(lambda: Type[int])
show(lambda: Callable[..., int])
show(lambda: Callable[[], None])
show(lambda: Callable)
show(lambda: (Pattern, Pattern[str], Match[str], IO[str], TextIO, BinaryIO, ContextManager[int], Awaitable[int], Coroutine[int,int,int], ByteString, AsyncIterator[int], KeysView[int], ItemsView[int,str], ValuesView[int],MappingView))
T=TypeVar('T'); K=TypeVar('K'); V=TypeVar('V', bound=int)
show(lambda: (T, List[T], Dict[K, V], Dict[K,V][int,str], List[T][int], Union[T,int][str]))
class Pair(Generic[T]): pass
show(lambda: (Pair, Pair[int], Pair[T], Pair.__parameters__, Pair[int].__args__, Pair[int].__origin__, Pair.__orig_bases__))
show(lambda: Pair[int,str])
show(lambda: Generic[int])
show(lambda: Generic)
show(lambda: Generic[T])
class M(Dict[str, T]): pass
show(lambda: (M.__mro__, M[int], M.__bases__))
show(lambda: isinstance(Pair(), Pair[int]))
show(lambda: [get_origin(x) for x in (List[int], list[int], Union[int,str], int|str, Optional[int], Callable[[int],str], Literal[1], Annotated[int,2], Pair[int], List, int, ClassVar[int], Tuple[int], Generic, Dict)])
show(lambda: [get_args(x) for x in (List[int], list[int], Union[int,str], int|str, Optional[int], Callable[[int],str], Callable[...,int],Literal[1], Annotated[int,2], Pair[int], List, int, Tuple[()])])
class C:
    a: 'int'
    b: List['C'] = None
def f(a: int, b: 'str' = None, c: 'List[int]' = 3, d: None = None) -> 'Optional[int]': ...
show(lambda: get_type_hints(f))
show(lambda: get_type_hints(C))
def g(x: 'nope'): ...
show(lambda: get_type_hints(g))
show(lambda: get_type_hints(3))
show(lambda: get_type_hints(lambda x: 3))
U = NewType('U', int)
show(lambda: (U, U(5), U.__name__, type(U), U.__supertype__))
show(lambda: isinstance(3, U))
class P(Protocol):
    def f(self): ...
@runtime_checkable
class R(Protocol):
    def f(self): ...
@runtime_checkable
class D(Protocol):
    x: int
class H:
    x = 3
    def f(self): pass
class Im(P):
    def __init__(self): self.q=1
show(lambda: P())
show(lambda: isinstance(3, P))
show(lambda: issubclass(int, P))
show(lambda: (isinstance(H(), R), isinstance(3, R), issubclass(H, R), isinstance(H(), D)))
show(lambda: issubclass(H, D))
show(lambda: Im().q)
show(lambda: isinstance(Im(), P))
show(lambda: type(P))
show(lambda: P.__mro__)
show(lambda: P.__abstractmethods__)
class TD(TypedDict, total=False):
    a: int
    b: Required[str]
X = TypedDict('X', {'a': int}); Y = TypedDict('Y', {'b': int}, total=False)
show(lambda: (X, X(a=3), Y.__total__, X.__annotations__))
show(lambda: isinstance({}, X))
show(lambda: type(X))
class TE(TD):
    c: int
show(lambda: is_typeddict(TD))
class N(NamedTuple):
    x: int
    y: str = 'a'
    """doc"""
show(lambda: NamedTuple('Q', [('a', int), ('b', str)])(1,2))
show(lambda: NamedTuple('Q', a=int))
show(lambda: SupportsInt)
show(lambda: (isinstance(3, SupportsInt), isinstance('', SupportsInt), isinstance(3.0, SupportsFloat), isinstance(3, SupportsIndex),isinstance(3, SupportsAbs), isinstance(3, Hashable), isinstance([], Hashable)))
show(lambda: isinstance([1], Sequence))
show(lambda: List | None)
show(lambda: List[int] | None)
show(lambda: int | List[int])
show(lambda: 'int' | List[int])
show(lambda: List['int'])
show(lambda: Optional['C'])
show(lambda: ForwardRef('C'))
show(lambda: Union[int, int])
show(lambda: Union[int, None, str])
show(lambda: typing.Dict.__name__)
show(lambda: cast(int, 'a'))
show(lambda: T | int)
show(lambda: TypeVar('Q', int, str).__constraints__)
show(lambda: TypeVar('Q', int))
show(lambda: ParamSpec('PP'))
show(lambda: Concatenate)
show(lambda: LiteralString)
show(lambda: AnyStr)
show(lambda: AnyStr.__constraints__)
show(lambda: hash(List[int])==hash(List[int]))
show(lambda: List[int]==List[int])
show(lambda: Union[int,str]==(int|str))
show(lambda: List[int] == list[int])
show(lambda: Unpack[Tuple[int]])
show(lambda: int[3])
show(lambda: List[3])
show(lambda: Union[3])
show(lambda: Optional[3])
show(lambda: get_type_hints(N))
show(lambda: final(C).__final__)
class Abc(SupportsInt):
    pass
show(lambda: Abc())
class TT(List[int]): pass
show(lambda: (TT([1]), TT.__mro__, TT.__orig_bases__))

show(lambda: (TD.__total__, TD.__required_keys__, TD.__optional_keys__, TD.__annotations__, TD(a=1), type(TD(a=1))))
show(lambda: (TE.__annotations__, TE.__required_keys__ == {'b', 'c'}, TE.__optional_keys__, TE.__total__))
show(lambda: (N(1), N._field_defaults, N.__annotations__))
try:
    class UU(Union[int, str]): pass
except TypeError as e:
    print(e)
try:
    class NN(NamedTuple):
        x: int = 1
        y: int
except TypeError as e:
    print(e)
