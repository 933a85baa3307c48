"""Tensors by name to files of the safetensors format and back."""
import io
from _safetensors import load as _load, save as _save

def load_file(filename, device='cpu'):
    """A dict of the tensors of a file."""
    return _load(filename)[0]

def load(data):
    """A dict of the tensors in bytes."""
    return _load(io.BytesIO(data))[0]

def save_file(tensors, filename, metadata=None):
    """Writes a dict of tensors to a file."""
    _save(tensors, filename, metadata)

def save(tensors, metadata=None):
    """A dict of tensors as bytes."""
    buffer = io.BytesIO()
    _save(tensors, buffer, metadata)
    return buffer.getvalue()
