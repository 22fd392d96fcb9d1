"""What the portal is told: the environment and, where it is silent, `.env`."""

import os
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

FALSE = ("false", "off", "n", "no", "0")
KINDS = {
    bool: "neither on nor off: write on or off",
    int: "no whole number: write digits alone, such as 60",
}


class Variables(environ.Env):
    """An empty line is silent, too. What does not fit is refused by the variable's name."""

    ENVIRON = {name: value for name, value in os.environ.items() if value}

    def get_value(self, var: str, cast: Any = None, **how: Any) -> Any:
        said = self.ENVIRON.get(var, "").lower()
        if cast is bool and said and said not in (*self.BOOLEAN_TRUE_STRINGS, *FALSE):
            raise ImproperlyConfigured(f"{var}={said} is {KINDS[bool]}.")
        try:
            return super().get_value(var, cast=cast, **how)
        except ValueError as fault:
            if cast not in KINDS:  # an address, with a password in it
                raise ImproperlyConfigured(f"{var} is not written as it must be.") from fault
            raise ImproperlyConfigured(f"{var}={said} is {KINDS[cast]}.") from fault
