"""The demonstration province: true places, goods and seasons; invented people, phones, accounts and tax codes."""
