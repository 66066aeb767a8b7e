"""A small strict reader of GraphQL queries: text in, operation and fragments out."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

TOKEN = re.compile(r'[\s,]+|#[^\n]*|(\.\.\.|[!$():=@\[\]{}|]|[_A-Za-z]\w*|-?\d+(?:\.\d+)?|"(?:[^"\\\n]|\\.)*")')


class QueryError(Exception):
    """The query cannot be run; the message is what GitHub would say."""

    def __init__(self, message, *, code="", path=()):
        self.code = code
        self.path = list(path)
        super().__init__(message)


@dataclass(frozen=True)
class Variable:
    """A reference to a variable inside an argument."""

    name: str


@dataclass
class Selection:
    """A field, or a fragment whose ``selections`` apply to ``condition``."""

    name: str = ""
    alias: str = ""
    arguments: dict = field(default_factory=dict)
    selections: list = field(default_factory=list)
    spread: str = ""
    condition: str = ""

    @property
    def key(self):
        return self.alias or self.name


@dataclass
class Document:
    """One operation with its variables (name -> type) and the fragments (name -> inline fragment)."""

    name: str
    variables: dict
    selections: list
    fragments: dict


@lru_cache(maxsize=256)
def read_query(text):
    """Read a document of exactly one query operation; raises ``QueryError``."""
    return _Reader(text).document()


class _Reader:
    def __init__(self, text):
        self._tokens = list(_tokens(text))
        self._at = 0

    def document(self):
        operation, fragments = None, {}
        while self._peek():
            word = self._peek()
            if word == "fragment":
                name, fragment = self._fragment()
                fragments[name] = fragment
            elif word in {"query", "{"} and operation is None:
                operation = self._operation()
            else:
                self._fail()
        if operation is None:
            raise QueryError("A query attribute must be specified and must be a string.")
        operation.fragments = fragments
        return operation

    def _operation(self):
        name, variables = "", {}
        if self._accept("query"):
            name = self._take() if re.match(r"[_A-Za-z]", self._peek()) else ""
            variables = self._variables() if self._peek() == "(" else {}
        return Document(name, variables, self._selections(), {})

    def _variables(self):
        variables = {}
        self._expect("(")
        while not self._accept(")"):
            self._expect("$")
            name = self._take()
            self._expect(":")
            variables[name] = self._type()
        return variables

    def _type(self):
        text = self._take()
        if text == "[":
            text += self._type()
            self._expect("]")
            text += "]"
        return text + "!" if self._accept("!") else text

    def _fragment(self):
        self._expect("fragment")
        name = self._take()
        self._expect("on")
        condition = self._take()
        return name, Selection(condition=condition, selections=self._selections())

    def _selections(self):
        self._expect("{")
        selections = []
        while not self._accept("}"):
            selections.append(self._spread() if self._accept("...") else self._field())
        return selections

    def _spread(self):
        if self._accept("on"):
            return Selection(condition=self._take(), selections=self._selections())
        return Selection(spread=self._take())

    def _field(self):
        name, alias = self._take(), ""
        if not re.fullmatch(r"[_A-Za-z]\w*", name):
            self._fail(name)
        if self._accept(":"):
            name, alias = self._take(), name
        arguments = self._arguments(")") if self._accept("(") else {}
        selections = self._selections() if self._peek() == "{" else []
        return Selection(name=name, alias=alias, arguments=arguments, selections=selections)

    def _arguments(self, closing):
        arguments = {}
        while not self._accept(closing):
            name = self._take()
            self._expect(":")
            arguments[name] = self._value()
        return arguments

    def _value(self):
        token = self._take()
        if token == "$":
            return Variable(self._take())
        if token == "{":
            return self._arguments("}")
        if token == "[":
            values = []
            while not self._accept("]"):
                values.append(self._value())
            return values
        if token.startswith('"'):
            return token[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        if re.fullmatch(r"-?\d+", token):
            return int(token)
        return {"true": True, "false": False, "null": None}.get(token, token)

    def _peek(self):
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self):
        token = self._peek()
        if not token:
            self._fail()
        self._at += 1
        return token

    def _accept(self, token):
        if self._peek() == token:
            self._at += 1
            return True
        return False

    def _expect(self, token):
        if not self._accept(token):
            self._fail()

    def _fail(self, token=None):
        raise QueryError(f'Parse error on "{token or self._peek() or "end of query"}"')


def _tokens(text):
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise QueryError(f'Parse error on "{text[at]}"')
        if match.group(1):
            yield match.group(1)
        at = match.end()
