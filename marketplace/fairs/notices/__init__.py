"""What fairs write to people."""

from marketplace.fairs.notices.result import follow_up_asked, result_returned

__all__ = ["follow_up_asked", "result_returned"]
