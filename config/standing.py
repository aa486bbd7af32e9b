"""While the house is being built: which rooms stand already."""

from importlib.util import find_spec


def stands(name: str) -> bool:
    """Whether the module can be imported."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
