from tests.people import *  # noqa: F403  the named people are fixtures
