"""Files of tensors by name, which hold nothing that could run."""
from _safetensors import SafetensorError, load as _load

class safe_open:
    """The tensors of a file, by name."""
    def __init__(self, filename, framework='pt', device='cpu'):
        if framework not in ('pt', 'torch', 'pytorch'):
            raise NotImplementedError(f"safe_open with framework={framework!r} is not available in tnb")
        self._tensors, self._metadata = _load(filename)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def keys(self):
        return list(self._tensors)

    def metadata(self):
        return self._metadata

    def get_tensor(self, name):
        if name not in self._tensors:
            raise SafetensorError(f'File does not contain tensor {name}')
        return self._tensors[name]
