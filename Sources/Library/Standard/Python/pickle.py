"""Refused: a pickle can run any code when it is loaded."""

class PickleError(Exception):
    pass

class PicklingError(PickleError):
    pass

class UnpicklingError(PickleError):
    pass

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4

def _refuse(name, instead):
    def refused(*args, **kwargs):
        raise NotImplementedError(f'pickle.{name} is not available in tnb, as a pickle can run any code: use {instead}')
    refused.__name__ = refused.__qualname__ = name
    return refused

dump = _refuse('dump', 'torch.save(obj, file) for tensors, state_dicts and plain containers, or json.dump')
dumps = _refuse('dumps', 'torch.save(obj, file) for tensors, state_dicts and plain containers, or json.dumps')
load = _refuse('load', 'torch.load(file) for what torch.save wrote, or json.load')
loads = _refuse('loads', 'torch.load(file) for what torch.save wrote, or json.loads')
Pickler = _refuse('Pickler', 'torch.save(obj, file)')
Unpickler = _refuse('Unpickler', 'torch.load(file)')
