"""Which people are meant by a rule?"""

from msgspec import Struct

from engine.field import Id


class Who(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People, found from the record when the rule runs; everybody named, each once."""

    fields: tuple[Id, ...] = ()
    """Those in fields of the record: `owner`, `created_by`, or a field of type person."""
    managers_of: tuple[Id, ...] = ()
    """The managers of those in such fields; who has none named has the head of the department."""
    heads_of: tuple[Id, ...] = ()
    """The heads of the departments in such fields: `department`, or a field of that type."""
    roles: tuple[Id, ...] = ()
    """All who play a role in the app."""

    def named(self) -> bool:
        """Tell whether anybody is meant at all."""
        return bool(self.fields or self.managers_of or self.heads_of or self.roles)
