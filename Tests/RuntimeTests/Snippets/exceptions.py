def f(kind):
    log = []
    try:
        try:
            log.append("body")
            if kind == 0:
                return log
            if kind == 1:
                raise ValueError("v")
            if kind == 2:
                raise KeyError("k")
            if kind == 3:
                1 / 0
        except ValueError as e:
            log.append("value " + str(e))
        except (KeyError, IndexError) as e:
            log.append("key")
            raise TypeError("from handler") from e
        else:
            log.append("else")
        finally:
            log.append("finally")
    except TypeError as t:
        log.append(str(t) + " cause " + repr(t.__cause__))
    except:
        log.append("bare")
    return log


for kind in range(5):
    print(kind, f(kind))


def order():
    for i in range(3):
        try:
            if i == 0:
                continue
            if i == 1:
                break
        finally:
            print("finally", i)
    return "done"


print(order())


def override():
    try:
        return 1
    finally:
        return 2


def swallow():
    while True:
        try:
            raise ValueError
        finally:
            break
    return "swallowed"


def kept():
    x = 1
    try:
        return x
    finally:
        x = 2


def nested_finally():
    try:
        try:
            return "value"
        finally:
            print("inner")
    finally:
        print("outer")


print(override(), swallow(), kept(), nested_finally())


def unset():
    try:
        raise ValueError("x")
    except ValueError as e:
        pass
    try:
        return e
    except UnboundLocalError as u:
        return str(u)


print(unset())


def reraise():
    try:
        try:
            raise ValueError("again")
        except ValueError:
            try:
                raise KeyError("inner")
            except KeyError:
                pass
            raise
    except ValueError as e:
        return repr(e), e.__context__


print(reraise())
try:
    raise
except RuntimeError as e:
    print(e)


def context():
    try:
        try:
            raise ValueError("first")
        except ValueError:
            raise KeyError("second")
    except KeyError as e:
        return repr(e.__context__), e.__cause__, e.__suppress_context__


print(context())


def return_in_handler(n):
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError as e:
            if i == 1:
                return e.args
            continue
        finally:
            print("cleanup", i)


print(return_in_handler(3))
try:
    raise
except RuntimeError as e:
    print("nothing handled:", e)


class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.swallow


with Manager("a") as a, Manager("b", True) as b:
    print(a, b)
    raise ValueError("inside")
print("after")


def with_return():
    with Manager("r") as r:
        for i in range(3):
            with Manager(i):
                if i == 1:
                    return r, i


print(with_return())


def with_break():
    for i in range(3):
        with Manager(i):
            if i == 0:
                continue
            break
    return i


print(with_break())
try:
    with Manager("outer"):
        with Manager("inner"):
            raise KeyError("deep")
except KeyError as e:
    print("caught", e)
try:
    raise ValueError("a") from None
except ValueError as e:
    print(e.__cause__, e.__suppress_context__)


def deep(n):
    try:
        if n == 0:
            raise IndexError("bottom")
        deep(n - 1)
    finally:
        print("unwind", n)


try:
    deep(2)
except LookupError as e:
    print(type(e).__name__, e)
e = "global"
try:
    raise ValueError("x")
except ValueError as e:
    pass
try:
    e
except NameError as error:
    print(error)


def try_else_return():
    try:
        pass
    except ValueError:
        return "no"
    else:
        return "else"
    finally:
        print("f")


print(try_else_return())


def in_finally():
    try:
        raise ValueError("lost")
    finally:
        try:
            raise KeyError("inner")
        except KeyError as k:
            print("inner handled", repr(k.__context__))


try:
    in_finally()
except ValueError as e:
    print("outer", e)
