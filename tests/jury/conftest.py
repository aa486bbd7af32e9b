"""The named people."""

from tests.people import (  # noqa: F401
    ana,
    boris,
    clara,
    dora,
    eva,
    judy,
    lena,
    nora,
    office,
    other_office,
    other_region,
    pat,
    region,
    rob,
)
