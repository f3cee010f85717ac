"""Log lines that can carry no one's words: no query strings, no messages of exceptions, only where it happened."""

import logging
import traceback


class WithoutWords(logging.Filter):
    """Keeps where and what kind of thing went wrong, and drops every value that was in hand when it did."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = "; ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))
            record.msg, record.args = f"{kind.__name__} at {places}", ()
            record.exc_info = record.exc_text = None
        elif record.args:
            record.args = tuple(self._cut(argument) for argument in self._as_tuple(record.args))
        return True

    @staticmethod
    def _as_tuple(args):
        return args if isinstance(args, tuple) else (args,)

    @staticmethod
    def _cut(argument):
        return argument.split("?", 1)[0] if isinstance(argument, str) else argument
