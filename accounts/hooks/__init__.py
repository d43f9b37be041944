"""Webhooks: telling members' own programs what happens, as it happens.

Whoever writes says it with `happening.tell`. What is to be sent is a row, written in the
transaction of the deed; workers send it, one receiver after the other, until it is taken or given
up.
"""
