"""What can be wrong with an expression."""


class JMESPathError(ValueError):
    pass


class ParseError(JMESPathError):
    def __init__(self, lex_position, token_value, token_type, msg="Invalid jmespath expression"):
        super().__init__(lex_position, token_value, token_type)
        self.lex_position = lex_position
        self.token_value = token_value
        self.token_type = token_type
        self.msg = msg
        self.expression = None

    def __str__(self):
        return f"{self.msg}: Parse error at column {self.lex_position}, token \"{self.token_value}\" ({self.token_type.upper()}), for expression:\n\"{self.expression}\"\n{' ' * (self.lex_position + 1)}^"


class IncompleteExpressionError(ParseError):
    pass


class LexerError(ParseError):
    pass


class ArityError(ParseError):
    def __init__(self, expected, actual, name):
        ValueError.__init__(self, f"Expected {expected} arguments for function {name}(), received {actual}")
        self.args = (str(self.args[0]),)

    def __str__(self):
        return self.args[0]


class JMESPathTypeError(JMESPathError):
    def __init__(self, function_name, current_value, actual_type, expected_types):
        super().__init__(f"In function {function_name}(), invalid type for value: {current_value}, expected one of: {expected_types}, received: \"{actual_type}\"")


class UnknownFunctionError(JMESPathError):
    pass


class EmptyExpressionError(JMESPathError):
    def __init__(self):
        super().__init__("Invalid JMESPath expression: cannot be empty.")
